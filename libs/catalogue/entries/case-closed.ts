import { CaseFollowUp } from '../case-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { closureReason } from '../vocabularies/closure-reason.js';

/** From here the periods of the records run: GDPR 5(1)(e), LED 5. Reviews follow after 6 and 12 months (RET-02). */
export class CaseClosed extends CaseFollowUp {
  @Required('terms', code(closureReason))
  readonly closureReason: Given<string>;

  @Required('staff', reference)
  readonly decidedBy: Given<string>;

  @Required('terms', date, 'Until when the records of the case are kept.')
  readonly keptUntil: Given<string>;

  @Optional('reasons', prose)
  readonly justification?: Given<string>;
}

export const caseClosed: EntryType = {
  name: 'CaseClosed',
  title: { en: 'Case closed', de: 'Fall abgeschlossen' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: CaseClosed,
  retention: { reasons: 'decision' },
  matter: { kind: 'case', openedBy: 'opening' },

  sentence(terms, language) {
    const why = label(closureReason, terms['closureReason'], language);
    const until = said(terms['keptUntil'], language);
    return language === 'de'
      ? `Fall abgeschlossen (${why}); Unterlagen aufbewahrt bis: ${until}.`
      : `Case closed (${why}); records kept until: ${until}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000202',
    type: 'CaseClosed',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2026-01-30T15:00:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      opening: '0195a6f0-0001-7000-8000-000000000200',
      closureReason: 'goals-reached',
      decidedBy: 'staff-0102',
      keptUntil: '2029-01-30',
      justification: 'What was agreed in the support plan is reached.',
    },
  },
};
