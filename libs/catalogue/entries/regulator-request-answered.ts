import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, instant, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { regulatorAnswer } from '../vocabularies/regulator-answer.js';

/** What a supervisory authority was answered, and when: GDPR 31, 58; LED 26, 47; OVS-01. */
export class RegulatorRequestAnswered extends Envelope {
  @Required('terms', uuid, 'Entry id of the request.')
  readonly regulatorRequest: Given<string>;

  @Required('terms', agency)
  readonly authority: Given<string>;

  @Required('terms', code(regulatorAnswer))
  readonly outcome: Given<string>;

  @Required('terms', instant)
  readonly answeredAt: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', uuid, 'Entry id of the export that was handed over.')
  readonly export?: Given<string>;

  @Optional('terms', date, 'Day agreed with the authority where more time was needed.')
  readonly newAnswerDue?: Given<string>;

  @Optional('reasons', prose, 'What was answered.')
  readonly answer?: Given<string>;

  @Optional('reasons', prose, 'Why something was left out or refused.')
  readonly omissionReason?: Given<string>;
}

export const regulatorRequestAnswered: EntryType = {
  name: 'RegulatorRequestAnswered',
  title: { en: 'Request of a supervisor answered', de: 'Anforderung der Aufsicht beantwortet' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RegulatorRequestAnswered,
  retention: { reasons: 'decision' },
  matter: { kind: 'regulator-request', openedBy: 'regulatorRequest' },

  sentence(terms, language) {
    const whom = said(terms['authority'], language);
    const how = label(regulatorAnswer, terms['outcome'], language);
    return language === 'de' ? `Antwort an ${whom}: ${how}.` : `Answer to ${whom}: ${how}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000413',
    type: 'RegulatorRequestAnswered',
    occurredAt: '2026-05-11T15:00:00.000Z',
    data: {
      regulatorRequest: '0195a6f0-0001-7000-8000-000000000412',
      authority: 'dpa.example',
      outcome: 'in-full',
      answeredAt: '2026-05-11T15:00:00.000Z',
      actor: 'staff-0007',
      actorFunction: 'data protection officer',
      export: '0195a6f0-0001-7000-8000-00000000000d',
      answer: 'Trail of all entries of the quarter with the reasons of each decision.',
    },
  },
};
