import type { Random } from '../../support/random.js';
import type { Stage } from './stage.js';

/** One run of a scenario. */
export interface Trial {
  readonly stage: Stage;
  readonly random: Random;
  readonly rounds: number;
  readonly isShort: boolean;
  /** prints a line */
  readonly report: (line: string) => void;
}

/** A kind of misfortune, and what must hold whatever comes of it. */
export interface Scenario {
  /** as the catalogue of faults numbers it, `F1` */
  readonly name: string;
  readonly title: string;
  readonly rounds: { readonly short: number; readonly long: number };
  /** @returns what was done, in figures */
  run(trial: Trial): Promise<string>;
}

/** Reports what a scenario cannot do on this machine, and why. */
export const skipping = ({ report }: Pick<Trial, 'report'>, what: string, why: string): void =>
  report(`  skipped: ${what}: ${why}`);
