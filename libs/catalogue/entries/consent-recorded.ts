import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { flag, prose } from '../kind.js';
import { GivenByPerson } from '../given-by-person.js';
import type { Given } from '../missing.js';
import { codes, enumerated, label, named } from '../reading.js';
import { consentCapacity } from '../vocabularies/consent-capacity.js';
import { dataCategory } from '../vocabularies/data-category.js';

/**
 * GDPR 7: who relies on consent must be able to show it; BDSG 51; SGB VIII 65. Where other bodies rely on it (SEC-01) it
 * is recorded in the exchange they share; else it is its agency's own.
 */
export class ConsentRecorded extends GivenByPerson {
  @Required('terms', flag, 'Who consented was told before that consent can be withdrawn: GDPR 7(3).')
  readonly toldOfWithdrawal: Given<boolean>;

  @Optional('terms', flag, 'It names special categories explicitly: GDPR 9(2)(a), BDSG 51(5).')
  readonly explicitForSpecialCategories?: Given<boolean>;

  @Optional('reasons', prose, 'Why it counts as freely given, above all in custody or under an instruction: GDPR 7(4).')
  readonly voluntariness?: Given<string>;
}

export const consentRecorded: EntryType = {
  name: 'ConsentRecorded',
  title: { en: 'Consent recorded', de: 'Einwilligung festgehalten' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ConsentRecorded,
  retention: { reasons: 'decision' },
  matter: { kind: 'consent' },

  sentence(terms, language) {
    const who = label(consentCapacity, terms['capacity'], language);
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    const to = named(terms['mayReceive'], language);
    return language === 'de'
      ? `Einwilligung (${who}): ${what}; Empfänger: ${to}.`
      : `Consent (${who}): ${what}; recipients: ${to}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000223',
    type: 'ConsentRecorded',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2025-01-13T10:30:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      subject: 'person-5b1e',
      subjectCategory: 'client',
      ageBand: '14-17',
      capacity: 'subject',
      dataCategories: ['exit-progress', 'school-attendance'],
      purposes: ['exit-support', 'school-support'],
      mayReceive: ['youth-office.example', 'school.example'],
      form: 'written',
      validUntil: '2026-01-12',
      formVersion: 'consent-minors@4',
      toldOfWithdrawal: true,
      explicitForSpecialCategories: false,
      ableToUnderstand: true,
      document: 'file-12/2025-1',
      limits: 'Nothing about the friends.',
      voluntariness: 'Support goes on in the same way without it; he was told so.',
    },
  },
};
