import { vocabulary } from '../vocabulary.js';

/** What a recipient is asked to do: LED 7(3), 16; GDPR 19. */
export const remedialAction = vocabulary('remedial-action', 1, {
  rectify: { en: 'rectify', de: 'berichtigen' },
  erase: { en: 'erase', de: 'löschen', dpv: 'dpv:Erase' },
  restrict: { en: 'restrict', de: 'einschränken', dpv: 'dpv:Restrict' },
});
