import { vocabulary } from '../vocabulary.js';

/** What a published policy is about. */
export const policyKind = vocabulary('policy-kind', 1, {
  retention: { en: 'retention', de: 'Aufbewahrung' },
  access: { en: 'access', de: 'Zugriff' },
  sharing: { en: 'sharing', de: 'Datenweitergabe' },
  security: { en: 'security', de: 'Sicherheit' },
  'rights-requests': { en: 'requests of persons concerned', de: 'Anträge betroffener Personen' },
  breaches: { en: 'breaches', de: 'Datenschutzverletzungen' },
  statistics: { en: 'statistics', de: 'Statistik' },
});
