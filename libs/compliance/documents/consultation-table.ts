import type { Labels, Language } from '#catalogue';
import type { Instant } from '#kernel';
import { type Part, table } from './document.js';
import { categoriesIn } from './told-categories.js';
import type { Words } from './words.js';

/** One time that somebody looked data of the person up: GDPR 15(1), C-579/21; LED 25(1). Who it was is not told. */
export interface AccessConsultation {
  readonly date: Instant;
  /** null where it is not recorded */
  readonly purpose: string | null;
  /** none where they are not recorded; null where all are left out because they are those of others */
  readonly categories: readonly string[] | null;
}

const wording = {
  caption: { en: 'When your data were looked up', de: 'Wann Ihre Daten abgefragt wurden' },
  notRecorded: { en: 'not recorded', de: 'nicht eingetragen' },
} as const satisfies Readonly<Record<string, Labels>>;

const head: Readonly<Record<Language, readonly string[]>> = {
  en: ['Date', 'Purpose', 'Categories'],
  de: ['Datum', 'Zweck', 'Kategorien'],
};

/** When, what for and which categories; a gap is named as one. */
export const consultationTable = (consultations: readonly AccessConsultation[], words: Words): Part =>
  table(
    words.say(wording.caption),
    head[words.language],
    consultations.map(({ date, purpose, categories }) => [
      words.day(date),
      purpose === null ? words.say(wording.notRecorded) : words.code('purpose', purpose),
      categoriesIn(categories, words),
    ]),
  );
