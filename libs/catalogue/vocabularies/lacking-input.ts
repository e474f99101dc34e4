import { vocabulary } from '../vocabulary.js';

/** Why a rule could not decide: what it reads was never recorded, or is erased. */
export const lackingInput = vocabulary('lacking-input', 1, {
  missing: { en: 'missing', de: 'fehlt' },
  erased: { en: 'erased', de: 'gelöscht' },
});
