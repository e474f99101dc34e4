import { vocabulary } from '../vocabulary.js';

/** Units of time limits and deadlines. */
export const timeUnit = vocabulary('time-unit', 2, {
  hours: { en: 'hours', de: 'Stunden' },
  days: { en: 'days', de: 'Tage' },
  'working-days': { en: 'working days', de: 'Arbeitstage' },
  months: { en: 'months', de: 'Monate' },
  years: { en: 'years', de: 'Jahre' },
  'year-ends': { en: 'years, to 31 December', de: 'Jahre, bis zum 31. Dezember' },
});
