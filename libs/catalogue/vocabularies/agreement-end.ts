import { vocabulary } from '../vocabulary.js';

/** Why an agreement ended before or on its last day. */
export const agreementEnd = vocabulary('agreement-end', 1, {
  'by-all-parties': { en: 'ended by all parties', de: 'einvernehmlich beendet' },
  'by-one-party': { en: 'ended by one party', de: 'von einer Partei gekündigt' },
  expired: { en: 'expired', de: 'ausgelaufen' },
  replaced: { en: 'replaced by another agreement', de: 'durch eine andere Vereinbarung ersetzt' },
  unlawful: { en: 'found unlawful', de: 'als rechtswidrig erkannt' },
});
