import type { Script } from './script.js';

/**
 * A story that every simulated year tells once: something that seldom happens, or one rule broken on purpose. Nothing
 * goes wrong in it by chance; what goes wrong on purpose it tells by `script.intend`.
 */
export interface Special {
  /** what it is about, a rule's id where it breaks one; with the seed it decides all chance in it */
  readonly name: string;
  tell(script: Script): void;
}
