import { leafIndex, treeSize, type AgencyId, type EntryId, type Instant, type TreeSize } from '#kernel';
import type { ProjectedEntry, SaidTerms } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import type { JudgedEntry, Matter } from '../rules/matter.js';
import type { ViewsTransaction } from '../views.js';
import { linksFrom, mentionsOf, named, type Link, type Mention } from './connected-matters.js';
import { inParts } from './in-parts.js';
import type { FactTable } from './judgement-tables.js';
import { lastErasedOf } from './last-erased.js';
import type { MatterName } from './matters-of.js';
import { standingMatter } from './registry-matter.js';

export { partsOfIds } from './in-parts.js';

/** A matter with what its rows say. */
export interface LoadedMatter extends Matter {
  readonly linked: ReadonlyMap<string, LoadedMatter>;
  /** size of the registry that each entry was judged against; of its entries, and of others that were loaded with them */
  readonly registries: ReadonlyMap<EntryId, TreeSize>;
}

/** An entry with the size of the registry it was judged against. */
type KeptEntry = JudgedEntry & Pick<ProjectedEntry, 'registry'>;

/** A matter and those it refers to. */
export const withLinked = (matter: LoadedMatter): readonly LoadedMatter[] => [
  ...new Set([matter, ...matter.linked.values()]),
];

export const nameOf = ({ kind, id }: MatterName): string => `${kind} ${id}`;

export const distinct = (names: readonly MatterName[]): readonly MatterName[] => [
  ...new Map(names.map((name) => [nameOf(name), name])).values(),
];

/**
 * Loads matters together with those they refer to, and with entries of others that refer to them. An agency refers to
 * what the registry says of its standing.
 *
 * @param registry as far as entries were judged against it, or as it stands for whoever cannot know of all entries
 * @param fresh entries that need not be read, by their index
 */
export async function loadMatters(
  transaction: ViewsTransaction,
  names: readonly MatterName[],
  registry: Pick<RegistryThen, 'entries'>,
  fresh: ReadonlyMap<number, KeptEntry> = new Map(),
): Promise<readonly LoadedMatter[]> {
  const links = await linksFrom(transaction, names);
  const mentions = await mentionsOf(transaction, names);
  const loaded = await load(transaction, [...names, ...links.map(named)], mentions, fresh);
  const outward = Map.groupBy(links, ({ from, from_kind }) => `${from_kind} ${from}`);
  const inward = Map.groupBy(mentions, ({ to, to_kind }) => `${to_kind} ${to}`);
  return names.map((name) => {
    const found = Map.groupBy(inward.get(nameOf(name)) ?? [], ({ handle }) => handle);
    const meant = new Map(
      (outward.get(nameOf(name)) ?? []).toSorted(meantLast).map((link) => [link.handle, named(link)]),
    );
    // A receipt names what its own matter calls so: others that name it, too, are not displaced by that.
    const elsewhere = [...meant].filter(([, other]) => nameOf(other) !== nameOf(name));
    return {
      ...loaded.matterOf(name),
      linked: new Map([
        ...[...found].map(([handle, some]) => [handle, loaded.mentioned(handle, some)] as const),
        ...elsewhere.map(([handle, other]) => [handle, loaded.matterOf(other)] as const),
        ...(name.kind === 'agency'
          ? ([
              ['erased', loaded.matterOf(lastErasedOf(name.id))],
              ['standing', standingMatter(name.id, registry.entries)],
            ] as const)
          : []),
      ]),
    };
  });
}

/** How much of the registry entries were judged against so far. */
export async function registrySize(transaction: ViewsTransaction): Promise<TreeSize> {
  const row = await transaction
    .selectFrom('fact')
    .select(({ fn }) => fn.max('registry').as('size'))
    .executeTakeFirst();
  return treeSize(Number(row?.size ?? 0));
}

/**
 * Of several matters in which something is called the same: the one it opened or belongs to before its exchange, and
 * the one where it was called so first, because others may take the name of what they know.
 */
function meantLast(one: Link, other: Link): number {
  const [before, after] = [one, other].map(({ kind }) => Number(kind !== 'exchange'));
  return Number(before) - Number(after) || Number(other.since) - Number(one.since);
}

interface Loaded {
  /** Without those it refers to. Each is made once: rules remember what they read of it. */
  matterOf(name: MatterName): LoadedMatter;
  /** The entries that mention a disclosure or an entry, as a matter of their own: the rest of theirs is not about it. */
  mentioned(handle: string, mentions: readonly Mention[]): LoadedMatter;
}

async function load(
  transaction: ViewsTransaction,
  names: readonly MatterName[],
  mentions: readonly Mention[],
  fresh: ReadonlyMap<number, KeptEntry>,
): Promise<Loaded> {
  const places = await placesOf(transaction, names);
  const indexes = new Set([...places, ...mentions].map(({ entry_index }) => Number(entry_index)));
  const facts = await factsAt(
    transaction,
    [...indexes].filter((index) => !fresh.has(index)),
  );
  // Rules put matters together: an entry that stands in several of them is one.
  const known = [...facts.map(entryFrom), ...[...indexes].flatMap((index) => fresh.get(index) ?? [])];
  const entries = new Map(known.map((entry): [number, JudgedEntry] => [entry.index, entry]));
  const registries = new Map(known.map(({ id, registry }) => [id, registry]));
  const placed = Map.groupBy(places, (place) => nameOf(named(place)));
  const made = new Map<string, LoadedMatter>();
  const matterFrom = (name: MatterName, rows: readonly { readonly entry_index: number }[]): LoadedMatter => ({
    ...name,
    entries: [...new Set(rows.map(({ entry_index }) => Number(entry_index)))]
      .sort((one, other) => one - other)
      .flatMap((index) => entries.get(index) ?? []),
    linked: new Map(),
    registries,
  });
  return {
    matterOf(name) {
      const known = made.get(nameOf(name));
      if (known !== undefined) return known;
      const matter = matterFrom(name, placed.get(nameOf(name)) ?? []);
      made.set(nameOf(name), matter);
      return matter;
    },
    mentioned: (handle, some) => matterFrom({ kind: 'exchange', id: handle }, some),
  };
}

const placesOf = (transaction: ViewsTransaction, names: readonly MatterName[]) =>
  inParts(
    names.map(({ id }) => id),
    (ids) =>
      transaction.selectFrom('matter').select(['matter', 'kind', 'entry_index']).where('matter', 'in', ids).execute(),
  );

const factsAt = (transaction: ViewsTransaction, indexes: readonly number[]) =>
  inParts(indexes, (some) =>
    transaction
      .selectFrom('fact')
      .select(['entry_index', 'entry_id', 'issuer', 'recorded_at', 'registry', 'said'])
      .where('entry_index', 'in', some)
      .execute(),
  );

const entryFrom = (row: Omit<FactTable, 'day'>): KeptEntry => ({
  index: leafIndex(Number(row.entry_index)),
  id: row.entry_id as EntryId,
  issuer: row.issuer as AgencyId,
  recordedAt: row.recorded_at as Instant,
  registry: treeSize(Number(row.registry)),
  said: row.said === null ? null : (JSON.parse(row.said) as SaidTerms),
});
