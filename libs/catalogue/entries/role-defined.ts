import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, line, list, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { codes, enumerated, said } from '../reading.js';
import { functionPower } from '../vocabularies/function-power.js';

/** What a function of the recording agency may do; never who holds it. GDPR 29, 32(4): DEC-03, SOC-01. */
export class RoleDefined {
  @Required('terms', reference, 'Function, as entries of this agency write it.')
  readonly functionName: Given<string>;

  @Required('terms', list(code(functionPower)), 'What it may do; nothing any more where empty.')
  readonly powers: Given<readonly string[]>;

  @Required('terms', date)
  readonly validFrom: Given<string>;

  @Optional('terms', date, 'Last day; open where absent.')
  readonly validUntil?: Given<string>;

  @Optional('terms', line, 'Rules of procedure or order it rests on.')
  readonly basis?: Given<string>;
}

export const roleDefined: EntryType = {
  name: 'RoleDefined',
  title: { en: 'Role defined', de: 'Funktion festgelegt' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RoleDefined,

  sentence(terms, language) {
    const who = said(terms['functionName'], language);
    const may = enumerated(codes(functionPower, terms['powers'], language), language);
    return language === 'de' ? `Funktion festgelegt: ${who} darf ${may}.` : `Role defined: ${who} may ${may}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000409',
    type: 'RoleDefined',
    occurredAt: '2026-01-09T13:00:00.000Z',
    data: {
      functionName: 'head of office',
      powers: ['decide', 'decide-security-bodies', 'confirm-emergency'],
      validFrom: '2026-01-15',
      basis: 'Rules of procedure of the youth office, section 4',
    },
  },
};
