import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { owe } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, date, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, agencyIn, said, textIn } from '../reading.js';

/** SGB X 67d: who asks answers for what is asked, so what is unclear is asked back before it is decided. */
export class ClarificationAsked extends Envelope {
  @Required('terms', agency)
  readonly askedOf: Given<string>;

  @Required('people', prose, 'The question; it may speak of the person concerned.')
  readonly question: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request.')
  readonly request?: Given<string>;

  @Optional('terms', uuid, 'The disclosure, as its sender named it, where the question is about one.')
  readonly disclosureId?: Given<string>;

  @Optional('terms', date)
  readonly answerBy?: Given<string>;
}

export const clarificationAsked: EntryType = {
  name: 'ClarificationAsked',
  title: { en: 'Clarification asked', de: 'Rückfrage gestellt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ClarificationAsked,

  recipients: (terms) => agenciesIn(terms, 'askedOf'),

  // The exchange stands where it stood: whose turn it is says that a question is open.
  moves(head, { terms, occurredAt }) {
    const asked = agencyIn(terms, 'askedOf');
    if (asked === null) return head;
    const about = textIn(terms, 'disclosureId');
    return owe(head, { agency: asked, owes: 'clarification', about, since: occurredAt });
  },

  sentence(terms, language) {
    const who = said(terms['askedOf'], language);
    const due = said(terms['answerBy'], language);
    return language === 'de'
      ? `Rückfrage an ${who}; Antwort bis: ${due}.`
      : `Clarification asked of ${who} by: ${due}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000101',
    type: 'ClarificationAsked',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-03T08:10:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0815',
      case: 'case-e01b',
      causedBy: '0195a6f0-0001-7000-8000-000000000002',
      askedOf: 'police.example',
      request: '0195a6f0-0001-7000-8000-000000000002',
      question: 'Which of the two mentors is meant?',
      answerBy: '2026-03-05',
    },
  },
};
