import { draftAccessAnswer } from '../draft-access-answer.js';
import type { ExportProfile } from '../export-profile.js';
import { recipientsIn } from '../recipients-in.js';
import { rowsTable } from '../rows-table.js';
import { withMasked } from '../with-masked.js';

/**
 * What is handed to the person concerned, after the leak test: who received what, when data were looked up, and the
 * entries themselves so that they can be verified. Staff, reasons and what is withheld are never in it.
 */
export const x05: ExportProfile = {
  id: 'X5',
  title: { en: 'Access pack', de: 'Unterlagen zur Auskunft' },
  sources: ['GDPR 15', 'LED 14'],
  roles: ['dpo'],
  purposes: ['rights-request'],
  of: 'person',
  log: 'entries',
  types: [
    'InformationDisclosed',
    'DisclosureReceived',
    'InformationConsulted',
    'ConsentRecorded',
    'ConsentWithdrawn',
    'DecisionRecorded',
  ],
  blocks: ['terms'],
  leakTest: true,
  documents: (material) =>
    new Map([
      ['recipients', rowsTable(recipientsIn, withMasked(material))],
      ['draft-answer', draftAccessAnswer(material)],
    ]),
};
