import { vocabulary } from '../vocabulary.js';

/** Why something was erased. Says nothing about what it was. */
export const erasureReason = vocabulary('erasure-reason', 1, {
  'period-over': { en: 'retention period over', de: 'Aufbewahrungsfrist abgelaufen' },
  'rights-request': { en: 'request of a person', de: 'Antrag einer betroffenen Person', dpv: 'eu-gdpr:A17' },
  unlawful: { en: 'unlawful', de: 'unrechtmäßig' },
  review: { en: 'outcome of a review', de: 'Ergebnis einer Prüfung' },
  order: { en: 'order of a court or a supervisor', de: 'Anordnung eines Gerichts oder der Aufsicht' },
});
