import { vocabulary } from '../vocabulary.js';

/** What stops erasure for a time. */
export const legalHoldGround = vocabulary('legal-hold-ground', 1, {
  'control-procedure': { en: 'control procedure that was started', de: 'eingeleitetes Kontrollverfahren' },
  'criminal-proceedings': { en: 'criminal proceedings', de: 'Strafverfahren' },
  'rights-request': { en: 'pending request of a person', de: 'offener Antrag einer betroffenen Person' },
  'court-case': { en: 'court case', de: 'Gerichtsverfahren' },
  'supervisory-order': { en: 'order of a supervisor', de: 'Anordnung der Aufsicht' },
});
