import { vocabulary } from '../vocabulary.js';

/** What a supervisory authority answered to a prior consultation: GDPR 36, LED 28. */
export const consultationOutcome = vocabulary('consultation-outcome', 1, {
  pending: { en: 'pending', de: 'noch offen' },
  'no-objection': { en: 'no objection', de: 'keine Einwände' },
  'advice-given': { en: 'advice given', de: 'Hinweise erteilt' },
  prohibited: { en: 'processing prohibited', de: 'Verarbeitung untersagt' },
});
