import { Optional } from './field.js';
import { prose } from './kind.js';
import type { Given } from './missing.js';

/** The same in each language people read it in. Where a language is absent, the other is shown. */
export class PlainText {
  @Optional('terms', prose)
  readonly en?: Given<string>;

  @Optional('terms', prose)
  readonly de?: Given<string>;
}
