import { vocabulary } from '../vocabulary.js';

/** Who is told of a breach: GDPR 33, 34; LED 30, 31. */
export const breachTarget = vocabulary('breach-target', 1, {
  authority: { en: 'supervisory authority', de: 'Aufsichtsbehörde', dpv: 'dpv:DataProtectionAuthority' },
  subject: { en: 'persons concerned', de: 'betroffene Personen', dpv: 'dpv:DataSubject' },
  partner: { en: 'partner', de: 'Partnerstelle' },
});
