import { vocabulary } from '../vocabulary.js';

/** Where an erasure has to arrive: GDPR 17, 5(1)(e). */
export const erasureReach = vocabulary('erasure-reach', 1, {
  rows: { en: 'sealed blocks', de: 'versiegelte Teile' },
  keys: { en: 'keys', de: 'Schlüssel' },
  views: { en: 'views', de: 'Sichten' },
  backups: { en: 'backups', de: 'Sicherungskopien' },
});
