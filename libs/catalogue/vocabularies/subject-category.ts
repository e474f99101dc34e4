import { vocabulary } from '../vocabulary.js';

/** The role in which a person is recorded: LED 6. */
export const subjectCategory = vocabulary('subject-category', 1, {
  client: { en: 'client', de: 'Klient oder Klientin', dpv: 'dpv:Client' },
  suspect: { en: 'suspect', de: 'beschuldigt' },
  convicted: { en: 'convicted', de: 'verurteilt' },
  victim: { en: 'victim', de: 'Opfer' },
  witness: { en: 'witness', de: 'Zeuge oder Zeugin' },
  contact: { en: 'contact person', de: 'Kontaktperson' },
  family: { en: 'family member', de: 'Angehörige' },
  staff: { en: 'staff', de: 'Beschäftigte' },
  other: { en: 'other', de: 'Sonstige' },
});
