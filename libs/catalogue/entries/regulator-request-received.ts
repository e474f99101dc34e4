import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, flag, instant, line, nested, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { Period } from '../period.js';
import { label, said } from '../reading.js';
import { supervisoryPower } from '../vocabularies/supervisory-power.js';

/** A supervisory authority asks for something: GDPR 31, 58; LED 26, 47. The date it sets counts: OVS-01. */
export class RegulatorRequestReceived extends Envelope {
  @Required('terms', agency)
  readonly authority: Given<string>;

  @Required('terms', code(supervisoryPower), 'What is asked for.')
  readonly power: Given<string>;

  @Required('terms', instant)
  readonly receivedAt: Given<string>;

  @Required('terms', date, 'Day by which the authority wants the answer.')
  readonly answerDue: Given<string>;

  @Required('reasons', prose, 'What the authority wants to know.')
  readonly question: Given<string>;

  @Optional('terms', line, 'Provision or order it rests on.')
  readonly basis?: Given<string>;

  @Optional('terms', flag, 'A person complained: GDPR 77, LED 52.')
  readonly complaint?: Given<boolean>;

  @Optional('terms', nested(Period), 'The days it is about.')
  readonly period?: Given<Period>;

  @Optional('reasons', reference, "The authority's file number.")
  readonly fileNumber?: Given<string>;
}

export const regulatorRequestReceived: EntryType = {
  name: 'RegulatorRequestReceived',
  title: { en: 'Request of a supervisor received', de: 'Anforderung der Aufsicht eingegangen' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RegulatorRequestReceived,
  retention: { reasons: 'decision' },
  matter: { kind: 'regulator-request' },

  sentence(terms, language) {
    const who = said(terms['authority'], language);
    const what = label(supervisoryPower, terms['power'], language);
    const due = said(terms['answerDue'], language);
    return language === 'de'
      ? `Anforderung von ${who} eingegangen: ${what}; Antwort bis ${due}.`
      : `Request of ${who} received: ${what}; answer due ${due}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000412',
    type: 'RegulatorRequestReceived',
    occurredAt: '2026-04-28T09:30:00.000Z',
    data: {
      authority: 'dpa.example',
      power: 'logs',
      receivedAt: '2026-04-28T09:30:00.000Z',
      answerDue: '2026-05-12',
      basis: 'GDPR 58(1)(a)',
      complaint: true,
      period: { from: '2026-01-01', until: '2026-03-31' },
      actor: 'staff-0007',
      actorFunction: 'data protection officer',
      question: 'All disclosures to the police in the first quarter, with the provisions they rest on.',
      fileNumber: 'A-17/2026',
    },
  },
};
