import { vocabulary } from '../vocabulary.js';

/** In which form consent was given or withdrawn. */
export const consentForm = vocabulary('consent-form', 1, {
  written: { en: 'in writing', de: 'schriftlich' },
  electronic: { en: 'electronically', de: 'elektronisch' },
  oral: { en: 'orally', de: 'mündlich' },
  conduct: { en: 'by conduct', de: 'durch schlüssiges Verhalten' },
});
