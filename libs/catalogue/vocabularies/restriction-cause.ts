import { vocabulary } from '../vocabulary.js';

/** Why data are kept but not used: GDPR 18(1); LED 16(3). */
export const restrictionCause = vocabulary('restriction-cause', 1, {
  'accuracy-contested': { en: 'accuracy is contested', de: 'Richtigkeit wird bestritten' },
  'unlawful-not-erased': {
    en: 'unlawful, but the person wants no erasure',
    de: 'unrechtmäßig, Person lehnt Löschung ab',
  },
  'needed-for-claims': {
    en: 'needed by the person for legal claims',
    de: 'von der Person für Rechtsansprüche benötigt',
  },
  'objection-pending': { en: 'an objection is being examined', de: 'Widerspruch wird geprüft' },
  'kept-as-evidence': { en: 'kept as evidence', de: 'zu Beweiszwecken aufbewahrt' },
});
