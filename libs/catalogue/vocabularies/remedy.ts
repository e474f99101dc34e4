import { vocabulary } from '../vocabulary.js';

/** How a decision is contested. */
export const remedy = vocabulary('remedy', 1, {
  objection: { en: 'objection', de: 'Widerspruch' },
  complaint: { en: 'complaint', de: 'Beschwerde' },
  'court-action': { en: 'court action', de: 'Klage' },
  remonstration: { en: 'remonstration', de: 'Remonstration' },
  reconsideration: { en: 'request for reconsideration', de: 'Bitte um erneute Prüfung' },
});
