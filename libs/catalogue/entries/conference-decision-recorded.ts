import { ConferenceFollowUp } from '../conference-follow-up.js';
import { Dissent } from '../dissent.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, flag, list, nested, prose, reference } from '../kind.js';
import { bodiesOf, linesOf } from '../lines-of.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, said } from '../reading.js';
import { decisionKind } from '../vocabularies/decision-kind.js';
import { decisionOutcome } from '../vocabularies/decision-outcome.js';
import { regime } from '../vocabularies/regime.js';

/**
 * What a conference agreed on, who does it and until when, who disagreed or abstained. The conference binds nobody: the
 * owner decides in its own name and on its own law. Reason and milder means: NEC-02, DEC-01.
 */
export class ConferenceDecisionRecorded extends ConferenceFollowUp {
  @Required('terms', reference)
  readonly agendaItem: Given<string>;

  @Required('terms', code(decisionKind))
  readonly kind: Given<string>;

  @Required('terms', code(decisionOutcome))
  readonly outcome: Given<string>;

  @Required('terms', agency, 'Body that carries it out.')
  readonly owner: Given<string>;

  @Required('terms', date)
  readonly due: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('told', prose, 'What the owner does.')
  readonly task?: Given<string>;

  @Optional('terms', list(agency), 'Bodies that agreed.')
  readonly agreedBy?: Given<readonly string[]>;

  @Optional('terms', list(nested(Dissent)), 'Bodies that disagreed.')
  readonly dissent?: Given<readonly Dissent[]>;

  @Optional('terms', list(agency))
  readonly abstained?: Given<readonly string[]>;

  @Optional('reasons', prose, 'Why less would not do.')
  readonly necessity?: Given<string>;

  @Optional('reasons', prose, 'Whether anonymous, pseudonymous or fewer data, or a milder means, would do.')
  readonly alternatives?: Given<string>;

  @Optional('terms', flag, 'The person concerned is told.')
  readonly subjectInformed?: Given<boolean>;

  @Optional('terms', date)
  readonly nextReview?: Given<string>;
}

export const conferenceDecisionRecorded: EntryType = {
  name: 'ConferenceDecisionRecorded',
  title: { en: 'Conference decision recorded', de: 'Beschluss der Fallkonferenz festgehalten' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ConferenceDecisionRecorded,
  retention: { reasons: 'decision' },
  matter: { kind: 'conference', openedBy: 'convening' },

  recipients: (terms) => [
    ...agenciesIn(terms, 'owner', 'agreedBy', 'abstained'),
    ...bodiesOf(linesOf(terms['dissent'])),
  ],

  sentence(terms, language) {
    const what = label(decisionKind, terms['kind'], language);
    const how = label(decisionOutcome, terms['outcome'], language);
    const owner = said(terms['owner'], language);
    const due = said(terms['due'], language);
    return language === 'de'
      ? `Fallkonferenz zu ${what}: ${how}; zuständig: ${owner}, bis ${due}.`
      : `Conference on ${what}: ${how}; owner: ${owner}, due ${due}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000215',
    type: 'ConferenceDecisionRecorded',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-03-10T14:10:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      convening: '0195a6f0-0001-7000-8000-000000000210',
      agendaItem: '1',
      kind: 'measure',
      outcome: 'approved',
      owner: 'youth-office.example',
      due: '2025-03-31',
      task: 'Meets mother and class teacher before the holidays.',
      agreedBy: ['exit-programme.example', 'youth-office.example'],
      dissent: [{ agency: 'school.example', because: 'The date comes too early.' }],
      abstained: ['police.example'],
      justification: 'Without a common meeting the return to school is at risk.',
      necessity: 'Mother, school and youth office have to hear the same plan.',
      alternatives: 'A letter to each was considered; it would have passed on more.',
      subjectInformed: true,
      nextReview: '2025-06-10',
    },
  },
};
