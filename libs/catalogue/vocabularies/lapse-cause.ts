import { vocabulary } from '../vocabulary.js';

/** Why a request ended without a decision. */
export const lapseCause = vocabulary('lapse-cause', 1, {
  'no-answer': { en: 'never answered', de: 'nie beantwortet' },
  'date-passed': { en: 'the date it was needed by has passed', de: 'Termin verstrichen' },
  'clarification-missing': { en: 'clarification never given', de: 'Rückfrage nie beantwortet' },
  'case-closed': { en: 'case closed', de: 'Fall abgeschlossen' },
  'power-ended': { en: 'legal power ended', de: 'Rechtsgrundlage entfallen' },
});
