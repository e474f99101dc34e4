import { vocabulary } from '../vocabulary.js';

/** What a verification through the supervisor came to: LED 17(3). */
export const indirectOutcome = vocabulary('indirect-outcome', 1, {
  lawful: { en: 'lawful', de: 'rechtmäßig' },
  remedied: { en: 'remedied', de: 'Mangel behoben' },
  'nothing-held': { en: 'nothing held', de: 'keine Daten vorhanden' },
  contested: { en: 'the agency and the supervisor disagree', de: 'zwischen Stelle und Aufsicht strittig' },
});
