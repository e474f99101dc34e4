import { v13 } from '../../views/by-id/v13-breaches.js';
import type { ExportProfile } from '../export-profile.js';
import { rowsTable } from '../rows-table.js';

/** Everything documented of one breach. */
export const x04: ExportProfile = {
  id: 'X4',
  title: { en: 'Breach dossier', de: 'Dokumentation einer Datenschutzverletzung' },
  sources: ['GDPR 33(5)', 'LED 30(5)'],
  roles: ['dpo', 'regulator'],
  purposes: ['lawfulness-check', 'self-monitoring', 'integrity-security', 'supervisory-request'],
  of: 'matter',
  log: 'entries',
  types: ['BreachDetected', 'BreachAssessed', 'BreachNotified', 'BreachClosed'],
  blocks: ['terms', 'told', 'reasons'],
  documents: (material) => new Map([['breach', rowsTable(v13, material)]]),
};
