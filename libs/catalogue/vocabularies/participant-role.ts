import { vocabulary } from '../vocabulary.js';

/** What a body does in a case. */
export const participantRole = vocabulary('participant-role', 1, {
  lead: { en: 'lead', de: 'Federführung' },
  coordination: { en: 'coordination', de: 'Koordination' },
  member: { en: 'member', de: 'Mitwirkung' },
  adviser: { en: 'advice', de: 'Beratung' },
  guest: { en: 'guest for single questions', de: 'Gast zu einzelnen Fragen' },
});
