import { vocabulary } from '../vocabulary.js';

/** Rights a person can exercise: GDPR 15-22; LED 14, 16. */
export const right = vocabulary('right', 1, {
  access: { en: 'access', de: 'Auskunft', dpv: 'eu-gdpr:A15' },
  rectification: { en: 'rectification', de: 'Berichtigung', dpv: 'eu-gdpr:A16' },
  erasure: { en: 'erasure', de: 'Löschung', dpv: 'eu-gdpr:A17' },
  restriction: { en: 'restriction of processing', de: 'Einschränkung der Verarbeitung', dpv: 'eu-gdpr:A18' },
  'recipients-told': {
    en: 'names of the recipients told of a correction',
    de: 'Unterrichtung über die benachrichtigten Empfänger',
    dpv: 'eu-gdpr:A19',
  },
  portability: { en: 'data portability', de: 'Datenübertragbarkeit', dpv: 'eu-gdpr:A20' },
  objection: { en: 'objection', de: 'Widerspruch', dpv: 'eu-gdpr:A21' },
  'human-review': {
    en: 'review of an automated decision by a person',
    de: 'Überprüfung einer automatisierten Entscheidung',
    dpv: 'eu-gdpr:A22',
  },
});
