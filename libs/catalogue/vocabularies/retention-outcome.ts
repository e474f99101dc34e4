import { vocabulary } from '../vocabulary.js';

/** What a review of stored data came to: LED 4(1)(e), 5; GDPR 5(1)(e). */
export const retentionOutcome = vocabulary('retention-outcome', 1, {
  keep: { en: 'keep', de: 'weiter aufbewahren' },
  'erase-part': { en: 'erase a part', de: 'teilweise löschen', dpv: 'dpv:Erase' },
  erase: { en: 'erase', de: 'löschen', dpv: 'dpv:Erase' },
  restrict: { en: 'restrict', de: 'einschränken', dpv: 'dpv:Restrict' },
});
