import { vocabulary } from '../vocabulary.js';

/** How a request was decided. */
export const decision = vocabulary('decision', 1, {
  'grant-full': { en: 'granted in full', de: 'vollständig bewilligt', dpv: 'dpv:RequestAccepted' },
  'grant-partial': { en: 'granted in part', de: 'teilweise bewilligt', dpv: 'dpv:RequestAccepted' },
  refuse: { en: 'refused', de: 'abgelehnt', dpv: 'dpv:RequestRejected' },
  redirect: { en: 'redirected', de: 'verwiesen' },
  defer: { en: 'deferred', de: 'zurückgestellt', dpv: 'dpv:RequestActionDelayed' },
  'not-held': { en: 'not held', de: 'nicht vorhanden', dpv: 'dpv:RequestUnfulfilled' },
  'oral-only': { en: 'answered orally only', de: 'nur mündlich beantwortet' },
});
