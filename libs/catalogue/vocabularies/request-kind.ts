import { vocabulary } from '../vocabulary.js';

/** What is asked for. */
export const requestKind = vocabulary('request-kind', 1, {
  'item-request': { en: 'items', de: 'Angaben' },
  'hit-no-hit': { en: 'whether anything is held', de: 'Treffer oder kein Treffer' },
  'conference-invite': { en: 'invitation to a conference', de: 'Einladung zur Fallkonferenz' },
  clarification: { en: 'clarification', de: 'Rückfrage' },
  'onward-permission': { en: 'permission for onward sharing', de: 'Erlaubnis zur Weitergabe' },
  'anonymous-consult': { en: 'anonymous consultation', de: 'anonyme Beratung' },
});
