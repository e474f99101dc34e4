import { vocabulary } from '../vocabulary.js';

/** How far a notice is held back: LED 13(3), 31(5); GDPR 23. */
export const noticeExtent = vocabulary('notice-extent', 1, {
  delayed: { en: 'delayed', de: 'aufgeschoben' },
  restricted: { en: 'restricted', de: 'eingeschränkt' },
  omitted: { en: 'omitted', de: 'unterlassen' },
});
