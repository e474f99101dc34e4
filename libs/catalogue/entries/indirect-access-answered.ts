import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, flag, instant, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, said } from '../reading.js';
import { indirectOutcome } from '../vocabularies/indirect-outcome.js';

/** The supervisor's answer is a decision that courts review, so it needs reasons. LED 17(3), 15(4); C-333/22. */
export class IndirectAccessAnswered extends Envelope {
  @Required('terms', uuid, 'Entry id of the request.')
  readonly indirectAccess: Given<string>;

  @Required('terms', agency, 'Supervisor that verifies for the person.')
  readonly authority: Given<string>;

  @Required('terms', code(indirectOutcome))
  readonly outcome: Given<string>;

  @Required('terms', instant)
  readonly answeredAt: Given<string>;

  @Required('reasons', prose, 'Factual or legal reasons.')
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', flag, 'The person is told no more than that all verifications took place: LED 17(3).')
  readonly leastAnswer?: Given<boolean>;

  @Optional('terms', flag, 'The person was told of the court: LED 17(3).')
  readonly remediesTold?: Given<boolean>;

  @Optional('terms', uuid, 'Id of the verification pack that was handed over.')
  readonly exportId?: Given<string>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned.')
  readonly reasonsWithheld?: Given<string>;
}

export const indirectAccessAnswered: EntryType = {
  name: 'IndirectAccessAnswered',
  title: { en: 'Indirect access answered', de: 'Mittelbare Auskunft erteilt' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: IndirectAccessAnswered,
  retention: { reasons: 'decision' },
  matter: { kind: 'indirect-access', openedBy: 'indirectAccess' },

  recipients: (terms) => agenciesIn(terms, 'authority'),

  sentence(terms, language) {
    const outcome = label(indirectOutcome, terms['outcome'], language);
    const authority = said(terms['authority'], language);
    return language === 'de'
      ? `Prüfung durch ${authority} beantwortet; Ergebnis: ${outcome}.`
      : `Verification by ${authority} answered; outcome: ${outcome}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000309',
    type: 'IndirectAccessAnswered',
    exchange: '0195a6f0-0002-7000-8000-000000000301',
    occurredAt: '2026-07-10T11:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4720',
      case: 'case-7f3a',
      subject: 'person-19c2',
      visibility: 'restricted',
      indirectAccess: '0195a6f0-0001-7000-8000-000000000308',
      authority: 'dpa.example',
      outcome: 'lawful',
      answeredAt: '2026-07-10T11:00:00.000Z',
      leastAnswer: true,
      remediesTold: true,
      exportId: '0195a6f0-0005-7000-8000-000000000302',
      justification: 'The power to transmit covers the case; the manifest holds what was needed.',
      reasonsWithheld: 'The inquiry against a contact is still running.',
    },
  },
};
