import { blockNames } from '#statement';
import type { ExportProfile } from '../export-profile.js';

/** One exchange from its first entry to its last. */
export const x07: ExportProfile = {
  id: 'X7',
  title: { en: 'Inspection of one exchange', de: 'Prüfung eines einzelnen Vorgangs' },
  sources: ['GDPR 58(1)', 'LED 47(1)'],
  roles: ['dpo', 'regulator'],
  purposes: ['lawfulness-check', 'self-monitoring', 'criminal-proceedings', 'supervisory-request'],
  of: 'exchange',
  log: 'entries',
  blocks: blockNames,
};
