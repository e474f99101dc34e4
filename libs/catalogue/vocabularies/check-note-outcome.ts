import { vocabulary } from '../vocabulary.js';

/** What a rule noticed. */
export const checkNoteOutcome = vocabulary('check-note-outcome', 1, {
  broken: { en: 'not as the rule says', de: 'nicht wie von der Regel vorgesehen' },
  'not-decidable': { en: 'cannot be decided', de: 'nicht entscheidbar' },
});
