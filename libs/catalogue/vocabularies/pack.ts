import { vocabulary } from '../vocabulary.js';

/** Rule packs an agency can be checked against. */
export const pack = vocabulary('pack', 1, {
  'EU-GDPR': { en: 'EU: General Data Protection Regulation', de: 'EU: Datenschutz-Grundverordnung' },
  'EU-LED': { en: 'EU: Law Enforcement Directive', de: 'EU: JI-Richtlinie' },
  'DE-SGB': { en: 'Germany: social data', de: 'Deutschland: Sozialdaten' },
  'DE-NW': { en: 'Germany: North Rhine-Westphalia', de: 'Deutschland: Nordrhein-Westfalen' },
  'DE-NATSEC': { en: 'Germany: domestic intelligence', de: 'Deutschland: Verfassungsschutz' },
  'DE-BDSG3': {
    en: 'Germany: Federal Data Protection Act, part 3',
    de: 'Deutschland: Bundesdatenschutzgesetz, Teil 3',
  },
});
