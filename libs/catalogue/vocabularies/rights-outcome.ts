import { vocabulary } from '../vocabulary.js';

/** How a request of a person was decided: GDPR 12, 15-22; LED 12, 15, 16. */
export const rightsOutcome = vocabulary('rights-outcome', 1, {
  granted: { en: 'granted in full', de: 'vollständig stattgegeben', dpv: 'dpv:RequestAccepted' },
  'granted-in-part': { en: 'granted in part', de: 'teilweise stattgegeben', dpv: 'dpv:RequestAccepted' },
  refused: { en: 'refused', de: 'abgelehnt', dpv: 'dpv:RequestRejected' },
  'neither-confirmed-nor-denied': { en: 'neither confirmed nor denied', de: 'weder bestätigt noch verneint' },
  'nothing-held': { en: 'nothing held', de: 'keine Daten vorhanden', dpv: 'dpv:RequestUnfulfilled' },
  'unfounded-or-excessive': {
    en: 'manifestly unfounded or excessive',
    de: 'offensichtlich unbegründet oder exzessiv',
    dpv: 'dpv:RequestRejected',
  },
});
