import { vocabulary } from '../vocabulary.js';

/** When an agreement asks for the advice of the data protection officer first: GDPR 38(1), 39(1); LED 34. */
export const dpoConsultation = vocabulary('dpo-consultation', 1, {
  'special-category': { en: 'special categories of data', de: 'besondere Kategorien von Daten' },
  'criminal-offence': { en: 'data on criminal offences', de: 'Daten über Straftaten' },
  minor: { en: 'person under age', de: 'minderjährige Person' },
  'regime-change': { en: 'change of data protection regime', de: 'Wechsel des Datenschutzregimes' },
  'secrecy-lifted': { en: 'secrecy is lifted', de: 'Durchbrechung einer Schweigepflicht' },
  'outside-purpose': { en: 'other purpose than that of the collection', de: 'Zweckänderung' },
  'onward-sharing': { en: 'onward sharing', de: 'Weitergabe an Dritte' },
  'third-country': { en: 'transfer to a third country', de: 'Übermittlung in ein Drittland' },
  refusal: { en: 'refusal', de: 'Ablehnung' },
  always: { en: 'always', de: 'immer' },
});
