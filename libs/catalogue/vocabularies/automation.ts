import { vocabulary } from '../vocabulary.js';

/** How far a tool decided: GDPR 22, LED 11. */
export const automation = vocabulary('automation', 1, {
  none: { en: 'no tool', de: 'kein Instrument' },
  assisted: { en: 'a tool assisted', de: 'mit Unterstützung eines Instruments' },
  automatic: { en: 'a tool decided', de: 'automatisch entschieden' },
});
