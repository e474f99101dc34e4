import { vocabulary } from '../vocabulary.js';

/** Why an answer does not name a recipient: GDPR 15(1)(c), C-154/21; LED 14, 15; BDSG 57(5). */
export const recipientOmission = vocabulary('recipient-omission', 1, {
  impossible: { en: 'cannot be identified', de: 'nicht bestimmbar' },
  'unfounded-or-excessive': {
    en: 'request manifestly unfounded or excessive',
    de: 'Antrag offensichtlich unbegründet oder exzessiv',
  },
  'no-originator-consent': { en: 'the body has not agreed', de: 'Zustimmung der Stelle fehlt' },
  'restricted-by-law': { en: 'restricted by law', de: 'gesetzlich beschränkt' },
});
