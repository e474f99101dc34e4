import { vocabulary } from '../vocabulary.js';

/** Blocks an entry is sealed in. */
export const block = vocabulary('block', 1, {
  terms: { en: 'terms', de: 'Rahmen' },
  people: { en: 'people', de: 'Personen' },
  told: { en: 'told to the other side', de: 'Mitgeteiltes' },
  staff: { en: 'staff', de: 'Beschäftigte' },
  reasons: { en: 'reasons', de: 'Gründe' },
  withheld: { en: 'withheld reasons', de: 'zurückgehaltene Gründe' },
});
