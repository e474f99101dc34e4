import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, list } from '../kind.js';
import type { Given } from '../missing.js';
import { slug } from '../patterns.js';
import { label, said } from '../reading.js';
import { agreementEnd } from '../vocabularies/agreement-end.js';

/**
 * From the day after, no version of the agreement is in force that who ends it has part in. What was passed on under it
 * keeps its conditions.
 */
export class AgreementTerminated {
  @Required('terms', slug, 'The agreement, with every version that names who ends it or nobody.')
  readonly agreement: Given<string>;

  @Required('terms', date, 'Last day in force.')
  readonly lastDay: Given<string>;

  @Required('terms', code(agreementEnd))
  readonly cause: Given<string>;

  @Optional('terms', list(agency), 'Parties that ended it.')
  readonly endedBy?: Given<readonly string[]>;

  @Optional('terms', slug, 'Agreement that takes its place.')
  readonly replacedBy?: Given<string>;
}

export const agreementTerminated: EntryType = {
  name: 'AgreementTerminated',
  title: { en: 'Agreement terminated', de: 'Vereinbarung beendet' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: AgreementTerminated,

  sentence(terms, language) {
    const what = said(terms['agreement'], language);
    const last = said(terms['lastDay'], language);
    const why = label(agreementEnd, terms['cause'], language);
    return language === 'de'
      ? `Vereinbarung ${what} beendet: ${why}; letzter Geltungstag ${last}.`
      : `Agreement ${what} terminated: ${why}; last day in force ${last}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000403',
    type: 'AgreementTerminated',
    occurredAt: '2026-10-05T10:00:00.000Z',
    data: {
      agreement: 'clinic-youth-office-exampletown',
      lastDay: '2026-10-31',
      cause: 'replaced',
      endedBy: ['clinic.example', 'youth-office.example'],
      replacedBy: 'clinic-youth-office-county',
    },
  },
};
