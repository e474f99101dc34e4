import { Envelope } from './envelope.js';
import { Required } from './field.js';
import { uuid } from './kind.js';
import type { Given } from './missing.js';

/** What is recorded of a conference after it was convened. */
export class ConferenceFollowUp extends Envelope {
  @Required('terms', uuid, 'Entry id of the convening of the conference.')
  readonly convening: Given<string>;
}
