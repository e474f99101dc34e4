import { vocabulary } from '../vocabulary.js';

/** Why a decision no longer stands. */
export const reversalCause = vocabulary('reversal-cause', 1, {
  unlawful: { en: 'unlawful', de: 'rechtswidrig' },
  'new-facts': { en: 'new facts', de: 'neue Tatsachen' },
  'wrong-facts': { en: 'wrong facts', de: 'unrichtige Tatsachen' },
  'no-competence': { en: 'decided without competence', de: 'fehlende Zuständigkeit' },
  'court-ruling': { en: 'ruling of a court', de: 'gerichtliche Entscheidung' },
  'supervisory-order': { en: 'order of a supervisory authority', de: 'Anordnung der Aufsichtsbehörde' },
  'consent-withdrawn': { en: 'consent withdrawn', de: 'Einwilligung widerrufen', dpv: 'dpv:ConsentWithdrawn' },
  other: { en: 'other', de: 'Sonstiges' },
});
