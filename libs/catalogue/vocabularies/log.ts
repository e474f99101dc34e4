import { vocabulary } from '../vocabulary.js';

/** The two logs of a ledger. */
export const log = vocabulary('log', 1, {
  entries: { en: 'entries', de: 'Einträge' },
  registry: { en: 'registry', de: 'Register' },
});
