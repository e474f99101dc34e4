import { vocabulary } from '../vocabulary.js';

/** Risk of a breach for the persons concerned: GDPR 33(1), 34(1); LED 30(1), 31(1). */
export const breachRisk = vocabulary('breach-risk', 1, {
  unlikely: { en: 'risk unlikely', de: 'voraussichtlich kein Risiko' },
  risk: { en: 'risk', de: 'Risiko' },
  high: { en: 'high risk', de: 'hohes Risiko' },
});
