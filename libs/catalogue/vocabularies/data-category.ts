import { vocabulary } from '../vocabulary.js';

/** What data are about. */
export const dataCategory = vocabulary('data-category', 1, {
  identity: { en: 'identity', de: 'Identität', dpv: 'pd:Identifying' },
  address: { en: 'address and contact', de: 'Anschrift und Kontakt', dpv: 'pd:Contact' },
  employer: { en: 'employer', de: 'Arbeitgeber', dpv: 'pd:CurrentEmployment' },
  family: { en: 'family', de: 'Familie', dpv: 'pd:Family' },
  education: { en: 'education', de: 'Bildung', dpv: 'pd:Education' },
  'school-attendance': { en: 'school attendance', de: 'Schulbesuch', dpv: 'pd:School' },
  'housing-work': { en: 'housing and work', de: 'Wohnen und Arbeit' },
  'health-record': { en: 'health record', de: 'Gesundheitsdaten', dpv: 'pd:HealthRecord' },
  'mental-health': { en: 'mental health', de: 'psychische Gesundheit', dpv: 'pd:MentalHealth' },
  'criminal-conviction': { en: 'criminal conviction', de: 'Verurteilung', dpv: 'pd:CriminalConviction' },
  'criminal-charge': { en: 'criminal charge', de: 'Anklage', dpv: 'pd:CriminalCharge' },
  'criminal-offence': { en: 'criminal offence', de: 'Straftat', dpv: 'pd:CriminalOffence' },
  'political-opinion': { en: 'political opinion', de: 'politische Meinung', dpv: 'pd:PoliticalOpinion' },
  'political-affiliation': {
    en: 'political affiliation',
    de: 'politische Zugehörigkeit',
    dpv: 'pd:PoliticalAffiliation',
  },
  'religious-belief': { en: 'religious belief', de: 'religiöse Überzeugung', dpv: 'pd:ReligiousBelief' },
  'philosophical-belief': {
    en: 'philosophical belief',
    de: 'weltanschauliche Überzeugung',
    dpv: 'pd:PhilosophicalBelief',
  },
  'ethnic-origin': { en: 'ethnic origin', de: 'ethnische Herkunft', dpv: 'pd:EthnicOrigin' },
  'ideology-assessment': { en: 'assessment of ideology', de: 'Einschätzung der Ideologie' },
  'network-contacts': { en: 'contacts and network', de: 'Kontakte und Netzwerk', dpv: 'pd:SocialNetwork' },
  'exit-progress': { en: 'progress of the exit', de: 'Verlauf des Ausstiegs' },
  'threat-indicator': { en: 'indicator of a threat', de: 'Gefährdungshinweis' },
  'detention-record': { en: 'detention record', de: 'Haftunterlagen' },
  'risk-tool-score': { en: 'score of a risk tool', de: 'Wert eines Risikoinstruments' },
  'travel-movements': { en: 'travel and movements', de: 'Reisen und Bewegungen', dpv: 'pd:TravelHistory' },
  'social-benefits': { en: 'social benefits', de: 'Sozialleistungen' },
  other: { en: 'other', de: 'Sonstiges' },
});
