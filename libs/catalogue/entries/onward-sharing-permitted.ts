import type { EntryType } from '../entry-type.js';
import { Optional } from '../field.js';
import { code, count, date, list, nested, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { answering, askers, notTheRecipient, OnwardSharing } from '../onward-sharing.js';
import { label, named, said } from '../reading.js';
import { condition } from '../vocabularies/condition.js';
import { purpose } from '../vocabularies/purpose.js';

/** The permission a later disclosure names in `permissionRef`. */
export class OnwardSharingPermitted extends OnwardSharing {
  @Optional('terms', list(count), 'Places of the items in the manifest, from 0; all where absent.')
  readonly items?: Given<readonly number[]>;

  @Optional('terms', list(code(condition)), 'Handling conditions that go with it.')
  readonly conditions?: Given<readonly string[]>;

  @Optional('terms', date, 'Last day on which it may be passed on.')
  readonly validUntil?: Given<string>;

  @Optional('terms', nested(LegalBasis), 'Power to permit it.')
  readonly legalBasis?: Given<LegalBasis>;

  @Optional('staff', reference)
  readonly secondApprover?: Given<string>;
}

export const onwardSharingPermitted: EntryType = {
  name: 'OnwardSharingPermitted',
  title: { en: 'Onward sharing permitted', de: 'Weitergabe erlaubt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: OnwardSharingPermitted,
  retention: { reasons: 'decision' },

  recipients: askers,
  refusal: notTheRecipient,
  moves: answering('granted'),

  sentence(terms, language) {
    const by = said(terms['askedBy'], language);
    const to = named(terms['onwardTo'], language);
    const why = label(purpose, terms['purpose'], language);
    return language === 'de'
      ? `Weitergabe durch ${by} an ${to} erlaubt; Zweck: ${why}.`
      : `Onward sharing by ${by} with ${to} permitted; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000108',
    type: 'OnwardSharingPermitted',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-12T10:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0815',
      case: 'case-e01b',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      askedBy: 'police.example',
      onwardTo: ['probation.example'],
      purpose: 'probation-supervision',
      items: [0],
      conditions: ['purpose-only', 'social-secrecy', 'no-onward'],
      validUntil: '2026-06-30',
      legalBasis: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
      secondApprover: 'staff-0042',
      justification: 'The probation service leads the next step and needs the state of the mentoring.',
      reasonTold: 'Only the state of the mentoring, not the family.',
    },
  },
};
