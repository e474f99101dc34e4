import { vocabulary } from '../vocabulary.js';

/** Why an answer to a person takes longer: GDPR 12(3). */
export const extensionReason = vocabulary('extension-reason', 1, {
  complexity: { en: 'complexity of the request', de: 'Komplexität des Antrags' },
  'number-of-requests': { en: 'number of requests', de: 'Anzahl der Anträge' },
  other: { en: 'other', de: 'Sonstiges' },
});
