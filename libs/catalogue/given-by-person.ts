import { Envelope } from './envelope.js';
import { Optional, Required } from './field.js';
import { agency, code, date, flag, list, prose, reference, uuid } from './kind.js';
import type { Given } from './missing.js';
import { ageBand } from './vocabularies/age-band.js';
import { consentCapacity } from './vocabularies/consent-capacity.js';
import { consentForm } from './vocabularies/consent-form.js';
import { dataCategory } from './vocabularies/data-category.js';
import { purpose } from './vocabularies/purpose.js';

/**
 * What a person allows: consents and releases from secrecy. How far it reaches stands in block `terms`, because a
 * disclosure that names it in `consentRef` is checked against it (SEC-01, SEC-03); what the person said does not.
 */
export class GivenByPerson extends Envelope {
  @Required('terms', code(consentCapacity))
  readonly capacity: Given<string>;

  @Required('terms', list(code(dataCategory), 1), 'What may be passed on.')
  readonly dataCategories: Given<readonly string[]>;

  @Required('terms', list(code(purpose), 1))
  readonly purposes: Given<readonly string[]>;

  @Required('terms', list(agency, 1), 'Bodies it may be passed on to.')
  readonly mayReceive: Given<readonly string[]>;

  @Required('terms', code(consentForm))
  readonly form: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('people', code(ageBand))
  declare readonly ageBand: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', date, 'Last day on which anything may rest on it; open where absent.')
  readonly validUntil?: Given<string>;

  @Optional('terms', reference, 'Text that was signed, form@version.')
  readonly formVersion?: Given<string>;

  @Optional('terms', uuid, 'Entry id of an earlier one that this one replaces.')
  readonly replaces?: Given<string>;

  @Optional('people', reference, 'Who gave it, where it was not the person concerned.')
  readonly givenBy?: Given<string>;

  @Optional('people', flag, 'The person concerned understands what it means, whatever the age.')
  readonly ableToUnderstand?: Given<boolean>;

  @Optional('people', reference, 'Where the signed document is kept.')
  readonly document?: Given<string>;

  @Optional('people', prose, 'Limits the person set beyond categories, purposes and bodies.')
  readonly limits?: Given<string>;
}
