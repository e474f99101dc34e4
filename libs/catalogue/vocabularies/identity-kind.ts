import { vocabulary } from '../vocabulary.js';

/** Whose identity a pseudonym was resolved to. */
export const identityKind = vocabulary('identity-kind', 1, {
  'person-concerned': { en: 'person concerned', de: 'betroffene Person', dpv: 'dpv:DataSubject' },
  'third-person': { en: 'third person', de: 'dritte Person' },
  staff: { en: 'member of staff', de: 'Beschäftigte' },
});
