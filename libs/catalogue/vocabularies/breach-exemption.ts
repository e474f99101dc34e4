import { vocabulary } from '../vocabulary.js';

/** Why the persons concerned are not told of a breach one by one: GDPR 34(3); LED 31(3), 31(5). */
export const breachExemption = vocabulary('breach-exemption', 1, {
  'data-unintelligible': { en: 'the data are unintelligible to others', de: 'Daten für Unbefugte nicht lesbar' },
  'risk-averted': { en: 'measures have averted the high risk', de: 'hohes Risiko durch Maßnahmen abgewendet' },
  'disproportionate-effort': {
    en: 'disproportionate effort, public communication instead',
    de: 'unverhältnismäßiger Aufwand, stattdessen öffentliche Bekanntmachung',
  },
  'restricted-by-law': {
    en: 'delayed, restricted or omitted by law (LED 31(5))',
    de: 'gesetzlich aufgeschoben, eingeschränkt oder unterlassen (JI-RL 31 Abs. 5)',
  },
});
