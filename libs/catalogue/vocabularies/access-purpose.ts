import { vocabulary } from '../vocabulary.js';

/** What the ledger may be read for: BDSG 76(3). */
export const accessPurpose = vocabulary('access-purpose', 1, {
  'lawfulness-check': { en: 'check of lawfulness', de: 'Prüfung der Rechtmäßigkeit' },
  'self-monitoring': { en: 'self-monitoring', de: 'Eigenüberwachung' },
  'integrity-security': { en: 'integrity and security', de: 'Integrität und Sicherheit' },
  'criminal-proceedings': { en: 'criminal proceedings', de: 'Strafverfahren' },
  'rights-request': { en: 'request of the person concerned', de: 'Antrag der betroffenen Person' },
  'supervisory-request': { en: 'request of a supervisor', de: 'Anforderung der Aufsicht' },
});
