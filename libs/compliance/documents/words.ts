import { isObject, label, type Labels, type Language, said, textIn, vocabularies } from '#catalogue';
import { type Instant, millisecondsOf } from '#kernel';
import type { JsonValue } from '#statement';
import { filled, listed } from '../agreements/sentence.js';

/** Names of agencies in law, by their id, as the registry has them. Who has none is called by its id. */
export type AgencyNames = ReadonlyMap<string, string>;

/** What codes and references are called in one language. */
export interface Words {
  readonly language: Language;
  /** A sentence, with words in its gaps. */
  say(sentence: Labels, ...gaps: readonly string[]): string;
  agency(id: string): string;
  agencies(ids: readonly string[]): string;
  /** The label of a code of a vocabulary. */
  code(vocabulary: string, code: string): string;
  codes(vocabulary: string, codes: readonly string[]): string;
  /** Ground and provision; null where there is none to cite. */
  basis(given: JsonValue): string | null;
  /** `agreement@version#clause` in words. */
  clause(reference: string): string;
  /** The day of a moment in Germany. */
  day(moment: Instant): string;
}

const clauseSentence: Labels = {
  en: 'clause “{}” of agreement “{}” (version {})',
  de: 'Regelung „{}“ der Vereinbarung „{}“ (Fassung {})',
};

const days: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', dateStyle: 'long' }),
  de: new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', dateStyle: 'medium' }),
};

export function wordsIn(language: Language, names: AgencyNames): Words {
  const agency = (id: string): string => names.get(id) ?? id;
  const code = (vocabulary: string, one: string): string => {
    const known = vocabularies.get(vocabulary);
    return known === undefined ? one : label(known, one === '' ? undefined : one, language);
  };
  return {
    language,
    say: (sentence, ...gaps) => filled(sentence[language], gaps),
    agency,
    agencies: (ids) => listed(ids.map(agency), language),
    code,
    codes: (vocabulary, all) =>
      listed(
        all.map((one) => code(vocabulary, one)),
        language,
      ),
    basis: (given) => basisInWords(given, language),
    clause: (reference) => clauseInWords(reference, language),
    day: (moment) => days[language].format(millisecondsOf(moment)),
  };
}

/** Sources and provisions whose wording nobody has confirmed carry a dagger: no document cites them. */
export const isCitable = (source: string): boolean => !source.includes('†');

function basisInWords(given: JsonValue, language: Language): string | null {
  const grounds = vocabularies.get('legal-basis');
  if (!isObject(given) || grounds === undefined) return null;
  const ground = textIn(given, 'code');
  const provision = textIn(given, 'provision');
  const cited = provision !== null && isCitable(provision) ? provision : null;
  if (ground === null && cited === null) return null;
  return [label(grounds, ground ?? undefined, language), cited ?? said(undefined, language)].join('; ');
}

function clauseInWords(reference: string, language: Language): string {
  const { agreement, version, clause } =
    /^(?<agreement>.+)@(?<version>\d+)#(?<clause>.+)$/su.exec(reference)?.groups ?? {};
  if (agreement === undefined || version === undefined || clause === undefined) return reference;
  return filled(clauseSentence[language], [clause, agreement, version]);
}
