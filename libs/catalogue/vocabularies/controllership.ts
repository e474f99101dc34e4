import { vocabulary } from '../vocabulary.js';

/** How the parties of an agreement are responsible: GDPR 26, LED 21. */
export const controllership = vocabulary('controllership', 1, {
  separate: { en: 'each on its own', de: 'getrennte Verantwortung' },
  joint: { en: 'joint controllers', de: 'gemeinsame Verantwortung', dpv: 'dpv:JointDataControllers' },
});
