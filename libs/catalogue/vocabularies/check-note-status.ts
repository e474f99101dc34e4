import { vocabulary } from '../vocabulary.js';

/** Where a check note stands. Only confirmation by a data protection officer makes it a finding. */
export const checkNoteStatus = vocabulary('check-note-status', 1, {
  open: { en: 'open', de: 'offen' },
  'not-confirmed': { en: 'not confirmed', de: 'nicht bestätigt' },
  explained: { en: 'explained', de: 'erklärt' },
  confirmed: { en: 'confirmed', de: 'bestätigt' },
  remedied: { en: 'remedied', de: 'behoben' },
  referred: { en: 'referred', de: 'abgegeben' },
});
