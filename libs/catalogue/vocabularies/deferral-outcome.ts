import { vocabulary } from '../vocabulary.js';

/** What the review of a deferred notice came to. */
export const deferralOutcome = vocabulary('deferral-outcome', 1, {
  continued: { en: 'the notice stays deferred', de: 'Benachrichtigung bleibt zurückgestellt' },
  ended: { en: 'the notice is given now', de: 'Benachrichtigung wird nachgeholt' },
});
