import { vocabulary } from '../vocabulary.js';

/** Why a requester takes its request back. */
export const withdrawalCause = vocabulary('withdrawal-cause', 1, {
  'no-longer-needed': { en: 'no longer needed', de: 'nicht mehr benötigt' },
  'obtained-otherwise': { en: 'obtained otherwise', de: 'anderweitig erlangt' },
  'no-power': { en: 'no legal power after all', de: 'doch keine Rechtsgrundlage' },
  'wrong-addressee': { en: 'wrong addressee', de: 'nicht zuständig' },
  'consent-withdrawn': { en: 'consent withdrawn', de: 'Einwilligung widerrufen' },
  'case-closed': { en: 'case closed', de: 'Fall abgeschlossen' },
  'made-in-error': { en: 'made in error', de: 'irrtümlich gestellt' },
  other: { en: 'other', de: 'Sonstiges' },
});
