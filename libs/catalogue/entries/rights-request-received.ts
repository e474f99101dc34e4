import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, flag, instant, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { channel } from '../vocabularies/channel.js';
import { regime } from '../vocabularies/regime.js';
import { right } from '../vocabularies/right.js';

/** One right of one person; a letter that exercises two is two entries. GDPR 12, 15-22; LED 12, 14, 16. */
export class RightsRequestReceived extends Envelope {
  @Required('terms', code(right))
  readonly right: Given<string>;

  @Required('terms', instant, 'Starts the deadline of DSR-01.')
  readonly receivedAt: Given<string>;

  @Required('terms', flag, 'There is no doubt who asks: GDPR 12(6).')
  readonly identityChecked: Given<boolean>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', date, 'When the agency means to answer.')
  readonly dueAt?: Given<string>;

  @Optional('terms', code(channel))
  readonly channel?: Given<string>;

  @Optional('terms', flag, 'A parent, a guardian or a lawyer asks for the person.')
  readonly byRepresentative?: Given<boolean>;

  @Optional('reasons', prose, 'What the person asks for, in short.')
  readonly wish?: Given<string>;
}

export const rightsRequestReceived: EntryType = {
  name: 'RightsRequestReceived',
  title: { en: 'Request of the person concerned received', de: 'Antrag der betroffenen Person eingegangen' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RightsRequestReceived,
  retention: { reasons: 'decision' },
  matter: { kind: 'rights-request' },

  sentence(terms, language) {
    const what = label(right, terms['right'], language);
    const isDoubtful = terms['identityChecked'] === false;
    return language === 'de'
      ? `Antrag der betroffenen Person eingegangen: ${what}${isDoubtful ? '; Identität noch nicht geprüft' : ''}.`
      : `Request of the person concerned received: ${what}${isDoubtful ? '; identity not checked yet' : ''}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000304',
    type: 'RightsRequestReceived',
    occurredAt: '2026-04-13T08:10:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0007',
      case: 'case-e01b',
      subject: 'person-a770',
      right: 'access',
      receivedAt: '2026-04-13T07:55:00.000Z',
      identityChecked: true,
      dueAt: '2026-05-13',
      channel: 'paper',
      byRepresentative: false,
      wish: 'Wants to know who got the report of March.',
    },
  },
};
