import { vocabulary } from '../vocabulary.js';

/** When the person concerned may learn of an entry. */
export const visibility = vocabulary('visibility', 1, {
  open: { en: 'open', de: 'offen' },
  'deferred-until': { en: 'deferred until a date', de: 'bis zu einem Datum zurückgestellt' },
  restricted: { en: 'supervisors only', de: 'nur Aufsicht' },
  sealed: { en: 'sealed', de: 'versiegelt' },
});
