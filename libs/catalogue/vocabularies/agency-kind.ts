import { vocabulary } from '../vocabulary.js';

/** Kinds of bodies that record entries. */
export const agencyKind = vocabulary('agency-kind', 1, {
  police: { en: 'police', de: 'Polizei', dpv: 'dpv:LawEnforcementOrganisation' },
  prosecution: { en: 'public prosecution', de: 'Staatsanwaltschaft', dpv: 'dpv:JudicialOrganisation' },
  'youth-welfare': { en: 'youth welfare office', de: 'Jugendamt', dpv: 'dpv:GovernmentalOrganisation' },
  health: { en: 'health care', de: 'Gesundheitswesen', dpv: 'dpv:HealthcareOrganisation' },
  school: { en: 'school', de: 'Schule', dpv: 'dpv:EducationalOrganisation' },
  prison: { en: 'prison', de: 'Justizvollzug' },
  probation: { en: 'probation service', de: 'Bewährungshilfe' },
  'exit-programme': { en: 'exit programme', de: 'Ausstiegsprogramm', dpv: 'dpv:NonGovernmentalOrganisation' },
  'domestic-intelligence': { en: 'domestic intelligence', de: 'Verfassungsschutz' },
  'municipal-coordination': {
    en: 'municipal coordination',
    de: 'kommunale Koordinierung',
    dpv: 'dpv:GovernmentalOrganisation',
  },
  'social-services': { en: 'social services', de: 'Sozialleistungsträger' },
  supervisor: { en: 'supervisory authority', de: 'Aufsichtsbehörde' },
  other: { en: 'other', de: 'Sonstige' },
});
