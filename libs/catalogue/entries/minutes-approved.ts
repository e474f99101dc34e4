import { ConferenceFollowUp } from '../conference-follow-up.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { digest, flag, prose, reference } from '../kind.js';
import type { Given } from '../missing.js';
import { said } from '../reading.js';

/** One body's word on the minutes; each body that was present gives its own (CNF-04). */
export class MinutesApproved extends ConferenceFollowUp {
  @Required('terms', flag, 'False where it does not approve; the reason may then be told.')
  readonly approved: Given<boolean>;

  @Required('terms', reference, 'Version of the minutes.')
  readonly minutesVersion: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', digest, 'HMAC of the minutes under a key of the conference.')
  readonly minutesDigest?: Given<string>;

  @Optional('told', prose, 'What should be changed.')
  readonly remarks?: Given<string>;
}

export const minutesApproved: EntryType = {
  name: 'MinutesApproved',
  title: { en: 'Minutes approved', de: 'Protokoll genehmigt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: MinutesApproved,
  matter: { kind: 'conference', openedBy: 'convening' },

  sentence(terms, language) {
    const version = said(terms['minutesVersion'], language);
    const refused = terms['approved'] === false;
    return language === 'de'
      ? `Protokoll (Fassung: ${version}) ${refused ? 'nicht genehmigt' : 'genehmigt'}.`
      : `Minutes (version: ${version}) ${refused ? 'not approved' : 'approved'}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000217',
    type: 'MinutesApproved',
    exchange: '0195a6f0-0002-7000-8000-000000000210',
    occurredAt: '2025-03-18T08:15:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0815',
      convening: '0195a6f0-0001-7000-8000-000000000210',
      approved: true,
      minutesVersion: '2',
      minutesDigest: 'Zk4Tn8sVb2XhQ6yRw0eLmC9pJfA3gDuO7iKtN5vB1xE',
      remarks: 'On item 1 the word "refused" was replaced as agreed.',
    },
  },
};
