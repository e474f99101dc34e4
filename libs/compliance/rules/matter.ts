import { isObject, type MatterKind } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import type { ProjectedEntry } from '../projection.js';

/** An entry as rules may know it. */
export type JudgedEntry = Omit<ProjectedEntry, 'registry' | 'exchange'>;

/** An entry whose terms can be read. */
export interface Fact {
  readonly index: JudgedEntry['index'];
  readonly id: EntryId;
  readonly issuer: AgencyId;
  readonly recordedAt: Instant;
  readonly occurredAt: Instant;
  readonly type: string;
  readonly terms: JsonObject;
}

/**
 * What a matter is about. Beside an exchange and what an entry opened: `agency`, what rules on an agency as a whole read
 * of its own entries and of those in which the operator names it as `agency`; `registry`, the whole registry log, or as
 * `standing` what it says of who takes part, to which an agency refers. `erased` is what an agency refers to where
 * entries of its own are erased: the last one of them.
 */
export type About = MatterKind | 'exchange' | 'agency' | 'registry' | 'erased';

/**
 * What is judged together: an exchange (an entry without one stands alone as if it were), or what one entry opened.
 * Matters it refers to (a consent, a permission, the disclosure that is passed on) are at hand, too.
 */
export interface Matter {
  readonly kind: About;
  readonly id: string;
  /** in the order of the log */
  readonly entries: readonly JudgedEntry[];
  /** by what its entries call them: an entry id or a disclosure id */
  readonly linked: ReadonlyMap<string, Matter>;
}

/** The entries of these types whose terms are there, by when they happened; what happened at once, as recorded. */
export function factsOf(matter: Pick<Matter, 'entries'>, ...types: readonly string[]): readonly Fact[] {
  const { all, ofType, ofSeveral } = readFacts(matter);
  if (types.length === 0) return all;
  const [type, ...more] = types.length === 1 ? types : types.filter((one) => ofType.has(one));
  if (type === undefined) return [];
  if (more.length === 0) return ofType.get(type) ?? [];
  // Some rules ask anew for each request or disclosure.
  const several = types.join(' ');
  const found = ofSeveral.get(several) ?? all.filter((fact) => types.includes(fact.type));
  ofSeveral.set(several, found);
  return found;
}

/** Types of the entries whose terms are there. */
export const typesIn = (matter: Pick<Matter, 'entries'>): ReadonlySet<string> => readFacts(matter).types;

interface Facts {
  readonly all: readonly Fact[];
  readonly ofType: ReadonlyMap<string, readonly Fact[]>;
  readonly types: ReadonlySet<string>;
  /** by the types that were asked for together */
  readonly ofSeveral: Map<string, readonly Fact[]>;
  readonly erased: readonly JudgedEntry[];
}

const read = Symbol('facts');

interface Remembering {
  [read]?: Facts;
}

/** Many rules ask the same matter. What was read goes with it: a WeakMap would keep it until all memory is searched. */
function readFacts(matter: Pick<Matter, 'entries'>): Facts {
  const known = (matter as Remembering)[read];
  if (known !== undefined) return known;
  const all = matter.entries
    .flatMap(({ index, id, issuer, recordedAt, said }) =>
      said === null
        ? []
        : [{ index, id, issuer, recordedAt, occurredAt: said.occurredAt, type: said.type, terms: said.terms }],
    )
    .sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : Number(one.occurredAt > other.occurredAt)));
  const ofType = Map.groupBy(all, ({ type }) => type);
  const types = new Set(ofType.keys());
  const facts: Facts = { all, ofType, types, ofSeveral: new Map(), erased: erasedIn(matter) };
  // Not enumerable: a copy of the matter with other entries is another one.
  Object.defineProperty(matter, read, { value: facts });
  return facts;
}

/** Entries of the matter of which nothing can be known any more. */
export const erasedOf = (matter: Pick<Matter, 'entries'>): readonly JudgedEntry[] =>
  (matter as Remembering)[read]?.erased ?? erasedIn(matter);

const erasedIn = ({ entries }: Pick<Matter, 'entries'>): readonly JudgedEntry[] =>
  entries.filter(({ said }) => said === null);

/**
 * Whether a field has a value, in `terms` or in a block that no rule may read. A field that is `missing` has none.
 *
 * @param part terms of an entry, or one object of a list in them
 */
export function has(part: JsonObject, ...names: readonly string[]): boolean {
  const present: JsonValue = part['present'] ?? [];
  return names.every((name) => isValue(part[name]) || (Array.isArray(present) && present.includes(name)));
}

/** Objects of a list in the terms; none where it is missing. */
export const partsOf = (terms: JsonObject, name: string): readonly JsonObject[] => {
  const list: JsonValue = terms[name] ?? [];
  return Array.isArray(list) ? list.filter(isObject) : [];
};

/** Texts of a list in the terms; none where it is missing. */
export const textsOf = (terms: JsonObject, name: string): readonly string[] => {
  const list: JsonValue = terms[name] ?? [];
  return Array.isArray(list) ? list.filter((value) => typeof value === 'string') : [];
};

const isValue = (value: JsonValue | undefined): boolean => {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !(isObject(value) && 'missing' in value);
};
