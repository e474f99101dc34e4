import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { deferralOutcome } from '../vocabularies/deferral-outcome.js';

/** LED 13(3); GDPR 23; INF-02. */
export class DeferralReviewed extends Envelope {
  @Required('terms', uuid, 'Entry id of the deferral.')
  readonly deferral: Given<string>;

  @Required('terms', code(deferralOutcome))
  readonly outcome: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', date, 'Where it continues: until when.')
  readonly until?: Given<string>;

  @Optional('terms', date, 'Where it continues: last day of the next review.')
  readonly nextReview?: Given<string>;

  @Optional('withheld', prose, 'Reasons kept from the person concerned.')
  readonly reasonsWithheld?: Given<string>;
}

export const deferralReviewed: EntryType = {
  name: 'DeferralReviewed',
  title: { en: 'Deferral reviewed', de: 'Zurückstellung geprüft' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DeferralReviewed,
  retention: { reasons: 'decision' },
  matter: { kind: 'deferral', openedBy: 'deferral' },

  sentence(terms, language) {
    const outcome = label(deferralOutcome, terms['outcome'], language);
    if (terms['outcome'] === 'ended') {
      return language === 'de' ? `Zurückstellung geprüft: ${outcome}.` : `Deferral reviewed: ${outcome}.`;
    }
    const review = said(terms['nextReview'], language);
    return language === 'de'
      ? `Zurückstellung geprüft: ${outcome}; nächste Prüfung bis: ${review}.`
      : `Deferral reviewed: ${outcome}; next review by: ${review}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000303',
    type: 'DeferralReviewed',
    occurredAt: '2026-06-05T08:30:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      subject: 'person-19c2',
      visibility: 'restricted',
      deferral: '0195a6f0-0001-7000-8000-000000000302',
      outcome: 'continued',
      until: '2026-09-07',
      nextReview: '2026-08-31',
      justification: 'The inquiry goes on; a partial notice was considered and would warn as well.',
      reasonsWithheld: 'Two contacts have not been found yet.',
    },
  },
};
