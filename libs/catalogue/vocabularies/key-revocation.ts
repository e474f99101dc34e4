import { vocabulary } from '../vocabulary.js';

/** Why a key is not relied on any more. */
export const keyRevocation = vocabulary('key-revocation', 1, {
  compromised: { en: 'compromised', de: 'kompromittiert' },
  lost: { en: 'lost', de: 'verloren' },
  'no-longer-used': { en: 'no longer used', de: 'nicht mehr verwendet' },
  'body-left': { en: 'body left', de: 'Stelle ausgeschieden' },
});
