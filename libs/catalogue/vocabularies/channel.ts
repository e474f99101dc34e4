import { vocabulary } from '../vocabulary.js';

/** How information was passed on. */
export const channel = vocabulary('channel', 1, {
  portal: { en: 'portal', de: 'Portal' },
  'secure-mail': { en: 'secure mail', de: 'sichere E-Mail' },
  'oral-conference': { en: 'orally in a conference', de: 'mündlich in einer Fallkonferenz' },
  'oral-phone': { en: 'by phone', de: 'telefonisch' },
  paper: { en: 'on paper', de: 'auf Papier' },
  'system-to-system': { en: 'system to system', de: 'von System zu System' },
});
