import { textIn } from '#catalogue';
import { transferOf } from '../../rules/third-country.js';
import { v12 } from '../../views/by-id/v12-transfers.js';
import type { ExportProfile } from '../export-profile.js';
import { rowsTable } from '../rows-table.js';

/** What was transferred to third countries: of one transfer the dossier, of a year the report. */
export const x03: ExportProfile = {
  id: 'X3',
  title: { en: 'Transfers to third countries', de: 'Übermittlungen in Drittländer' },
  sources: ['GDPR 49(6)', 'LED 37(3)', 'LED 39(3)'],
  roles: ['dpo', 'regulator'],
  purposes: ['lawfulness-check', 'self-monitoring', 'supervisory-request'],
  of: 'period',
  log: 'entries',
  types: ['InformationDisclosed'],
  // Who says no regime is not looked up here: the report itself, which knows it, leaves such a transfer out.
  wants: (said) => transferOf(said, textIn(said.terms, 'regime')) !== null,
  blocks: ['terms', 'told', 'reasons'],
  documents: (material) => new Map([['transfers', rowsTable(v12, material)]]),
};
