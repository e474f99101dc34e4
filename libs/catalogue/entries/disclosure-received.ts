import type { EntryType } from '../entry-type.js';
import { owe, reach, settle, union } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { code, digest, flag, list, nested, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { disclosers, notTheDiscloser, RecipientSide } from '../recipient-side.js';
import { agenciesIn, said, textIn } from '../reading.js';
import { RejectedCondition } from '../rejected-condition.js';
import { condition } from '../vocabularies/condition.js';
import { regime } from '../vocabularies/regime.js';

/** LED 7(2), 9(3). */
export class DisclosureReceived extends RecipientSide {
  @Required('terms', nested(LegalBasis), 'Power of the recipient to collect.')
  readonly legalBasisCollect: Given<LegalBasis>;

  @Required('terms', flag, 'What arrived is what the manifest says.')
  readonly matchesManifest: Given<boolean>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Optional('terms', digest, 'HMAC of the manifest under a key of the pair.')
  readonly manifestDigest?: Given<string>;

  @Optional('terms', list(code(condition)))
  readonly conditionsAccepted?: Given<readonly string[]>;

  @Optional('terms', list(nested(RejectedCondition)))
  readonly conditionsRejected?: Given<readonly RejectedCondition[]>;

  @Optional('reasons', reference, 'System it is kept in.')
  readonly storedIn?: Given<string>;

  @Optional('terms', flag, 'Onward sharing is technically blocked.')
  readonly onwardBlocked?: Given<boolean>;
}

export const disclosureReceived: EntryType = {
  name: 'DisclosureReceived',
  title: { en: 'Disclosure received', de: 'Übermittlung erhalten' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DisclosureReceived,

  recipients: disclosers,
  refusal: notTheDiscloser,

  moves(head, { issuer, terms, occurredAt }) {
    const about = textIn(terms, 'disclosureId');
    const known = {
      ...head,
      disclosers: union(head.disclosers, agenciesIn(terms, 'disclosedBy')),
      recipients: union(head.recipients, [issuer]),
    };
    const received = settle(reach(known, 'received', occurredAt), { agency: issuer, owes: 'receipt', about });
    return owe(received, { agency: issuer, owes: 'feedback', about, since: occurredAt });
  },

  sentence(terms, language) {
    const from = said(terms['disclosedBy'], language);
    return language === 'de' ? `Übermittlung von ${from} erhalten.` : `Disclosure from ${from} received.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000006',
    type: 'DisclosureReceived',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-06T15:20:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      unit: 'State protection, prevention desk',
      actor: 'staff-4711',
      case: 'case-7f3a',
      causedBy: '0195a6f0-0001-7000-8000-000000000005',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      disclosedBy: 'youth-office.example',
      legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
      matchesManifest: true,
      conditionsAccepted: ['purpose-only'],
      conditionsRejected: [{ condition: 'social-secrecy', because: 'To be confirmed by the legal department.' }],
      storedIn: 'case-management',
      onwardBlocked: true,
    },
  },
};
