import { vocabulary } from '../vocabulary.js';

/** What led to a case being opened. */
export const admissionGround = vocabulary('admission-ground', 1, {
  'own-request': { en: 'own request of the person', de: 'eigener Wunsch der Person' },
  'family-request': { en: 'request of the family', de: 'Wunsch der Angehörigen' },
  'agency-referral': { en: 'referral by an agency', de: 'Vermittlung durch eine Stelle' },
  'court-instruction': { en: 'instruction of a court', de: 'gerichtliche Weisung' },
  'release-ahead': { en: 'release from prison ahead', de: 'bevorstehende Haftentlassung' },
  'return-ahead': { en: 'return from abroad', de: 'Rückkehr aus dem Ausland' },
  'child-protection': { en: 'protection of a child', de: 'Schutz eines Kindes' },
  other: { en: 'other', de: 'Sonstiges' },
});
