import { ConferenceFollowUp } from '../conference-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, list, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, codes, enumerated, named, said } from '../reading.js';
import { dataCategory } from '../vocabularies/data-category.js';

/**
 * What one body told about the person to who was in the room. It stands for the disclosure that it names, where law,
 * quality, conditions and ground for lifting secrecy are recorded once: LED 25(1) (CNF-01). Where not everybody invited
 * may know of it, both are recorded in an exchange of those who heard it.
 */
export class ContributionRecorded extends ConferenceFollowUp {
  @Required('terms', reference)
  readonly agendaItem: Given<string>;

  @Required('terms', uuid, 'The disclosure that records what was passed on, as its sender names it.')
  readonly disclosureId: Given<string>;

  @Required('terms', list(agency, 1), 'Bodies in the room.')
  readonly heardBy: Given<readonly string[]>;

  @Required('terms', list(code(dataCategory), 1))
  readonly dataCategories: Given<readonly string[]>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', agency, 'Body that contributed, where it is not the one that records.')
  readonly contributor?: Given<string>;
}

export const contributionRecorded: EntryType = {
  name: 'ContributionRecorded',
  title: { en: 'Contribution recorded', de: 'Beitrag festgehalten' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ContributionRecorded,
  matter: { kind: 'conference', openedBy: 'convening' },

  recipients: (terms) => agenciesIn(terms, 'contributor', 'heardBy'),

  sentence(terms, language) {
    const item = said(terms['agendaItem'], language);
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    const to = named(terms['heardBy'], language);
    return language === 'de'
      ? `Beitrag zu Punkt ${item}: ${what}; gehört von: ${to}.`
      : `Contribution to item ${item}: ${what}; heard by: ${to}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000212',
    type: 'ContributionRecorded',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-03-10T13:20:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0815',
      convening: '0195a6f0-0001-7000-8000-000000000210',
      agendaItem: '1',
      disclosureId: '0195a6f0-0003-7000-8000-000000000210',
      contributor: 'youth-office.example',
      heardBy: ['exit-programme.example', 'school.example'],
      dataCategories: ['school-attendance', 'family'],
    },
  },
};
