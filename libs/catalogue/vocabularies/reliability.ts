import { vocabulary } from '../vocabulary.js';

/** How far the recipient may rely on an item: LED 7(2). */
export const reliability = vocabulary('reliability', 1, {
  high: { en: 'high', de: 'hoch' },
  medium: { en: 'medium', de: 'mittel' },
  low: { en: 'low', de: 'gering' },
  unknown: { en: 'unknown', de: 'unbekannt' },
});
