import { vocabulary } from '../vocabulary.js';

/** What was checked of a log. */
export const integrityCheck = vocabulary('integrity-check', 1, {
  leaves: { en: 'every entry against the tree', de: 'jeder Eintrag gegen den Baum' },
  consistency: { en: 'the log only grew', de: 'Protokoll nur fortgeschrieben' },
  checkpoint: { en: 'the seal of the ledger', de: 'Siegel des Nachweises' },
  'agency-signatures': { en: 'signatures of the agencies', de: 'Signaturen der Stellen' },
  countersignatures: { en: 'countersignatures', de: 'Gegenzeichnungen' },
  'time-stamp': { en: 'time stamp', de: 'Zeitstempel' },
});
