import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, list, nested, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { disclosers, notTheDiscloser, RecipientSide } from '../recipient-side.js';
import { codes, enumerated, said } from '../reading.js';
import { RejectedCondition } from '../rejected-condition.js';
import { condition } from '../vocabularies/condition.js';

/** What a receipt left open, or conditions told later: LED 9(3). */
export class ConditionsAccepted extends RecipientSide {
  @Required('terms', list(code(condition)))
  readonly conditionsAccepted: Given<readonly string[]>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', list(nested(RejectedCondition)))
  readonly conditionsRejected?: Given<readonly RejectedCondition[]>;
}

export const conditionsAccepted: EntryType = {
  name: 'ConditionsAccepted',
  title: { en: 'Handling conditions accepted', de: 'Auflagen angenommen' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ConditionsAccepted,

  recipients: disclosers,
  refusal: notTheDiscloser,

  sentence(terms, language) {
    const to = said(terms['disclosedBy'], language);
    const what = enumerated(codes(condition, terms['conditionsAccepted'], language), language);
    return language === 'de' ? `Auflagen von ${to} angenommen: ${what}.` : `Conditions of ${to} accepted: ${what}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000107',
    type: 'ConditionsAccepted',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-10T08:30:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      causedBy: '0195a6f0-0001-7000-8000-000000000005',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      disclosedBy: 'youth-office.example',
      conditionsAccepted: ['purpose-only', 'social-secrecy'],
    },
  },
};
