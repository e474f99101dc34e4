import { vocabulary } from '../vocabulary.js';

/** How a decision turned out. What was decided against is recorded too. */
export const decisionOutcome = vocabulary('decision-outcome', 1, {
  approved: { en: 'approved', de: 'zugestimmt' },
  'approved-in-part': { en: 'approved in part', de: 'teilweise zugestimmt' },
  rejected: { en: 'decided against', de: 'abgelehnt' },
  postponed: { en: 'postponed', de: 'vertagt' },
});
