import { blockNames } from '#statement';
import type { ExportProfile } from '../export-profile.js';

/** The logs of processing operations, as they are made available to the supervisor. */
export const x01: ExportProfile = {
  id: 'X1',
  title: { en: 'Log extract', de: 'Auszug aus den Protokolldaten' },
  sources: ['LED 25(3)', 'BDSG § 76(5)'],
  roles: ['dpo', 'regulator'],
  purposes: [
    'lawfulness-check',
    'self-monitoring',
    'integrity-security',
    'criminal-proceedings',
    'supervisory-request',
  ],
  of: 'period',
  log: 'entries',
  types: ['InformationConsulted', 'InformationDisclosed', 'DisclosureReceived', 'ProcessingOperationLogged'],
  blocks: blockNames,
};
