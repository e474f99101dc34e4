import { vocabulary } from '../vocabulary.js';

/** Why a body may not record for a while. */
export const suspensionCause = vocabulary('suspension-cause', 1, {
  'own-request': { en: 'at its own request', de: 'auf eigenen Wunsch' },
  'key-compromised': { en: 'key compromised', de: 'Schlüssel kompromittiert' },
  'agreement-ended': { en: 'agreement ended', de: 'Vereinbarung beendet' },
  'supervisory-order': { en: 'order of a supervisor', de: 'Anordnung der Aufsicht' },
  dissolved: { en: 'body dissolved', de: 'Stelle aufgelöst' },
});
