import { vocabulary } from '../vocabulary.js';

/** How soon an answer is needed. */
export const urgency = vocabulary('urgency', 1, {
  'imminent-danger': { en: 'imminent danger', de: 'Gefahr im Verzug' },
  urgent: { en: 'urgent', de: 'dringend' },
  normal: { en: 'normal', de: 'normal' },
});
