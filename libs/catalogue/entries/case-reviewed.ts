import { CaseFollowUp } from '../case-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, flag, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { reviewOutcome } from '../vocabularies/review-outcome.js';

/** LED 5: whether the data are still needed is reviewed, and the next review has a day (RET-02). */
export class CaseReviewed extends CaseFollowUp {
  @Required('terms', code(reviewOutcome, ['continue', 'adjust', 'close']))
  readonly outcome: Given<string>;

  @Required('terms', flag)
  readonly dataStillNeeded: Given<boolean>;

  @Required('terms', date)
  readonly nextReview: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Optional('terms', flag, 'Every body that takes part still needs to.')
  readonly participantsStillNeeded?: Given<boolean>;
}

export const caseReviewed: EntryType = {
  name: 'CaseReviewed',
  title: { en: 'Case reviewed', de: 'Fall überprüft' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: CaseReviewed,
  retention: { reasons: 'decision' },
  matter: { kind: 'case', openedBy: 'opening' },

  sentence(terms, language) {
    const outcome = label(reviewOutcome, terms['outcome'], language);
    const next = said(terms['nextReview'], language);
    return language === 'de'
      ? `Fall überprüft: ${outcome}; nächste Überprüfung bis: ${next}.`
      : `Case reviewed: ${outcome}; next review due: ${next}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000201',
    type: 'CaseReviewed',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2025-07-07T09:00:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      opening: '0195a6f0-0001-7000-8000-000000000200',
      outcome: 'adjust',
      dataStillNeeded: true,
      participantsStillNeeded: false,
      nextReview: '2026-01-07',
      justification: 'School has become stable; the police no longer need to take part.',
    },
  },
};
