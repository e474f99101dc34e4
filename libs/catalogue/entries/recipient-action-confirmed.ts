import type { EntryType } from '../entry-type.js';
import { reach, settle } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { code, flag, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { disclosers, notTheDiscloser, RecipientSide } from '../recipient-side.js';
import { label, said, textIn } from '../reading.js';
import { remedialAction } from '../vocabularies/remedial-action.js';

/** LED 7(3), 16(6); GDPR 19. */
export class RecipientActionConfirmed extends RecipientSide {
  @Required('terms', code(remedialAction))
  readonly action: Given<string>;

  @Required('terms', flag)
  readonly done: Given<boolean>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('told', prose, 'Where it was not done.')
  readonly notDoneBecause?: Given<string>;
}

export const recipientActionConfirmed: EntryType = {
  name: 'RecipientActionConfirmed',
  title: { en: 'Action of the recipient confirmed', de: 'Maßnahme der Empfangsstelle bestätigt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RecipientActionConfirmed,

  recipients: disclosers,
  refusal: notTheDiscloser,

  moves: (head, { issuer, terms, occurredAt }) =>
    settle(reach(head, 'corrected', occurredAt), {
      agency: issuer,
      owes: 'confirmation',
      about: textIn(terms, 'disclosureId'),
    }),

  sentence(terms, language) {
    const action = label(remedialAction, terms['action'], language);
    const to = said(terms['disclosedBy'], language);
    const notDone = terms['done'] === false;
    return language === 'de'
      ? `Gegenüber ${to} bestätigt: ${action}, ${notDone ? 'nicht erledigt' : 'erledigt'}.`
      : `Confirmed to ${to}: ${action}, ${notDone ? 'not done' : 'done'}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000009',
    type: 'RecipientActionConfirmed',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-04-03T09:10:00.000Z',
    data: {
      regime: 'LED',
      actor: 'staff-4711',
      case: 'case-7f3a',
      causedBy: '0195a6f0-0001-7000-8000-000000000008',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      disclosedBy: 'youth-office.example',
      action: 'rectify',
      done: false,
      notDoneBecause: 'The old version is locked in a running proceeding; it was marked instead.',
    },
  },
};
