import { vocabulary } from '../vocabulary.js';

/** How much a check note matters. None ever refuses a write. */
export const severity = vocabulary('severity', 1, {
  urgent: { en: 'urgent', de: 'dringend' },
  high: { en: 'high', de: 'hoch' },
  medium: { en: 'medium', de: 'mittel' },
  low: { en: 'low', de: 'gering' },
});
