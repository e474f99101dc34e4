import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, flag, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { contestant } from '../vocabularies/contestant.js';
import { remedy } from '../vocabularies/remedy.js';

/** Somebody does not accept a decision: GDPR 21, 77, 79; LED 52, 54. */
export class DecisionContested extends Envelope {
  @Required('terms', uuid, 'Entry id of the decision, also of one about a request or of a conference.')
  readonly decision: Given<string>;

  @Required('terms', code(contestant))
  readonly contestedBy: Given<string>;

  @Required('terms', code(remedy))
  readonly remedy: Given<string>;

  @Required('reasons', prose, 'What is put forward against it.')
  readonly objections: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', flag, 'The decision is not carried out until this is settled.')
  readonly suspends?: Given<boolean>;

  @Optional('terms', date)
  readonly answerDue?: Given<string>;
}

export const decisionContested: EntryType = {
  name: 'DecisionContested',
  title: { en: 'Decision contested', de: 'Entscheidung angefochten' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DecisionContested,
  retention: { reasons: 'decision' },
  matter: { kind: 'decision', openedBy: 'decision' },

  sentence(terms, language) {
    const how = label(remedy, terms['remedy'], language);
    const who = label(contestant, terms['contestedBy'], language);
    return language === 'de'
      ? `Entscheidung angefochten: ${how}; von: ${who}.`
      : `Decision contested: ${how}; by: ${who}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000221',
    type: 'DecisionContested',
    occurredAt: '2025-04-16T11:30:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0100',
      case: 'case-2c90',
      decision: '0195a6f0-0001-7000-8000-000000000220',
      contestedBy: 'staff',
      remedy: 'reconsideration',
      objections: 'The counsellor reads the last conversation differently.',
      suspends: false,
      answerDue: '2025-04-30',
    },
  },
};
