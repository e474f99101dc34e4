import { Required } from './field.js';
import { digest, uuid } from './kind.js';
import type { Given } from './missing.js';

/** The assessment that was asked for before, so that it is kept with what followed from it. */
export class AttachedAssessment {
  @Required('terms', uuid, 'Its id.')
  readonly id: Given<string>;

  @Required('terms', digest, 'SHA-256 of its canonical form (RFC 8785), the random nonce in it included.')
  readonly digest: Given<string>;
}
