import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { accessPurpose } from '../vocabularies/access-purpose.js';
import { identityKind } from '../vocabularies/identity-kind.js';

/** Two persons together resolved a pseudonym; the identity itself stays outside. LED 25(2), GDPR 32, 15; C-579/21. */
export class IdentityResolved extends Envelope {
  @Required('terms', code(identityKind))
  readonly kind: Given<string>;

  @Required('terms', code(accessPurpose))
  readonly accessPurpose: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('staff', reference, 'Who acted together with the first; never the same person.')
  readonly secondPerson: Given<string>;

  @Required('reasons', prose, 'Why the identity was needed.')
  readonly justification: Given<string>;

  @Optional('staff', reference, 'Pseudonym of the member of staff, where one was resolved.')
  readonly resolvedStaff?: Given<string>;

  @Optional('reasons', prose, 'Interests of staff weighed against those of who asked: DSR-05.')
  readonly balancing?: Given<string>;

  @Optional('terms', uuid, 'Entry the pseudonym was taken from.')
  readonly entry?: Given<string>;

  @Optional('terms', agency, 'Body the identity was given to.')
  readonly givenTo?: Given<string>;
}

export const identityResolved: EntryType = {
  name: 'IdentityResolved',
  title: { en: 'Identity resolved', de: 'Identität aufgelöst' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: IdentityResolved,

  sentence(terms, language) {
    const whose = label(identityKind, terms['kind'], language);
    const why = label(accessPurpose, terms['accessPurpose'], language);
    return language === 'de'
      ? `Identität aufgelöst (${whose}); Zweck: ${why}.`
      : `Identity resolved (${whose}); purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000411',
    type: 'IdentityResolved',
    occurredAt: '2026-05-05T11:20:00.000Z',
    data: {
      kind: 'person-concerned',
      accessPurpose: 'rights-request',
      actor: 'staff-0007',
      actorFunction: 'data protection officer',
      secondPerson: 'staff-0042',
      subject: 'person-19c2',
      justification: 'The applicant asks for access; the answer has to reach the right person.',
      entry: '0195a6f0-0001-7000-8000-000000000005',
    },
  },
};
