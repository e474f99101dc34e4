import { vocabulary } from '../vocabulary.js';

/** Age as far as the law asks for it. Never filled by a default. */
export const ageBand = vocabulary('age-band', 1, {
  'under-14': { en: 'under 14', de: 'unter 14', dpv: 'dpv:Child' },
  '14-17': { en: '14 to 17', de: '14 bis 17', dpv: 'dpv:Child' },
  adult: { en: 'adult', de: 'volljährig', dpv: 'dpv:Adult' },
  unknown: { en: 'unknown', de: 'unbekannt' },
});
