import { vocabulary } from '../vocabulary.js';

/** Why a case was closed. */
export const closureReason = vocabulary('closure-reason', 1, {
  'goals-reached': { en: 'goals reached', de: 'Ziele erreicht' },
  'ended-by-person': { en: 'ended by the person', de: 'von der Person beendet' },
  'contact-lost': { en: 'contact lost', de: 'Kontakt abgebrochen' },
  'handed-over': { en: 'handed over', de: 'an eine andere Stelle abgegeben' },
  'not-suitable': { en: 'support not suitable', de: 'Unterstützung nicht geeignet' },
  'basis-ended': { en: 'legal basis ended', de: 'Rechtsgrundlage entfallen' },
  'moved-away': { en: 'moved away', de: 'verzogen' },
  deceased: { en: 'deceased', de: 'verstorben' },
  other: { en: 'other', de: 'Sonstiges' },
});
