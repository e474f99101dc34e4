import { vocabulary } from '../vocabulary.js';

/** What a breach did to the data: GDPR 4(12); LED 3(11). */
export const breachNature = vocabulary('breach-nature', 1, {
  confidentiality: { en: 'disclosed or accessed without authority', de: 'unbefugt offengelegt oder eingesehen' },
  integrity: { en: 'altered', de: 'verändert' },
  availability: { en: 'lost or destroyed', de: 'verloren oder vernichtet' },
});
