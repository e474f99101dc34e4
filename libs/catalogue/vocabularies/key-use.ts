import { vocabulary } from '../vocabulary.js';

/** What a registered key of a body signs. */
export const keyUse = vocabulary('key-use', 1, {
  entries: { en: 'entries', de: 'Einträge' },
  countersignatures: { en: 'countersignatures', de: 'Gegenzeichnungen' },
  documents: { en: 'agreements, packs and templates', de: 'Vereinbarungen, Regelpakete und Vorlagen' },
});
