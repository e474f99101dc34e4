import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, list, nested, prose, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { codes, enumerated, label } from '../reading.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';

/** LED 25(1): justification, date, time and person; C-579/21. */
export class InformationConsulted extends Envelope {
  @Required('people', reference, 'Record that was looked at.')
  readonly recordRef: Given<string>;

  @Required('terms', list(code(dataCategory), 1))
  readonly dataCategories: Given<readonly string[]>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Optional('terms', agency, 'Body whose records were looked at, where they are not its own.')
  readonly source?: Given<string>;

  @Optional('terms', reference, 'Register or system.')
  readonly system?: Given<string>;

  @Optional('terms', nested(LegalBasis))
  readonly legalBasis?: Given<LegalBasis>;

  @Optional('terms', count, 'How many records the query found.')
  readonly matches?: Given<number>;
}

export const informationConsulted: EntryType = {
  name: 'InformationConsulted',
  title: { en: 'Information consulted', de: 'Information abgefragt' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: InformationConsulted,

  sentence(terms, language) {
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    const why = label(purpose, terms['purpose'], language);
    return language === 'de'
      ? `Information abgefragt: ${what}; Zweck: ${why}.`
      : `Information consulted: ${what}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000000a',
    type: 'InformationConsulted',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-09T11:05:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      subject: 'person-19c2',
      subjectCategory: 'client',
      ageBand: '14-17',
      recordRef: 'case-management/2026/311',
      system: 'case-management',
      dataCategories: ['exit-progress', 'threat-indicator'],
      purpose: 'exit-support',
      legalBasis: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
      matches: 1,
      justification: 'Preparation of the case conference of 10 March.',
    },
  },
};
