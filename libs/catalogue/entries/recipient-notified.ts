import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { owe } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, code, flag, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, agencyIn, label, said, textIn } from '../reading.js';
import { channel } from '../vocabularies/channel.js';
import { notificationCause } from '../vocabularies/notification-cause.js';
import { notifiedAs } from '../vocabularies/notified-as.js';
import { remedialAction } from '../vocabularies/remedial-action.js';

/**
 * One body is told that data it received, or data that came from it, changed: LED 7(3), 16(5), 16(6); GDPR 7(3), 19.
 * It is recorded in the exchange in which they were passed on.
 */
export class RecipientNotified extends Envelope {
  @Required('terms', agency)
  readonly notified: Given<string>;

  @Required('terms', code(notifiedAs))
  readonly notifiedAs: Given<string>;

  @Required('terms', uuid, 'The disclosure, as its sender named it.')
  readonly disclosureId: Given<string>;

  @Required('terms', code(notificationCause))
  readonly cause: Given<string>;

  @Required('terms', flag, 'False where it was impossible or would take an effort out of proportion: GDPR 19.')
  readonly reached: Given<boolean>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', code(remedialAction), 'What it should do.')
  readonly action?: Given<string>;

  @Optional('terms', code(channel))
  readonly channel?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the invalidation it tells of.')
  readonly invalidation?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the consent or the release from secrecy that was withdrawn.')
  readonly consentRef?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request of the person concerned that led to it.')
  readonly rightsRequest?: Given<string>;

  @Optional('told', prose, 'What it is told to correct.')
  readonly correctionTold?: Given<string>;

  @Optional('reasons', prose)
  readonly notReachedBecause?: Given<string>;
}

export const recipientNotified: EntryType = {
  name: 'RecipientNotified',
  title: { en: 'Recipient notified', de: 'Empfangsstelle unterrichtet' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RecipientNotified,

  recipients: (terms) => agenciesIn(terms, 'notified'),

  refusal: (_, { issuer, terms }) =>
    agencyIn(terms, 'notified') === issuer ? 'nobody notifies itself: this is for the other side to say' : null,

  moves(head, { terms, occurredAt }) {
    const recipient = agencyIn(terms, 'notified');
    const acts = textIn(terms, 'action') !== null && terms['notifiedAs'] === 'recipient' && terms['reached'] !== false;
    // The invalidation itself made it the recipient's turn.
    if (recipient === null || !acts || textIn(terms, 'invalidation') !== null) return head;
    const about = textIn(terms, 'disclosureId');
    return owe(head, { agency: recipient, owes: 'confirmation', about, since: occurredAt });
  },

  sentence(terms, language) {
    const who = `${said(terms['notified'], language)} (${label(notifiedAs, terms['notifiedAs'], language)})`;
    const what = label(notificationCause, terms['cause'], language);
    const missed = terms['reached'] === false;
    return language === 'de'
      ? `${who} ${missed ? 'nicht erreicht' : 'unterrichtet'}: ${what}.`
      : `${who} ${missed ? 'could not be notified' : 'notified'}: ${what}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000010a',
    type: 'RecipientNotified',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-04-02T08:45:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0815',
      case: 'case-e01b',
      causedBy: '0195a6f0-0001-7000-8000-000000000008',
      notified: 'police.example',
      notifiedAs: 'recipient',
      disclosureId: '0195a6f0-0003-7000-8000-000000000001',
      cause: 'invalidated',
      reached: true,
      action: 'rectify',
      channel: 'secure-mail',
      invalidation: '0195a6f0-0001-7000-8000-000000000008',
      correctionTold: 'The mentor is not a relative.',
    },
  },
};
