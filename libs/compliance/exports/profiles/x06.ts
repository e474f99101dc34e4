import { blockNames } from '#statement';
import type { ExportProfile } from '../export-profile.js';

/**
 * What the supervisor checks for a person who may not be answered, with the reasons that are kept from that person: one
 * exchange, or what the person asked for, with the decision on it, a deferral, and what these are linked with.
 */
export const x06: ExportProfile = {
  id: 'X6',
  title: { en: 'Verification for the person concerned', de: 'Prüfung anstelle der betroffenen Person' },
  sources: ['LED 17', 'LED 15(4)', 'BDSG § 57(7)'],
  roles: ['regulator'],
  purposes: ['rights-request', 'supervisory-request'],
  of: 'exchange-or-matter',
  log: 'entries',
  linked: true,
  blocks: blockNames,
};
