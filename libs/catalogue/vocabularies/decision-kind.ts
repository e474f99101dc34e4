import { vocabulary } from '../vocabulary.js';

/** What a decision is about that does not answer a request. */
export const decisionKind = vocabulary('decision-kind', 1, {
  admission: { en: 'admission of a case', de: 'Aufnahme eines Falls' },
  measure: { en: 'measure', de: 'Maßnahme' },
  'risk-level': { en: 'risk level', de: 'Gefährdungsstufe' },
  'inform-security-body': { en: 'information of a security authority', de: 'Unterrichtung einer Sicherheitsbehörde' },
  'lift-secrecy': { en: 'disclosure in spite of secrecy', de: 'Offenbarung trotz Schweigepflicht' },
  'onward-sharing': { en: 'onward sharing', de: 'Weitergabe' },
  'spontaneous-sharing': { en: 'sharing without a request', de: 'Übermittlung ohne Ersuchen' },
  'information-request': { en: 'request for information', de: 'Auskunftsersuchen' },
  closure: { en: 'closing of a case', de: 'Abschluss eines Falls' },
  other: { en: 'other', de: 'Sonstiges' },
});
