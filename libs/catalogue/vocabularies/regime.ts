import { vocabulary } from '../vocabulary.js';

/** Data protection regime of an act: a property of the entry, not of the system. */
export const regime = vocabulary('regime', 1, {
  GDPR: { en: 'General Data Protection Regulation', de: 'Datenschutz-Grundverordnung', dpv: 'legal-eu:law-GDPR' },
  LED: { en: 'Law Enforcement Directive', de: 'JI-Richtlinie' },
  NATSEC: { en: 'national security law', de: 'Recht der Nachrichtendienste' },
});
