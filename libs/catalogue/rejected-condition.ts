import { Required } from './field.js';
import { code, prose } from './kind.js';
import type { Given } from './missing.js';
import { condition } from './vocabularies/condition.js';

/** A handling condition that a recipient says it cannot keep to: LED 9(3). */
export class RejectedCondition {
  @Required('terms', code(condition))
  readonly condition: Given<string>;

  @Required('told', prose)
  readonly because: Given<string>;
}
