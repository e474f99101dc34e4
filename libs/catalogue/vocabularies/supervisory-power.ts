import { vocabulary } from '../vocabulary.js';

/** What a supervisory authority asks for: GDPR 58, LED 47. */
export const supervisoryPower = vocabulary('supervisory-power', 1, {
  information: { en: 'information', de: 'Auskunft' },
  access: { en: 'access to data and premises', de: 'Zugang zu Daten und Räumen' },
  audit: { en: 'data protection audit', de: 'Datenschutzprüfung' },
  logs: { en: 'logs', de: 'Protokolldaten' },
  'indirect-access': { en: 'exercise of rights through the authority', de: 'Ausübung der Rechte über die Aufsicht' },
  correction: { en: 'correction of the processing', de: 'Abhilfe' },
});
