import { CaseFollowUp } from '../case-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, flag, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { postClosureReview } from '../vocabularies/post-closure-review.js';
import { reviewOutcome } from '../vocabularies/review-outcome.js';

/** A closed case is looked at twice more, so that neither a relapse nor a forgotten file goes unseen: LED 5 (RET-02). */
export class PostClosureReviewed extends CaseFollowUp {
  @Required('terms', code(postClosureReview), 'Which of the two reviews it is.')
  readonly review: Given<string>;

  @Required('terms', code(reviewOutcome, ['stays-closed', 'reopen', 'refer']))
  readonly outcome: Given<string>;

  @Required('terms', flag)
  readonly dataStillNeeded: Given<boolean>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('reasons', prose)
  readonly justification?: Given<string>;
}

export const postClosureReviewed: EntryType = {
  name: 'PostClosureReviewed',
  title: { en: 'Closed case reviewed', de: 'Abgeschlossener Fall überprüft' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: PostClosureReviewed,
  retention: { reasons: 'decision' },
  matter: { kind: 'case', openedBy: 'opening' },

  sentence(terms, language) {
    const when = label(postClosureReview, terms['review'], language);
    const outcome = label(reviewOutcome, terms['outcome'], language);
    return language === 'de'
      ? `Abgeschlossener Fall überprüft (${when}): ${outcome}.`
      : `Closed case reviewed (${when}): ${outcome}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000203',
    type: 'PostClosureReviewed',
    occurredAt: '2026-08-03T09:30:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      opening: '0195a6f0-0001-7000-8000-000000000200',
      review: 'after-6-months',
      outcome: 'stays-closed',
      dataStillNeeded: false,
      justification: 'No contact since closure, no new concern.',
    },
  },
};
