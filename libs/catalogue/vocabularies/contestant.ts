import { vocabulary } from '../vocabulary.js';

/** Who contests a decision. */
export const contestant = vocabulary('contestant', 1, {
  'person-concerned': { en: 'person concerned', de: 'betroffene Person' },
  representative: { en: 'representative of the person', de: 'Vertretung der betroffenen Person' },
  'other-agency': { en: 'another agency', de: 'andere Stelle' },
  staff: { en: 'staff of the agency', de: 'Beschäftigte der Stelle' },
  dpo: { en: 'data protection officer', de: 'Datenschutzbeauftragte' },
  supervisor: { en: 'supervisory authority', de: 'Aufsichtsbehörde' },
});
