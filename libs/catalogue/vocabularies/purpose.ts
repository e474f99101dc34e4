import { vocabulary } from '../vocabulary.js';

/** What data are asked for, used or passed on for. */
export const purpose = vocabulary('purpose', 1, {
  'exit-support': { en: 'exit support', de: 'Ausstiegsbegleitung', dpv: 'sector-law:RehabilitationManagement' },
  'case-admission': { en: 'admission of a case', de: 'Fallaufnahme' },
  'joint-risk-assessment': { en: 'joint risk assessment', de: 'gemeinsame Gefährdungsbewertung' },
  'threat-prevention': { en: 'prevention of threats', de: 'Gefahrenabwehr', dpv: 'dpv:ProtectionOfPublicSecurity' },
  'child-welfare': { en: 'child welfare', de: 'Kindeswohl', dpv: 'sector-publicservices:SocialWelfareProvision' },
  'health-care': { en: 'health care', de: 'gesundheitliche Versorgung' },
  'prison-management': { en: 'prison management', de: 'Strafvollzug', dpv: 'sector-law:PrisonManagement' },
  'probation-supervision': {
    en: 'probation supervision',
    de: 'Bewährungsaufsicht',
    dpv: 'sector-law:ProbationManagement',
  },
  'release-preparation': { en: 'preparation of release', de: 'Entlassungsvorbereitung' },
  'returnee-reintegration': { en: 'reintegration of returnees', de: 'Reintegration von Rückkehrenden' },
  'school-support': { en: 'support at school', de: 'schulische Unterstützung' },
  'victim-protection': { en: 'protection of victims', de: 'Opferschutz', dpv: 'sector-law:CrimeVictimSafetyProvision' },
  'staff-safety': { en: 'safety of staff', de: 'Schutz der Beschäftigten' },
  evaluation: { en: 'evaluation', de: 'Evaluation' },
  oversight: { en: 'oversight', de: 'Aufsicht' },
  'crime-investigation': { en: 'investigation of crimes', de: 'Strafverfolgung', dpv: 'sector-law:CrimeInvestigation' },
  'national-security': {
    en: 'protection of national security',
    de: 'Schutz der nationalen Sicherheit',
    dpv: 'dpv:ProtectionOfNationalSecurity',
  },
});
