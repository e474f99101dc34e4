import { vocabulary } from '../vocabulary.js';

/** In which capacity somebody consents or releases from secrecy: GDPR 7, SGB VIII 65, StGB 203. */
export const consentCapacity = vocabulary('consent-capacity', 1, {
  subject: { en: 'person concerned', de: 'betroffene Person' },
  custodian: { en: 'holder of parental responsibility', de: 'sorgeberechtigte Person' },
  guardian: { en: 'guardian', de: 'rechtliche Betreuung oder Vormundschaft' },
  entruster: { en: 'person who entrusted it', de: 'anvertrauende Person' },
});
