import { vocabulary } from '../vocabulary.js';

/** How a request of a supervisory authority was answered. */
export const regulatorAnswer = vocabulary('regulator-answer', 1, {
  'in-full': { en: 'answered in full', de: 'vollständig beantwortet' },
  'in-part': { en: 'answered in part', de: 'teilweise beantwortet' },
  extended: { en: 'more time agreed', de: 'Fristverlängerung vereinbart' },
  refused: { en: 'refused', de: 'abgelehnt' },
});
