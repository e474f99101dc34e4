import { vocabulary } from '../vocabulary.js';

/** Secrecy an item is bound by at its source. */
export const secrecyClass = vocabulary('secrecy-class', 1, {
  none: { en: 'no secrecy', de: 'keine Schweigepflicht' },
  professional: { en: 'professional secrecy', de: 'Berufsgeheimnis' },
  entrusted: { en: 'entrusted data', de: 'anvertraute Daten' },
  social: { en: 'social secrecy', de: 'Sozialgeheimnis' },
  official: { en: 'official secrecy', de: 'Amtsgeheimnis' },
  'statutory-conference': { en: 'secrecy of a statutory conference', de: 'Geheimnis der gesetzlichen Fallkonferenz' },
});
