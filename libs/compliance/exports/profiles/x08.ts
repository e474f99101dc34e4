import { blockNames } from '#statement';
import type { ExportProfile } from '../export-profile.js';

/** What an agency hands to its supervisor on an order: all of its entries of the period, staff and reasons included. */
export const x08: ExportProfile = {
  id: 'X8',
  title: { en: 'Answer to an order of the supervisor', de: 'Antwort auf eine Anordnung der Aufsicht' },
  sources: ['GDPR 31', 'GDPR 58(1)(a)', 'LED 26'],
  roles: ['dpo'],
  purposes: ['supervisory-request'],
  of: 'period',
  log: 'entries',
  blocks: blockNames,
};
