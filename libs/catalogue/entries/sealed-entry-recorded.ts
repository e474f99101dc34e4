import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, date, digest, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label, said } from '../reading.js';
import { retentionClass } from '../vocabularies/retention-class.js';
import { visibility } from '../vocabularies/visibility.js';

/**
 * A service logs on its own side only and commits to what it keeps there: BVerfG 1 BvR 2835/17. No envelope and no
 * exchange: it joins no parties, and nothing in it leads to a case, a person or a partner.
 */
export class SealedEntryRecorded {
  @Required('terms', digest, 'Salted commitment to the content, which stays with the service.')
  readonly commitment: Given<string>;

  @Required('terms', code(retentionClass), 'How long the service keeps the content.')
  readonly retentionClass: Given<string>;

  @Required('terms', date, 'When the service next looks at whether it can be released.')
  readonly releaseReview: Given<string>;

  @Required('terms', code(visibility, ['sealed']))
  readonly visibility: Given<string>;

  @Optional('withheld', uuid, "Entry id of the partner's entry it belongs to; that entry is restricted.")
  readonly belongsTo?: Given<string>;
}

export const sealedEntryRecorded: EntryType = {
  name: 'SealedEntryRecorded',
  title: { en: 'Sealed entry recorded', de: 'Versiegelter Eintrag' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: SealedEntryRecorded,

  sentence(terms, language) {
    const kept = label(retentionClass, terms['retentionClass'], language);
    const review = said(terms['releaseReview'], language);
    return language === 'de'
      ? `Versiegelter Eintrag, aufbewahrt ${kept}; Prüfung der Freigabe am: ${review}.`
      : `Sealed entry, kept ${kept}; release to be reviewed on: ${review}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000010c',
    type: 'SealedEntryRecorded',
    occurredAt: '2026-03-15T12:00:00.000Z',
    data: {
      commitment: 'q7mYv0jXk2S9c4Bz1LwUe8Rt5HnPa6Dg3FiKoJxVbCs',
      retentionClass: 'decision',
      releaseReview: '2026-09-15',
      visibility: 'sealed',
      belongsTo: '0195a6f0-0001-7000-8000-000000000005',
    },
  },
};
