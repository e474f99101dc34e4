import { blockNames } from '#statement';
import type { ExportProfile } from '../export-profile.js';

/** One exchange from its first entry to its last, or what one entry opened: a case with its reviews and participants. */
export const x07: ExportProfile = {
  id: 'X7',
  title: { en: 'Inspection of a single case', de: 'Prüfung eines einzelnen Falls' },
  sources: ['GDPR 58(1)', 'LED 47(1)'],
  roles: ['dpo', 'regulator'],
  purposes: ['lawfulness-check', 'self-monitoring', 'criminal-proceedings', 'supervisory-request'],
  of: 'exchange-or-matter',
  log: 'entries',
  blocks: blockNames,
};
