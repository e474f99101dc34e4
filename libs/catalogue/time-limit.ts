import { Required } from './field.js';
import { code, count } from './kind.js';
import type { Given } from './missing.js';
import { timeUnit } from './vocabularies/time-unit.js';

/** How long somebody has for something. Working days are those of the pack's calendar; `year-ends` are 31 December of so many years later. */
export class TimeLimit {
  @Required('terms', count)
  readonly amount: Given<number>;

  @Required('terms', code(timeUnit))
  readonly unit: Given<string>;
}
