import { agenciesIn, isObject, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { JsonObject } from '#statement';

/** A clause of an agreement in force. */
export interface Clause {
  /** `agreement@version#clause`; null where that is not said */
  readonly reference: string | null;
  /** an `AgreementClause` as recorded */
  readonly terms: JsonObject;
}

/** Who passes on to whom, and for what; null where it is not said. */
export interface Flow {
  readonly from: AgencyId;
  readonly to: AgencyId;
  readonly purpose: string | null;
}

/** One thing that is passed on; nothing covers what has no category. */
export interface FlowingItem {
  readonly dataCategory: string | null;
  /** special category of data, or data on criminal offences */
  readonly specialCategory: boolean;
}

/**
 * The clauses by which one agency may pass on to another, whatever it is for and whatever it is.
 *
 * @param agreements as recorded, those in force; what they say first comes first
 */
export const clausesBetween = (
  agreements: readonly JsonObject[],
  { from, to }: Pick<Flow, 'from' | 'to'>,
): readonly Clause[] => agreements.flatMap((agreement) => clausesOf(agreement).get(wayOf(from, to)) ?? []);

/** The clauses of an agreement by the ways they allow, each in its order. Very many entries are judged by the same. */
function clausesOf(agreement: JsonObject): ReadonlyMap<string, readonly Clause[]> {
  const known = clausesRead.get(agreement);
  if (known !== undefined) return known;
  const clauses = new Map<string, Clause[]>();
  for (const terms of objectsIn(agreement, 'clauses')) {
    const clause = { reference: referenceOf(agreement, terms), terms };
    const ways = agenciesIn(terms, 'from').flatMap((from) => agenciesIn(terms, 'to').map((to) => wayOf(from, to)));
    for (const way of new Set(ways)) clauses.set(way, [...(clauses.get(way) ?? []), clause]);
  }
  clausesRead.set(agreement, clauses);
  return clauses;
}

const clausesRead = new WeakMap<JsonObject, ReadonlyMap<string, readonly Clause[]>>();

const wayOf = (from: AgencyId, to: AgencyId): string => `${from} ${to}`;

/** Whether a clause between the two agencies allows this item for this purpose. */
export function covers({ terms }: Clause, purpose: string | null, item: FlowingItem): boolean {
  const { dataCategory, specialCategory } = item;
  return (
    purpose !== null &&
    dataCategory !== null &&
    listIn(terms, 'purposes').includes(purpose) &&
    listIn(terms, 'dataCategories').includes(dataCategory) &&
    (!specialCategory || terms['specialCategories'] === true)
  );
}

/**
 * Whether a clause is about persons of this role; one that names no role is about all.
 *
 * @param clause an `AgreementClause` as recorded
 * @param subjectCategory null where it is not said: then only a clause about all persons is certainly about this one
 */
export function isAboutPersons(clause: JsonObject, subjectCategory: string | null): boolean {
  const named = listIn(clause, 'subjectCategories');
  return named.length === 0 || named.includes(subjectCategory);
}

/** The first clause that covers an item; null where none does, or where it is not said what it is or is for. */
export const coveringClause = (agreements: readonly JsonObject[], flow: Flow, item: FlowingItem): Clause | null =>
  clausesBetween(agreements, flow).find((clause) => covers(clause, flow.purpose, item)) ?? null;

/** What an entry calls an agreement: `agreement@version`. */
export function versionOf(agreement: JsonObject): string | null {
  const name = textIn(agreement, 'agreement');
  const version = agreement['version'];
  return name === null || typeof version !== 'number' ? null : `${name}@${version}`;
}

/** What a check note calls a clause: `agreement@version#clause`; null where one of them is not said. */
export function referenceOf(agreement: JsonObject, clause: JsonObject): string | null {
  const version = versionOf(agreement);
  const id = textIn(clause, 'id');
  return version === null || id === null ? null : `${version}#${id}`;
}

const objectsIn = (terms: JsonObject, name: string): readonly JsonObject[] => listIn(terms, name).filter(isObject);

function listIn(terms: JsonObject, name: string): readonly unknown[] {
  const value = terms[name];
  return Array.isArray(value) ? value : [];
}
