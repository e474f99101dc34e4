import { Required } from './field.js';
import { code, line } from './kind.js';
import type { Given } from './missing.js';
import { legalBasis } from './vocabularies/legal-basis.js';

/** A power to transmit or to collect: the ground of the regime and the exact provision of national law. */
export class LegalBasis {
  @Required('terms', code(legalBasis))
  readonly code: Given<string>;

  @Required('terms', line, 'Act, section, paragraph.')
  readonly provision: Given<string>;
}
