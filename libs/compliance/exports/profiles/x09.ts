import type { ExportProfile } from '../export-profile.js';
import { statistics } from '../statistics.js';

/** Figures of a quarter without pseudonyms; small ones suppressed, the others rounded. No entry is part of it. */
export const x09: ExportProfile = {
  id: 'X9',
  title: { en: 'Statistics', de: 'Statistik' },
  sources: ['domain §7'],
  roles: ['dpo', 'regulator'],
  purposes: ['self-monitoring', 'supervisory-request'],
  of: 'quarter',
  log: 'entries',
  blocks: [],
  documentsOnly: true,
  openOnly: true,
  documents: (material) => new Map([['statistics', statistics(material)]]),
};
