import { vocabulary } from '../vocabulary.js';

/** What an item rests on: LED 7(1) keeps facts apart from assessments. */
export const itemBasis = vocabulary('item-basis', 1, {
  fact: { en: 'fact', de: 'Tatsache' },
  assessment: { en: 'assessment', de: 'Einschätzung' },
  'third-party-statement': { en: 'statement of a third party', de: 'Angabe Dritter' },
  'tool-score': { en: 'score of a tool', de: 'Wert eines Instruments' },
});
