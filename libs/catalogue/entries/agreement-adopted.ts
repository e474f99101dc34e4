import { agreementFaults } from '../agreement-faults.js';
import { AgreementTerms } from '../agreement.js';
import type { EntryType } from '../entry-type.js';
import { Optional } from '../field.js';
import { date } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, named, said } from '../reading.js';

/** The first version of an agreement. GDPR 26, LED 21. */
export class AgreementAdopted extends AgreementTerms {
  @Optional('terms', date, 'When the last party agreed.')
  readonly adoptedOn?: Given<string>;
}

/** A body does not bind others to what it has no part in. */
export const onlyAParty: NonNullable<EntryType['refusal']> = (_head, { issuer, terms }) => {
  const parties = agenciesIn(terms, 'parties');
  return parties.length === 0 || parties.includes(issuer) ? null : 'an agreement is recorded by one of its parties';
};

export const agreementAdopted: EntryType = {
  name: 'AgreementAdopted',
  title: { en: 'Agreement adopted', de: 'Vereinbarung geschlossen' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: AgreementAdopted,

  faults: agreementFaults,
  refusal: onlyAParty,

  sentence(terms, language) {
    const what = `${said(terms['title'], language)} (${said(terms['agreement'], language)}@${said(terms['version'], language)})`;
    const who = named(terms['parties'], language);
    const from = said(terms['validFrom'], language);
    return language === 'de'
      ? `Vereinbarung geschlossen: ${what} zwischen ${who}; gilt ab ${from}.`
      : `Agreement adopted: ${what} between ${who}; in force from ${from}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000401',
    type: 'AgreementAdopted',
    occurredAt: '2026-01-12T09:00:00.000Z',
    data: {
      agreement: 'youth-office-police-exampletown',
      version: 1,
      title: 'Exit support of young people in Exampletown',
      parties: ['youth-office.example', 'police.example'],
      controllership: 'separate',
      contactPoint: 'Information desk, dataprotection@youth-office.example',
      validFrom: '2026-02-01',
      validUntil: '2028-01-31',
      reviewDue: '2027-02-01',
      adoptedOn: '2026-01-12',
      dpia: 'exit-support-dpia@1',
      rightsProcedure: 'Each party answers for its own data and tells the other within five working days.',
      breachProcedure: 'Each party tells the other without undue delay when data of the other are affected.',
      rolesAndDuties:
        'The youth office leads the case; the police answer its requests and pass on what concerns safety.',
      security: 'What is passed on goes through the encrypted exchange of the district only.',
      definitions: 'annex-1-definitions@1',
      essencePublishedAt: 'Notice board and web site of the youth office',
      clauses: [
        {
          id: 'progress',
          from: ['youth-office.example'],
          to: ['police.example'],
          purposes: ['exit-support'],
          dataCategories: ['identity', 'exit-progress'],
          specialCategories: false,
          subjectCategories: ['client'],
          gateways: ['consent-subject', 'consent-entruster'],
          legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
          legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
          regimeChangeProvision: 'SGB X § 78(1)',
          conditions: ['purpose-only', 'social-secrecy', 'originator-consent'],
          retentionTold: 'Until the case is closed, three years at most.',
          timeLimits: {
            acknowledge: { amount: 2, unit: 'working-days' },
            decideNormal: { amount: 10, unit: 'working-days' },
            decideUrgent: { amount: 1, unit: 'working-days' },
            decideImminent: { amount: 1, unit: 'hours' },
            receipt: { amount: 5, unit: 'working-days' },
            acceptance: { amount: 5, unit: 'working-days' },
            feedback: { amount: 30, unit: 'days' },
          },
          conference: {
            standing: ['youth-office.example', 'police.example'],
            undertakingRequired: true,
            attendancePerItem: true,
            consensusForPolice: true,
            contributionsWithin: { amount: 24, unit: 'hours' },
            minutesWithin: { amount: 10, unit: 'working-days' },
          },
          dpoConsultationWhen: ['minor', 'special-category', 'secrecy-lifted'],
          activities: [
            { agency: 'youth-office.example', activity: 'exit-support@1' },
            { agency: 'police.example', activity: 'exit-coordination@2' },
          ],
          note: {
            en: 'What was entrusted in counselling is not passed on without consent of who entrusted it.',
            de: 'In der Beratung Anvertrautes wird nicht ohne Einwilligung der anvertrauenden Person weitergegeben.',
          },
        },
      ],
    },
  },
};
