import { Optional, Required } from './field.js';
import { agency, code, line } from './kind.js';
import type { Given } from './missing.js';
import { legalBasis } from './vocabularies/legal-basis.js';

/** A power to transmit or to collect: the ground of the regime and the exact provision of national law. */
export class LegalBasis {
  @Required('terms', code(legalBasis))
  readonly code: Given<string>;

  @Required('terms', line, 'Act, section, paragraph.')
  readonly provision: Given<string>;
}

/** The power of one body, where those of several are not the same. */
export class OwnLegalBasis extends LegalBasis {
  @Required('terms', agency, 'Whose power it is.')
  readonly agency: Given<string>;
}

/** The power of one body to pass on, with what lets it change the regime: its own law, too. */
export class TransmitBasis extends OwnLegalBasis {
  @Optional('terms', line, 'Provision that allows its change of regime: LAW-04.')
  readonly regimeChangeProvision?: Given<string>;
}
