import { vocabulary } from '../vocabulary.js';

/** What follows from the review of a case, while it is open and after it was closed. */
export const reviewOutcome = vocabulary('review-outcome', 1, {
  continue: { en: 'goes on unchanged', de: 'wird unverändert fortgeführt' },
  adjust: { en: 'goes on with changes', de: 'wird mit Änderungen fortgeführt' },
  close: { en: 'is to be closed', de: 'soll geschlossen werden' },
  'stays-closed': { en: 'stays closed', de: 'bleibt geschlossen' },
  reopen: { en: 'is to be reopened', de: 'soll wieder aufgenommen werden' },
  refer: { en: 'is referred elsewhere', de: 'wird an eine andere Stelle verwiesen' },
});
