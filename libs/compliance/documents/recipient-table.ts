import type { Labels, Language } from '#catalogue';
import type { AgencyId, Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { type Part, table } from './document.js';
import { categoriesIn } from './told-categories.js';
import type { Words } from './words.js';

/** One time that data about the person went to somebody: GDPR 15(1)(c), C-154/21. Null where it is not recorded. */
export interface AccessRecipient {
  readonly date: Instant | null;
  readonly agency: AgencyId | null;
  readonly purpose: string | null;
  /** none where they are not recorded; null where all are left out because they are those of others */
  readonly categories: readonly string[] | null;
  /** object `{code, provision}` */
  readonly legalBasis: JsonObject | null;
  /** where the data came from: GDPR 15(1)(g); null where they came from the person or that is not recorded */
  readonly source: AgencyId | null;
}

const wording = {
  caption: { en: 'Who received data about you', de: 'Wer Daten über Sie erhalten hat' },
  nobody: { en: 'recipient not recorded', de: 'Empfänger nicht eingetragen' },
  notRecorded: { en: 'not recorded', de: 'nicht eingetragen' },
} as const satisfies Readonly<Record<string, Labels>>;

const head: Readonly<Record<Language, readonly string[]>> = {
  en: ['Date', 'Recipient', 'Purpose', 'Categories', 'Legal basis', 'Source'],
  de: ['Datum', 'Empfänger', 'Zweck', 'Kategorien', 'Rechtsgrundlage', 'Herkunft'],
};

/** Who received what, when, what for and on which power; a gap is named as one. */
export function recipientTable(recipients: readonly AccessRecipient[], words: Words): Part {
  const unknown = words.say(wording.notRecorded);
  return table(
    words.say(wording.caption),
    head[words.language],
    recipients.map(({ date, agency, purpose, categories, legalBasis, source }) => [
      date === null ? unknown : words.day(date),
      agency === null ? words.say(wording.nobody) : words.agency(agency),
      purpose === null ? unknown : words.code('purpose', purpose),
      categoriesIn(categories, words),
      words.basis(legalBasis) ?? unknown,
      source === null ? unknown : words.agency(source),
    ]),
  );
}
