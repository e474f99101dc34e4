import { leafIndex, treeSize, type AgencyId, type EntryId, type Instant, type TreeSize } from '#kernel';
import type { SaidTerms } from '../projection.js';
import type { JudgedEntry, Matter } from '../rules/matter.js';
import type { ViewsTransaction } from '../views.js';
import type { FactTable } from './judgement-tables.js';
import type { MatterName } from './matters-of.js';

/** A matter with what its rows say. */
export interface LoadedMatter extends Matter {
  readonly linked: ReadonlyMap<string, LoadedMatter>;
  /** size of the registry that each entry was judged against */
  readonly registries: ReadonlyMap<EntryId, TreeSize>;
}

const atOnce = 500;

export const nameOf = ({ kind, id }: MatterName): string => `${kind} ${id}`;

/** Matters that refer to one of these, or that one of these refers to: what is said of them can change with these. */
export async function dependentsOf(
  transaction: ViewsTransaction,
  matters: readonly MatterName[],
): Promise<readonly MatterName[]> {
  const connected = (from: 'own' | 'outward', to: 'own' | 'outward') =>
    inParts(matters, (ids) =>
      transaction
        .selectFrom('connection as outward')
        .innerJoin('connection as own', 'own.handle', 'outward.handle')
        .select([`${to}.matter`, `${to}.kind`])
        .distinct()
        .where('own.outward', '=', 0)
        .where('outward.outward', '=', 1)
        .where(`${from}.matter`, 'in', ids)
        .execute(),
    );
  return [...(await connected('own', 'outward')), ...(await connected('outward', 'own'))].map(named);
}

/** Loads matters together with those they refer to, and with entries of others that refer to them. */
export async function loadMatters(
  transaction: ViewsTransaction,
  names: readonly MatterName[],
): Promise<readonly LoadedMatter[]> {
  const links = await linksFrom(transaction, names);
  const mentions = await mentionsOf(transaction, names);
  const every = distinct([...names, ...links.map(named), ...mentions.map(named)]);
  const loaded = await entriesOf(transaction, every);
  const matterOf = (name: MatterName): LoadedMatter => ({ ...name, ...entriesIn(loaded, name), linked: new Map() });
  return names.map((name) => {
    const outward = links.filter((link) => link.from === name.id && link.from_kind === name.kind).toSorted(meantLast);
    const inward = mentions.filter(({ to, to_kind }) => to === name.id && to_kind === name.kind);
    return {
      ...matterOf(name),
      linked: new Map([
        ...[...Map.groupBy(inward, ({ handle }) => handle)].map(
          ([handle, found]) => [handle, mentioned(handle, found, matterOf)] as const,
        ),
        ...outward.map((link) => [link.handle, matterOf(named(link))] as const),
      ]),
    };
  });
}

/** What entries of these matters call something that others are called. */
const linksFrom = (transaction: ViewsTransaction, names: readonly MatterName[]) =>
  inParts(names, (ids) =>
    transaction
      .selectFrom('connection as outward')
      .innerJoin('connection as own', 'own.handle', 'outward.handle')
      .select(['outward.matter as from', 'outward.kind as from_kind', 'own.handle', 'own.matter', 'own.kind'])
      .select(({ fn }) => fn.min('own.entry_index').as('since'))
      .groupBy(['outward.matter', 'outward.kind', 'own.handle', 'own.matter', 'own.kind'])
      .where('own.outward', '=', 0)
      .where('outward.outward', '=', 1)
      .where('outward.matter', 'in', ids)
      .execute(),
  );

interface Mention {
  readonly matter: string;
  readonly kind: string;
  readonly entry_index: number;
}

/** Entries of other matters that call something what entries of these are called. */
const mentionsOf = (transaction: ViewsTransaction, names: readonly MatterName[]) =>
  inParts(names, (ids) =>
    transaction
      .selectFrom('connection as own')
      .innerJoin('connection as outward', 'outward.handle', 'own.handle')
      .select(['own.matter as to', 'own.kind as to_kind', 'own.handle'])
      .select(['outward.matter', 'outward.kind', 'outward.entry_index'])
      .distinct()
      .where('own.outward', '=', 0)
      .where('outward.outward', '=', 1)
      .where('own.matter', 'in', ids)
      .whereRef('outward.matter', '!=', 'own.matter')
      .orderBy('outward.entry_index')
      .execute(),
  );

/** The entries that mention a disclosure or an entry, as a matter of their own: the rest of theirs is not about it. */
function mentioned(
  handle: string,
  mentions: readonly Mention[],
  matterOf: (name: MatterName) => LoadedMatter,
): LoadedMatter {
  const indexes = new Set(mentions.map(({ entry_index }) => Number(entry_index)));
  const sources = distinct(mentions.map(named)).map(matterOf);
  const entries = [...new Set(sources.flatMap((source) => source.entries))].filter(({ index }) => indexes.has(index));
  const registries = new Map(sources.flatMap((source) => [...source.registries]));
  return {
    kind: 'exchange',
    id: handle,
    entries: entries.toSorted((a, b) => a.index - b.index),
    linked: new Map(),
    registries,
  };
}

interface Link {
  readonly kind: string;
  readonly matter: string;
  /** where in the log something was first called so there */
  readonly since: number;
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
  readonly entry: JudgedEntry;
  readonly registry: TreeSize;
}

async function entriesOf(
  transaction: ViewsTransaction,
  names: readonly MatterName[],
): Promise<ReadonlyMap<string, readonly Loaded[]>> {
  const rows = await inParts(names, (ids) =>
    transaction
      .selectFrom('matter')
      .innerJoin('fact', 'fact.entry_index', 'matter.entry_index')
      .selectAll('fact')
      .select(['matter.matter', 'matter.kind'])
      .where('matter.matter', 'in', ids)
      .orderBy('fact.entry_index')
      .execute(),
  );
  // Rules put matters together: an entry that stands in several of them is one.
  const entries = new Map(rows.map((row) => [row.entry_id, loadedFrom(row)]));
  const found = new Map<string, Loaded[]>();
  for (const row of rows) {
    const key = nameOf(named(row));
    const entry = entries.get(row.entry_id);
    if (entry) found.set(key, [...(found.get(key) ?? []), entry]);
  }
  return found;
}

function entriesIn(loaded: ReadonlyMap<string, readonly Loaded[]>, name: MatterName) {
  const found = loaded.get(nameOf(name)) ?? [];
  return {
    entries: found.map(({ entry }) => entry),
    registries: new Map(found.map(({ entry, registry }) => [entry.id, registry])),
  };
}

const loadedFrom = (row: FactTable): Loaded => ({
  registry: treeSize(Number(row.registry)),
  entry: {
    index: leafIndex(Number(row.entry_index)),
    id: row.entry_id as EntryId,
    issuer: row.issuer as AgencyId,
    recordedAt: row.recorded_at as Instant,
    said: row.said === null ? null : (JSON.parse(row.said) as SaidTerms),
  },
});

const named = ({ matter, kind }: { readonly matter: string; readonly kind: string }): MatterName => ({
  kind: kind as MatterName['kind'],
  id: matter,
});

export const distinct = (names: readonly MatterName[]): readonly MatterName[] => [
  ...new Map(names.map((name) => [nameOf(name), name])).values(),
];

/** Below the least number of parameters a statement may have. */
async function inParts<Row>(
  names: readonly MatterName[],
  ask: (ids: readonly string[]) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const ids = [...new Set(names.map(({ id }) => id))];
  const rows: Row[] = [];
  for (let at = 0; at < ids.length; at += atOnce) rows.push(...(await ask(ids.slice(at, at + atOnce))));
  return rows;
}
