import { type Labels, type Language, textIn } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { type AgreementField, agreementFields, clauseFields, contentAt, wordsOf } from './agreement-fields.js';
import { clausesOf } from './clauses-of.js';
import { filled, listed } from './sentence.js';

/** One difference between two versions of an agreement. */
export interface AgreementDifference {
  readonly kind: 'added' | 'removed' | 'changed';
  /** id of the clause, or its number where it has none; null where it is about the agreement itself */
  readonly clause: string | null;
  /** place of the field within the agreement or the clause; null where a whole clause was added or removed */
  readonly field: string | null;
  /** one sentence for people */
  readonly said: string;
}

const sentences = {
  clauseAdded: { en: '{} was added: {} to {}, {}.', de: '{} ist hinzugekommen: {} an {}, {}.' },
  clauseRemoved: { en: '{} was removed: {} to {}, {}.', de: '{} ist entfallen: {} an {}, {}.' },
  moved: { en: '{}: the order changed.', de: '{}: Die Reihenfolge wurde geändert.' },
  clausesMoved: {
    en: 'Clauses: the order changed; where several fit, the first one counts.',
    de: 'Klauseln: Die Reihenfolge wurde geändert; passen mehrere, gilt die erste.',
  },
  conferenceAdded: { en: '{}, Case conferences: newly foreseen.', de: '{}, Fallkonferenzen: neu vorgesehen.' },
  conferenceRemoved: {
    en: '{}, Case conferences: no longer foreseen.',
    de: '{}, Fallkonferenzen: nicht mehr vorgesehen.',
  },
  value: { en: '{}: "{}" instead of "{}".', de: '{}: „{}“ statt „{}“.' },
  fieldAdded: { en: '{}: newly "{}".', de: '{}: neu „{}“.' },
  fieldRemoved: { en: '{}: "{}" was removed.', de: '{}: „{}“ ist entfallen.' },
  more: { en: '{}: {} added.', de: '{}: {} hinzugekommen.' },
  fewer: { en: '{}: {} removed.', de: '{}: {} entfallen.' },
  moreAndFewer: { en: '{}: {} added, {} removed.', de: '{}: {} hinzugekommen, {} entfallen.' },
} as const satisfies Readonly<Record<string, Labels>>;

/**
 * What the other agreement says differently: field by field, then clauses removed, changed, added and put into another
 * order, each in words.
 * Clauses are the same where they have the same id. Reads whatever the fields hold.
 *
 * @param one the earlier version, as it is recorded or drafted
 * @param other the later one
 */
export function diffAgreements(one: JsonObject, other: JsonObject, language: Language): readonly AgreementDifference[] {
  const before = byName(one);
  const after = byName(other);
  return [
    ...changedFields(one, other, agreementFields, null, language),
    ...[...before].flatMap(([name, clause]) => {
      const now = after.get(name);
      if (now) return changedClause(clause, now, name, language);
      return [wholeClause('removed', name, clause, language)];
    }),
    ...[...after].flatMap(([name, clause]) => (before.has(name) ? [] : [wholeClause('added', name, clause, language)])),
    ...clausesMoved(before, after, language),
  ];
}

/** What fits several clauses goes by the first of them. */
function clausesMoved(before: Clauses, after: Clauses, language: Language): readonly AgreementDifference[] {
  const stayed = [...before.keys()].filter((name) => after.has(name));
  const now = [...after.keys()].filter((name) => before.has(name));
  if (stayed.every((name, place) => name === now[place])) return [];
  return [{ kind: 'changed', clause: null, field: 'clauses', said: sentences.clausesMoved[language] }];
}

/** That there are rules for conferences allows them, also where nothing stands in these rules. */
function changedClause(
  one: JsonObject,
  other: JsonObject,
  name: string,
  language: Language,
): readonly AgreementDifference[] {
  const changed = changedFields(one, other, clauseFields, name, language);
  const [had, has] = [one, other].map(({ conference }) => conference !== undefined);
  if (had === has || changed.some(({ field }) => field?.startsWith('conference.') === true)) return changed;
  const said = filled(sentences[has === true ? 'conferenceAdded' : 'conferenceRemoved'][language], [
    clauseCalled(name, language),
  ]);
  return [...changed, { kind: has === true ? 'added' : 'removed', clause: name, field: 'conference', said }];
}

type Clauses = ReadonlyMap<string, JsonObject>;

/** Clauses by id; those without one, and those whose id is taken, by their number. */
function byName(agreement: JsonObject): Clauses {
  const named = new Map<string, JsonObject>();
  for (const [index, clause] of clausesOf(agreement).entries()) {
    const id = textIn(clause, 'id');
    named.set(id === null || named.has(id) ? `#${index + 1}` : id, clause);
  }
  return named;
}

const clauseCalled = (name: string, language: Language): string =>
  `${language === 'de' ? 'Klausel' : 'Clause'} ${name}`;

function wholeClause(
  kind: 'added' | 'removed',
  name: string,
  clause: JsonObject,
  language: Language,
): AgreementDifference {
  const content = ['from', 'to', 'dataCategories'].map((path) =>
    listed(wordsOf(clause[path], clauseFields[path], language), language),
  );
  const sentence = sentences[kind === 'added' ? 'clauseAdded' : 'clauseRemoved'][language];
  return { kind, clause: name, field: null, said: filled(sentence, [clauseCalled(name, language), ...content]) };
}

function changedFields(
  one: JsonObject,
  other: JsonObject,
  fields: Readonly<Record<string, AgreementField>>,
  clause: string | null,
  language: Language,
): readonly AgreementDifference[] {
  return Object.entries(fields).flatMap(([path, field]) => {
    const before = contentAt(one, path);
    const after = contentAt(other, path);
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    const said = sentenceOf(before, after, field, language);
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    return [{ kind, clause, field: path, said: clause === null ? said : `${clauseCalled(clause, language)}, ${said}` }];
  });
}

function sentenceOf(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  field: AgreementField,
  language: Language,
): string {
  const say = (name: keyof typeof sentences, ...words: readonly string[]): string =>
    filled(sentences[name][language], [field[language], ...words]);
  const old = wordsOf(before, field, language);
  const now = wordsOf(after, field, language);
  if (before === undefined) return say('fieldAdded', listed(now, language));
  if (after === undefined) return say('fieldRemoved', listed(old, language));
  if (!Array.isArray(before) || !Array.isArray(after)) {
    return say('value', listed(now, language), listed(old, language));
  }
  const added = now.filter((word) => !old.includes(word));
  const removed = old.filter((word) => !now.includes(word));
  if (added.length === 0 && removed.length === 0) return say('moved');
  if (removed.length === 0) return say('more', listed(added, language));
  if (added.length === 0) return say('fewer', listed(removed, language));
  return say('moreAndFewer', listed(added, language), listed(removed, language));
}
