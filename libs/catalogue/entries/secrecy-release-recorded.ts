import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { GivenByPerson } from '../given-by-person.js';
import { agency, code, list, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { codes, enumerated, named, said } from '../reading.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { secrecyClass } from '../vocabularies/secrecy-class.js';

/**
 * Somebody entitled to it releases from secrecy: StGB 203, SGB VIII 65. It lets the released speak and obliges them to
 * nothing. Withdrawn like a consent (SEC-03), of whose kind of matter it therefore is.
 */
export class SecrecyReleaseRecorded extends GivenByPerson {
  @Required('terms', code(secrecyClass, ['professional', 'entrusted', 'social', 'official', 'statutory-conference']))
  readonly secrecyClass: Given<string>;

  @Required('terms', agency, 'Body whose persons may speak.')
  readonly released: Given<string>;

  @Optional('people', list(reference), 'Persons who may speak; all who know of it where absent.')
  readonly releasedPersons?: Given<readonly string[]>;
}

export const secrecyReleaseRecorded: EntryType = {
  name: 'SecrecyReleaseRecorded',
  title: { en: 'Release from secrecy recorded', de: 'Schweigepflichtentbindung festgehalten' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: SecrecyReleaseRecorded,
  retention: { reasons: 'decision' },
  matter: { kind: 'consent' },

  sentence(terms, language) {
    const who = said(terms['released'], language);
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    const to = named(terms['mayReceive'], language);
    return language === 'de'
      ? `Schweigepflichtentbindung für ${who}: ${what}; gegenüber: ${to}.`
      : `Release from secrecy for ${who}: ${what}; towards: ${to}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000225',
    type: 'SecrecyReleaseRecorded',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2025-01-20T14:00:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      subject: 'person-5b1e',
      subjectCategory: 'client',
      ageBand: '14-17',
      capacity: 'custodian',
      givenBy: 'person-5b1e-mother',
      dataCategories: ['mental-health'],
      purposes: ['exit-support'],
      mayReceive: ['exit-programme.example'],
      form: 'written',
      formVersion: 'release-clinic@2',
      validUntil: '2025-12-31',
      secrecyClass: 'professional',
      released: 'clinic.example',
      releasedPersons: ['clinic-person-1'],
      document: 'file-12/2025-2',
      limits: 'Only whether the therapy takes place.',
    },
  },
};
