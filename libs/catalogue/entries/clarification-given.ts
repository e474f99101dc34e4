import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { settle } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, flag, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, said, textIn } from '../reading.js';

/** Explains a request or a disclosure. Information about the person is disclosed in an entry of its own. */
export class ClarificationGiven extends Envelope {
  @Required('terms', agency)
  readonly askedBy: Given<string>;

  @Required('terms', flag, 'False where the question cannot be answered.')
  readonly answered: Given<boolean>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('people', prose, 'The answer, or why there is none; it may speak of the person concerned.')
  readonly answer?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the question.')
  readonly asked?: Given<string>;

  @Optional('terms', uuid, 'The disclosure, as its sender named it, where the question was about one.')
  readonly disclosureId?: Given<string>;
}

export const clarificationGiven: EntryType = {
  name: 'ClarificationGiven',
  title: { en: 'Clarification given', de: 'Rückfrage beantwortet' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ClarificationGiven,

  recipients: (terms) => agenciesIn(terms, 'askedBy'),

  moves: (head, { issuer, terms }) =>
    settle(head, { agency: issuer, owes: 'clarification', about: textIn(terms, 'disclosureId') }),

  sentence(terms, language) {
    const who = said(terms['askedBy'], language);
    const open = terms['answered'] === false;
    return language === 'de'
      ? `Rückfrage von ${who} ${open ? 'ohne Antwort zurückgegeben' : 'beantwortet'}.`
      : `Question of ${who} ${open ? 'returned without an answer' : 'answered'}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000102',
    type: 'ClarificationGiven',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-04T10:30:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      causedBy: '0195a6f0-0001-7000-8000-000000000101',
      askedBy: 'youth-office.example',
      asked: '0195a6f0-0001-7000-8000-000000000101',
      answered: true,
      answer: 'The mentor that the conference of February named.',
    },
  },
};
