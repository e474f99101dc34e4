import { type AgencyId, isAgencyId, isInstant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { isMissing } from './missing.js';
import { missing } from './vocabularies/missing.js';
import type { Language, Vocabulary } from './vocabulary.js';

/** Reads stored terms, whatever they hold: what is missing or of another form reads as null or as nothing. */
export const agencyIn = (terms: JsonObject, name: string): AgencyId | null => {
  const value = terms[name];
  return isAgencyId(value) ? value : null;
};

export function agenciesIn(terms: JsonObject, ...names: readonly string[]): readonly AgencyId[] {
  return names.flatMap((name) => elements(terms[name])).filter(isAgencyId);
}

export const textIn = (terms: JsonObject, name: string): string | null => {
  const value = terms[name];
  return typeof value === 'string' ? value : null;
};

/** A day like 2026-11-22; null where it is missing or no day of the calendar. */
export function dayIn(terms: JsonObject, name: string): string | null {
  const value = textIn(terms, name);
  return value !== null && value.length === 10 && isInstant(`${value}T00:00:00.000Z`) ? value : null;
}

export const numberIn = (terms: JsonObject, name: string): number | null => {
  const value = terms[name];
  return typeof value === 'number' ? value : null;
};

/** An agency, a count or a date as it is said in a sentence. */
export function said(value: JsonValue | undefined, language: Language): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const why = isMissing(value) ? value.missing : 'not-given';
  return missing.terms.get(why)?.[language] ?? why;
}

/** The label of a code. */
export function label({ terms }: Vocabulary, value: JsonValue | undefined, language: Language): string {
  return (typeof value === 'string' && terms.get(value)?.[language]) || said(value, language);
}

/** Several things in one sentence: the first three and how many more. */
export function enumerated(words: readonly string[], language: Language): string {
  const different = [...new Set(words)];
  const first = different.slice(0, 3).join(', ') || said(undefined, language);
  const more = different.length - 3;
  if (more <= 0) return first;
  return language === 'de' ? `${first} und ${more} weitere` : `${first} and ${more} more`;
}

/** The labels of one field of a list of nested objects. */
export function labels(
  vocabulary: Vocabulary,
  items: JsonValue | undefined,
  name: string,
  language: Language,
): readonly string[] {
  return elements(items).map((item) => label(vocabulary, isObject(item) ? item[name] : undefined, language));
}

/** The labels of a list of codes. */
export const codes = (vocabulary: Vocabulary, value: JsonValue | undefined, language: Language): readonly string[] =>
  elements(value).map((one) => label(vocabulary, one, language));

/** The agencies of a list, as they are said in a sentence. */
export const named = (value: JsonValue | undefined, language: Language): string =>
  isMissing(value) ? said(value, language) : enumerated(elements(value).filter(isAgencyId), language);

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A list as it is, one value as a list of one. */
function elements(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
