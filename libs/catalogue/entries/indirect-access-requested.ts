import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, instant, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, said } from '../reading.js';
import { right } from '../vocabularies/right.js';

/** A person exercises a right through the supervisor. Recorded by the supervisor or by the agency it asks. LED 17. */
export class IndirectAccessRequested extends Envelope {
  @Required('terms', agency, 'Supervisor that verifies for the person.')
  readonly authority: Given<string>;

  @Required('terms', agency, 'Agency whose processing is verified.')
  readonly controller: Given<string>;

  @Required('terms', code(right))
  readonly right: Given<string>;

  @Required('terms', instant, 'When the agency was asked.')
  readonly receivedAt: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', date, 'Date set by the supervisor.')
  readonly dueAt?: Given<string>;

  @Optional('people', reference, 'File number of the supervisor.')
  readonly fileNumber?: Given<string>;

  @Optional('told', prose, 'What is to be verified.')
  readonly question?: Given<string>;
}

export const indirectAccessRequested: EntryType = {
  name: 'IndirectAccessRequested',
  title: { en: 'Indirect access requested', de: 'Mittelbare Auskunft angefordert' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: IndirectAccessRequested,
  matter: { kind: 'indirect-access' },

  recipients: (terms) => agenciesIn(terms, 'authority', 'controller'),

  sentence(terms, language) {
    const authority = said(terms['authority'], language);
    const controller = said(terms['controller'], language);
    const what = label(right, terms['right'], language);
    return language === 'de'
      ? `${authority} prüft für die betroffene Person bei ${controller}: ${what}.`
      : `${authority} verifies for the person concerned at ${controller}: ${what}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000308',
    type: 'IndirectAccessRequested',
    exchange: '0195a6f0-0002-7000-8000-000000000301',
    occurredAt: '2026-06-15T09:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4720',
      case: 'case-7f3a',
      subject: 'person-19c2',
      visibility: 'restricted',
      authority: 'dpa.example',
      controller: 'police.example',
      right: 'access',
      receivedAt: '2026-06-15T08:40:00.000Z',
      dueAt: '2026-07-15',
      fileNumber: 'DPA-2026-118',
      question: 'Whether the disclosure of 7 March was lawful.',
    },
  },
};
