import type { Language } from '#catalogue';
import type { RuleSettings } from '../rule.js';
import type { Deadline } from './calendar.js';

type Unit = readonly [one: string, more: string];

const units: Readonly<Record<Language, Readonly<Record<'hours' | 'days' | 'workingDays' | 'months', Unit>>>> = {
  en: {
    hours: ['hour', 'hours'],
    days: ['day', 'days'],
    workingDays: ['working day', 'working days'],
    months: ['month', 'months'],
  },
  de: {
    hours: ['Stunde', 'Stunden'],
    days: ['Tag', 'Tage'],
    workingDays: ['Arbeitstag', 'Arbeitstage'],
    months: ['Monat', 'Monate'],
  },
};

/** A deadline as people say it: `72 hours`, `5 Arbeitstage`, `Ende des Folgejahres`. */
export function deadlineInWords(deadline: Deadline, language: Language): string {
  const words = units[language];
  if ('hours' in deadline) return counted(deadline.hours, words.hours);
  if ('days' in deadline) return counted(deadline.days, words.days);
  if ('workingDays' in deadline) return counted(deadline.workingDays, words.workingDays);
  if ('months' in deadline) return counted(deadline.months, words.months);
  return yearEnd(deadline.yearEnds, language);
}

/** The time a rule gives: `at once`, `5 working days; imminent: 1 hour`. Codes stay codes. */
export function deadlinesInWords(
  { deadline, deadlines = {} }: Pick<RuleSettings, 'deadline' | 'deadlines'>,
  language: Language,
): string {
  const usual = deadline === null ? atOnce[language] : deadlineInWords(deadline, language);
  const others = Object.entries(deadlines).map(([code, one]) => `${code}: ${deadlineInWords(one, language)}`);
  return [usual, ...others].join('; ');
}

const atOnce: Readonly<Record<Language, string>> = { en: 'at once', de: 'sofort' };

const counted = (count: number, [one, more]: Unit): string => `${count} ${count === 1 ? one : more}`;

function yearEnd(years: number, language: Language): string {
  if (language === 'de') return years === 1 ? 'Ende des Folgejahres' : `Ende des ${years}. Folgejahres`;
  return years === 1 ? 'end of the following year' : `end of the year ${years} years after`;
}
