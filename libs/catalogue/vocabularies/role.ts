import { vocabulary } from '../vocabulary.js';

/** Roles in which the ledger is read. */
export const role = vocabulary('role', 1, {
  agency: { en: 'agency', de: 'Behörde oder Träger' },
  dpo: { en: 'data protection officer', de: 'Datenschutzbeauftragte' },
  regulator: { en: 'supervisory authority', de: 'Aufsichtsbehörde' },
  coordinator: { en: 'case coordinator', de: 'Fallkoordination' },
  evaluator: { en: 'evaluator', de: 'Evaluation' },
  auditor: { en: 'auditor', de: 'Prüfung' },
  operator: { en: 'operator', de: 'Betreiber' },
});
