import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, line } from '../kind.js';
import type { Given } from '../missing.js';
import { answering, askers, notTheRecipient, OnwardSharing } from '../onward-sharing.js';
import { label, named, said } from '../reading.js';
import { purpose } from '../vocabularies/purpose.js';
import { refusalReason } from '../vocabularies/refusal-reason.js';

/** Why it is refused stays with who refuses: the recipient reads what it is told. */
export class OnwardSharingRefused extends OnwardSharing {
  @Required('reasons', code(refusalReason))
  readonly refusalReason: Given<string>;

  @Optional('reasons', line, 'Act, section, paragraph that forbids it.')
  readonly provision?: Given<string>;
}

export const onwardSharingRefused: EntryType = {
  name: 'OnwardSharingRefused',
  title: { en: 'Onward sharing refused', de: 'Weitergabe abgelehnt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: OnwardSharingRefused,
  retention: { reasons: 'decision' },

  recipients: askers,
  refusal: notTheRecipient,
  moves: answering('refused'),

  sentence(terms, language) {
    const by = said(terms['askedBy'], language);
    const to = named(terms['onwardTo'], language);
    const why = label(purpose, terms['purpose'], language);
    return language === 'de'
      ? `Weitergabe durch ${by} an ${to} abgelehnt; Zweck: ${why}.`
      : `Onward sharing by ${by} with ${to} refused; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000109',
    type: 'OnwardSharingRefused',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-12T10:05:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0815',
      case: 'case-e01b',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      askedBy: 'police.example',
      onwardTo: ['prosecution.example'],
      purpose: 'crime-investigation',
      refusalReason: 'endangers-help',
      provision: 'SGB VIII § 64(2)',
      justification: 'Use in proceedings would end the trust on which the mentoring rests.',
      reasonTold: 'It was told for the support of the exit only.',
    },
  },
};
