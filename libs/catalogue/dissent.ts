import { Optional, Required } from './field.js';
import { agency, prose } from './kind.js';
import type { Given } from './missing.js';

/** A body that does not share what the others found or agreed on. It may say why; it need not. */
export class Dissent {
  @Required('terms', agency)
  readonly agency: Given<string>;

  @Optional('told', prose)
  readonly because?: Given<string>;
}
