import { vocabulary } from '../vocabulary.js';

/** Why a field has no value. */
export const missing = vocabulary('missing', 1, {
  'not-given': { en: 'not given', de: 'nicht angegeben' },
  unknown: { en: 'unknown', de: 'unbekannt' },
  follows: { en: 'follows later', de: 'wird nachgereicht' },
});
