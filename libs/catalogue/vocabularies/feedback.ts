import { vocabulary } from '../vocabulary.js';

/** What became of what was passed on. */
export const feedback = vocabulary('feedback', 1, {
  used: { en: 'used', de: 'verwendet' },
  'not-used': { en: 'not used', de: 'nicht verwendet' },
  wrong: { en: 'wrong', de: 'falsch' },
  'needs-more': { en: 'more is needed', de: 'weitere Angaben nötig' },
});
