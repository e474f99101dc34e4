import { vocabulary } from '../vocabulary.js';

/** Result of a data protection impact assessment: GDPR 35, LED 27. */
export const dpiaOutcome = vocabulary('dpia-outcome', 1, {
  'risks-acceptable': { en: 'risks acceptable', de: 'Risiken vertretbar', dpv: 'eu-gdpr:DPIAOutcomeRisksAcceptable' },
  'risks-mitigated': { en: 'risks mitigated', de: 'Risiken eingedämmt', dpv: 'eu-gdpr:DPIAOutcomeRisksMitigated' },
  'high-residual-risk': {
    en: 'high risk remains',
    de: 'hohes Restrisiko',
    dpv: 'eu-gdpr:DPIAOutcomeHighResidualRisk',
  },
});
