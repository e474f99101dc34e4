import { vocabulary } from '../vocabulary.js';

/** What an anonymous consultation led to. SGB VIII 64(2a): first without a person. */
export const anonymousOutcome = vocabulary('anonymous-outcome', 1, {
  'no-exchange-needed': {
    en: 'no exchange of personal data is needed',
    de: 'kein Austausch personenbezogener Daten nötig',
  },
  'anonymous-suffices': { en: 'anonymous information suffices', de: 'anonyme Angaben genügen' },
  'consent-first': { en: 'consent is sought first', de: 'zuerst wird eine Einwilligung eingeholt' },
  'request-follows': { en: 'a request follows', de: 'ein Ersuchen folgt' },
  'disclosure-follows': { en: 'a disclosure follows', de: 'eine Übermittlung folgt' },
  refer: { en: 'another body is asked', de: 'eine andere Stelle wird gefragt' },
  open: { en: 'open', de: 'offen' },
});
