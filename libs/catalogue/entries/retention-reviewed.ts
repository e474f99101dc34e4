import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { retentionOutcome } from '../vocabularies/retention-outcome.js';

/** Is what was stored still needed? LED 4(1)(e), 5; GDPR 5(1)(e); RET-02. */
export class RetentionReviewed extends Envelope {
  @Required('terms', uuid, 'Entry id of the opening of the case.')
  readonly opening: Given<string>;

  @Required('terms', code(retentionOutcome))
  readonly outcome: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', date, 'Last day of the next review, where something is kept: RET-02.')
  readonly nextReview?: Given<string>;

  @Optional('terms', date, 'Last day on which what is to be erased is erased.')
  readonly eraseBy?: Given<string>;

  @Optional('terms', list(uuid), 'Disclosure ids that were reviewed; the whole case where absent.')
  readonly disclosures?: Given<readonly string[]>;

  @Optional('people', list(reference), 'Records that were reviewed.')
  readonly objectRefs?: Given<readonly string[]>;
}

export const retentionReviewed: EntryType = {
  name: 'RetentionReviewed',
  title: { en: 'Retention reviewed', de: 'Aufbewahrung geprüft' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RetentionReviewed,
  retention: { reasons: 'decision' },
  matter: { kind: 'case', openedBy: 'opening' },

  sentence(terms, language) {
    const outcome = label(retentionOutcome, terms['outcome'], language);
    if (terms['outcome'] === 'erase') {
      const until = said(terms['eraseBy'], language);
      return language === 'de'
        ? `Aufbewahrung geprüft: ${outcome} bis ${until}.`
        : `Retention reviewed: ${outcome} by ${until}.`;
    }
    const next = said(terms['nextReview'], language);
    return language === 'de'
      ? `Aufbewahrung geprüft: ${outcome}; nächste Prüfung bis: ${next}.`
      : `Retention reviewed: ${outcome}; next review by: ${next}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000312',
    type: 'RetentionReviewed',
    occurredAt: '2026-09-01T08:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      opening: '0195a6f0-0001-7000-8000-000000000101',
      outcome: 'erase-part',
      nextReview: '2027-09-01',
      eraseBy: '2026-10-01',
      disclosures: ['0195a6f0-0003-7000-8000-000000000001'],
      objectRefs: ['case-management/2026/311'],
      justification: 'The mentoring goes on; what was said of the family is no longer needed.',
    },
  },
};
