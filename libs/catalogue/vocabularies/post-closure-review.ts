import { vocabulary } from '../vocabulary.js';

/** When a closed case is looked at again. */
export const postClosureReview = vocabulary('post-closure-review', 1, {
  'after-6-months': { en: 'six months after closure', de: 'sechs Monate nach Abschluss' },
  'after-12-months': { en: 'twelve months after closure', de: 'zwölf Monate nach Abschluss' },
});
