import { vocabulary } from '../vocabulary.js';

/** Whether the person concerned agreed to the work on a case. */
export const consentStatus = vocabulary('consent-status', 1, {
  given: { en: 'consent given', de: 'Einwilligung erteilt', dpv: 'dpv:ConsentGiven' },
  asked: { en: 'consent asked for', de: 'Einwilligung angefragt', dpv: 'dpv:ConsentRequested' },
  refused: { en: 'consent refused', de: 'Einwilligung verweigert', dpv: 'dpv:ConsentRefused' },
  withdrawn: { en: 'consent withdrawn', de: 'Einwilligung widerrufen', dpv: 'dpv:ConsentWithdrawn' },
  'not-asked': { en: 'consent not asked for', de: 'Einwilligung nicht angefragt' },
  'not-needed': { en: 'no consent needed', de: 'Einwilligung nicht erforderlich' },
});
