import { Optional } from './field.js';
import { date } from './kind.js';
import type { Given } from './missing.js';

/** The days that data are about, both included; open where a side is absent. */
export class Period {
  @Optional('terms', date)
  readonly from?: Given<string>;

  @Optional('terms', date)
  readonly until?: Given<string>;
}
