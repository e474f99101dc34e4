import type { EntryType } from '../entry-type.js';
import { reach, settle } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { code, flag, prose } from '../kind.js';
import type { Given } from '../missing.js';
import { disclosers, RecipientSide } from '../recipient-side.js';
import { said, textIn } from '../reading.js';
import { feedback } from '../vocabularies/feedback.js';

export class FeedbackGiven extends RecipientSide {
  @Required('told', code(feedback))
  readonly feedback: Given<string>;

  @Optional('told', prose)
  readonly remark?: Given<string>;

  @Optional('terms', flag, 'The discloser should correct what it said.')
  readonly correctionNeeded?: Given<boolean>;
}

export const feedbackGiven: EntryType = {
  name: 'FeedbackGiven',
  title: { en: 'Feedback given', de: 'Rückmeldung gegeben' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: FeedbackGiven,

  recipients: disclosers,

  moves(head, { issuer, terms, occurredAt }) {
    const about = textIn(terms, 'disclosureId');
    const received = settle(reach(head, 'feedback-given', occurredAt), { agency: issuer, owes: 'receipt', about });
    return settle(received, { agency: issuer, owes: 'feedback', about });
  },

  sentence(terms, language) {
    const to = said(terms['disclosedBy'], language);
    const correct = terms['correctionNeeded'] === true;
    return language === 'de'
      ? `Rückmeldung an ${to} gegeben${correct ? '; Berichtigung nötig' : ''}.`
      : `Feedback given to ${to}${correct ? '; a correction is needed' : ''}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000007',
    type: 'FeedbackGiven',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-20T10:00:00.000Z',
    data: {
      regime: 'LED',
      actor: 'staff-4711',
      case: 'case-7f3a',
      causedBy: '0195a6f0-0001-7000-8000-000000000005',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      disclosedBy: 'youth-office.example',
      feedback: 'used',
      remark: 'The next step was agreed in the conference.',
      correctionNeeded: false,
    },
  },
};
