import { Envelope } from './envelope.js';
import { Required } from './field.js';
import { uuid } from './kind.js';
import type { Given } from './missing.js';

/** What is recorded of a case after it was opened. Its pseudonym differs from agency to agency, so its opening names it. */
export class CaseFollowUp extends Envelope {
  @Required('terms', uuid, 'Entry id of the opening of the case.')
  readonly opening: Given<string>;
}
