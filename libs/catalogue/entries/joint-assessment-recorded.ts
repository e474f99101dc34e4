import { ConferenceFollowUp } from '../conference-follow-up.js';
import { Dissent } from '../dissent.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, flag, list, nested, reference } from '../kind.js';
import { bodiesOf, linesOf } from '../lines-of.js';
import type { Given } from '../missing.js';
import { agenciesIn, named, said } from '../reading.js';
import { ageBand } from '../vocabularies/age-band.js';
import { regime } from '../vocabularies/regime.js';
import { subjectCategory } from '../vocabularies/subject-category.js';
import { Automation } from './request-decided.js';

/**
 * That several bodies assessed a person together, with which tool and who disagreed. What they found stays in the file:
 * the ledger holds no field for a level or a score. LED 7(1), 11; GDPR 22 (AUT-01, QUA-01).
 */
export class JointAssessmentRecorded extends ConferenceFollowUp {
  @Required('terms', list(agency, 1), 'Bodies that share the assessment.')
  readonly sharedBy: Given<readonly string[]>;

  @Required('terms', nested(Automation), 'Tool with its version, and who looked at what it proposed.')
  readonly automation: Given<Automation>;

  @Required('terms', flag, 'Facts are kept apart from assessments: LED 7(1).')
  readonly factsKeptApart: Given<boolean>;

  @Required('terms', date)
  readonly nextReview: Given<string>;

  @Required('people', reference, 'Where the assessment is kept.')
  readonly assessmentRef: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('people', code(subjectCategory))
  declare readonly subjectCategory: Given<string>;

  @Required('people', code(ageBand))
  declare readonly ageBand: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', reference)
  readonly agendaItem?: Given<string>;

  @Optional('terms', list(nested(Dissent)), 'Bodies that do not share it.')
  readonly dissent?: Given<readonly Dissent[]>;
}

export const jointAssessmentRecorded: EntryType = {
  name: 'JointAssessmentRecorded',
  title: { en: 'Joint assessment recorded', de: 'Gemeinsame Bewertung festgehalten' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: JointAssessmentRecorded,
  retention: { reasons: 'decision' },
  matter: { kind: 'conference', openedBy: 'convening' },

  recipients: (terms) => [...agenciesIn(terms, 'sharedBy'), ...bodiesOf(linesOf(terms['dissent']))],

  sentence(terms, language) {
    const who = named(terms['sharedBy'], language);
    const next = said(terms['nextReview'], language);
    const against = linesOf(terms['dissent']).length;
    return language === 'de'
      ? `Gemeinsame Bewertung durch ${who}; abweichende Voten: ${against}; nächste Überprüfung bis: ${next}.`
      : `Joint assessment by ${who}; dissenting: ${against}; next review due: ${next}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000214',
    type: 'JointAssessmentRecorded',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-03-10T14:00:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      subject: 'person-5b1e',
      subjectCategory: 'client',
      ageBand: '14-17',
      convening: '0195a6f0-0001-7000-8000-000000000210',
      agendaItem: '2',
      sharedBy: ['exit-programme.example', 'youth-office.example'],
      automation: { level: 'assisted', tool: 'structured-interview', version: '2.1', reviewer: 'staff-0102' },
      factsKeptApart: true,
      nextReview: '2025-06-10',
      assessmentRef: 'file-12/2025-7',
      dissent: [{ agency: 'school.example', because: 'The school knows the last weeks too little to agree.' }],
    },
  },
};
