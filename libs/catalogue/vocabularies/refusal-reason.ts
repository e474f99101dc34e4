import { vocabulary } from '../vocabulary.js';

/** Why an item is not passed on. */
export const refusalReason = vocabulary('refusal-reason', 1, {
  'no-power': { en: 'no legal power', de: 'keine Rechtsgrundlage' },
  'purpose-incompatible': { en: 'incompatible purpose', de: 'unvereinbarer Zweck', dpv: 'eu-gdpr:PurposeIncompatible' },
  'not-necessary': { en: 'not necessary', de: 'nicht erforderlich', dpv: 'justifications:ProcessExcessive' },
  'too-wide': { en: 'request too wide', de: 'Ersuchen zu weit', dpv: 'justifications:ProcessExcessive' },
  secrecy: {
    en: 'secrecy not lifted',
    de: 'Schweigepflicht besteht',
    dpv: 'justifications:ConfidentialityObligationCompromised',
  },
  'entrusted-data': {
    en: 'entrusted data',
    de: 'anvertraute Daten',
    dpv: 'justifications:ConfidentialityObligationCompromised',
  },
  'endangers-help': {
    en: 'would endanger the help',
    de: 'gefährdet die Hilfe',
    dpv: 'justifications:ObjectivesImpaired',
  },
  'special-category': {
    en: 'condition for special categories not met',
    de: 'Voraussetzung für besondere Kategorien fehlt',
  },
  'ongoing-proceedings': {
    en: 'ongoing proceedings',
    de: 'laufendes Verfahren',
    dpv: 'justifications:CrimeInvestigationImpaired',
  },
  'source-protection': { en: 'protection of a source', de: 'Quellenschutz' },
  'third-party-originator': { en: 'originator has not agreed', de: 'Ursprungsstelle hat nicht zugestimmt' },
  'national-security': {
    en: 'national security',
    de: 'nationale Sicherheit',
    dpv: 'justifications:NationalSecurityImpaired',
  },
  'third-person-rights': {
    en: 'rights of third persons',
    de: 'Rechte Dritter',
    dpv: 'justifications:ThirdPartyRightsImpaired',
  },
  'quality-too-low': { en: 'quality too low', de: 'Qualität zu gering' },
  'not-held': { en: 'not held', de: 'nicht vorhanden' },
  'wrong-addressee': { en: 'wrong addressee', de: 'nicht zuständig' },
  'no-agreement': { en: 'no agreement in force', de: 'keine geltende Vereinbarung' },
  'identity-unclear': {
    en: 'identity unclear',
    de: 'Identität unklar',
    dpv: 'justifications:IdentityVerificationFailure',
  },
  'child-interest': {
    en: 'interest of a child',
    de: 'Interesse eines Kindes',
    dpv: 'justifications:DataSubjectProtectionImpaired',
  },
  'recipient-safeguards': { en: 'safeguards of the recipient', de: 'Schutzvorkehrungen der Empfangsstelle' },
  other: { en: 'other', de: 'Sonstiges' },
});
