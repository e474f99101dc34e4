import type { ExportProfile } from '../export-profile.js';

/**
 * The register of processing activities, with agreements and impact assessments it rests on, whichever party recorded
 * them. The registry is open.
 */
export const x02: ExportProfile = {
  id: 'X2',
  title: { en: 'Register of processing activities', de: 'Verzeichnis von Verarbeitungstätigkeiten' },
  sources: ['GDPR 30', 'LED 24'],
  roles: ['dpo', 'regulator'],
  purposes: ['lawfulness-check', 'self-monitoring', 'supervisory-request'],
  of: 'registry',
  log: 'registry',
  types: [
    'ProcessingActivityRegistered',
    'DpiaRecorded',
    'PriorConsultationRecorded',
    'AgreementAdopted',
    'AgreementAmended',
    'AgreementTerminated',
  ],
  blocks: [],
};
