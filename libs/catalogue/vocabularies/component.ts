import { vocabulary } from '../vocabulary.js';

/** Parts of a ledger that can fail. */
export const component = vocabulary('component', 1, {
  recording: { en: 'recording of entries', de: 'Eintragung' },
  sealing: { en: 'sealing', de: 'Versiegelung' },
  witnesses: { en: 'countersigning', de: 'Gegenzeichnung' },
  'time-stamps': { en: 'time stamps', de: 'Zeitstempel' },
  reading: { en: 'reading and views', de: 'Einsicht und Sichten' },
  backups: { en: 'backups', de: 'Sicherungskopien' },
});
