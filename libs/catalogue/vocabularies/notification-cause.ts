import { vocabulary } from '../vocabulary.js';

/** What a recipient or the origin of data is told about: LED 7(3), 16(5), 16(6); GDPR 7(3), 18(3), 19. */
export const notificationCause = vocabulary('notification-cause', 1, {
  invalidated: { en: 'the disclosure was invalidated', de: 'Übermittlung zurückgenommen' },
  rectified: { en: 'rectified', de: 'berichtigt' },
  erased: { en: 'erased', de: 'gelöscht' },
  restricted: { en: 'restricted', de: 'eingeschränkt' },
  'restriction-lifted': { en: 'restriction lifted', de: 'Einschränkung aufgehoben' },
  'consent-withdrawn': { en: 'consent withdrawn', de: 'Einwilligung widerrufen' },
  'secrecy-release-withdrawn': { en: 'release from secrecy withdrawn', de: 'Schweigepflichtentbindung widerrufen' },
  'objection-upheld': { en: 'objection upheld', de: 'Widerspruch stattgegeben' },
  'incorrect-at-origin': { en: 'the data were wrong when they came', de: 'Daten waren schon bei Erhalt unrichtig' },
});
