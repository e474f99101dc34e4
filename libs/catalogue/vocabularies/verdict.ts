import { vocabulary } from '../vocabulary.js';

/** What a check of the ledger says. What could not be checked never counts as valid. */
export const verdict = vocabulary('verdict', 1, {
  valid: { en: 'valid', de: 'gültig' },
  tampered: { en: 'changed after recording', de: 'nachträglich verändert' },
  incomplete: { en: 'incomplete', de: 'unvollständig' },
  unverifiable: { en: 'cannot be checked', de: 'nicht prüfbar' },
  erased: { en: 'valid, parts erased', de: 'gültig, Teile gelöscht' },
});
