import { vocabulary } from '../vocabulary.js';

/** What the library of good practice holds; peer exchange and work shadowing are reported and offered there. */
export const contributionKind = vocabulary('contribution-kind', 1, {
  lesson: { en: 'lesson learnt', de: 'Erfahrung' },
  'near-miss': { en: 'near miss', de: 'Beinahe-Fehler' },
  practice: { en: 'good practice', de: 'Gute Praxis' },
  'peer-exchange': { en: 'exchange among peers', de: 'Kollegialer Austausch' },
  'work-shadowing': { en: 'work shadowing', de: 'Hospitation' },
});
