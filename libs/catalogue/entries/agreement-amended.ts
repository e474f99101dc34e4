import { agreementFaults } from '../agreement-faults.js';
import { AgreementTerms } from '../agreement.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { date, nested } from '../kind.js';
import type { Given } from '../missing.js';
import { versioned } from '../patterns.js';
import { PlainText } from '../plain-text.js';
import { said } from '../reading.js';
import { onlyAParty } from './agreement-adopted.js';

/** A later version, recorded whole: what was in force on a day is never put together from changes. */
export class AgreementAmended extends AgreementTerms {
  @Required('terms', versioned)
  declare readonly supersedes: Given<string>;

  @Optional('terms', date, 'When the last party agreed.')
  readonly adoptedOn?: Given<string>;

  @Optional('terms', nested(PlainText), 'What changed and why.')
  readonly changes?: Given<PlainText>;
}

export const agreementAmended: EntryType = {
  name: 'AgreementAmended',
  title: { en: 'Agreement amended', de: 'Vereinbarung geändert' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: AgreementAmended,

  faults: agreementFaults,
  refusal: onlyAParty,

  sentence(terms, language) {
    const what = `${said(terms['title'], language)} (${said(terms['agreement'], language)}@${said(terms['version'], language)})`;
    const before = said(terms['supersedes'], language);
    const from = said(terms['validFrom'], language);
    return language === 'de'
      ? `Vereinbarung geändert: ${what} ersetzt ${before} ab ${from}.`
      : `Agreement amended: ${what} supersedes ${before} from ${from}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000402',
    type: 'AgreementAmended',
    occurredAt: '2026-08-17T09:00:00.000Z',
    data: {
      agreement: 'youth-office-police-exampletown',
      version: 2,
      supersedes: 'youth-office-police-exampletown@1',
      title: 'Exit support of young people in Exampletown',
      parties: ['youth-office.example', 'police.example', 'exit-programme.example'],
      controllership: 'separate',
      validFrom: '2026-09-01',
      reviewDue: '2027-09-01',
      adoptedOn: '2026-08-17',
      dpia: 'exit-support-dpia@1',
      changes: { en: 'The exit programme joins.', de: 'Das Ausstiegsprogramm tritt bei.' },
      clauses: [
        {
          id: 'threat',
          from: ['exit-programme.example'],
          to: ['police.example'],
          purposes: ['threat-prevention'],
          dataCategories: ['identity', 'threat-indicator'],
          specialCategories: false,
          legalBasisTransmit: { code: 'GDPR-A6-1-f', provision: 'GDPR 6(1)(f); StGB § 34' },
          legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
          conditions: ['purpose-only'],
          dpoConsultationWhen: ['always'],
        },
      ],
    },
  },
};
