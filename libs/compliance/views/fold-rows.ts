import type { AgencyId, LeafIndex } from '#kernel';
import { insertRows } from '../insert-rows.js';
import { partsOfIds, type LoadedMatter } from '../judging/judged-matters.js';
import type { MatterName } from '../judging/matters-of.js';
import type { RegistryWith } from '../judging/registries-of.js';
import type { ViewsTransaction } from '../views.js';
import { writeCorrectionParties } from './correction-parties.js';
import { everybodyIn } from './everybody-in.js';
import { everyRowsView } from './every-view.js';
import { partiesOf } from './known-to.js';
import { rowsOfEach, type Network, type SeenRow } from './rows-of.js';
import { orderingOf } from './sorted.js';
import type { Cell, RowsView } from './view.js';
import type { MatterPartyTable, ViewRowTable } from './view-rows.js';

/**
 * Writes the rows of these matters anew, in every view. Most stay as they are: only what is not there is written.
 *
 * @param registryWith the registry as it was when an entry was recorded
 */
export async function foldRows(
  transaction: ViewsTransaction,
  matters: readonly LoadedMatter[],
  registryWith: RegistryWith,
): Promise<void> {
  const everybody = new Map(matters.map((matter) => [matter, everybodyIn(matter, registryWith)]));
  await writeParties(transaction, everybody);
  await writeCorrectionParties(transaction, everybody);
  const rows = matters.flatMap((matter) => {
    const places = new Map(matter.entries.map(({ id, index }) => [id, index]));
    const network: Network = {
      everybody: everybody.get(matter) ?? [],
      admittedAt: (entry) => registryWith(matter, entry).registry,
    };
    return rowsOfEach(everyRowsView, matter, network).map(([view, row]) =>
      stored(view, matter, row, places.get(row.entry) ?? null),
    );
  });
  await writeRows(transaction, matters, rows);
}

async function writeRows(
  transaction: ViewsTransaction,
  matters: readonly MatterName[],
  rows: readonly ViewRowTable[],
): Promise<void> {
  const fresh = new Map(rows.map((row) => [`${row.view} ${row.id}`, row]));
  const stale: ViewRowTable[] = [];
  for (const [kind, ids] of idsByKind(matters)) {
    const known = transaction.selectFrom('view_row').selectAll().where('matter', 'in', ids).where('kind', '=', kind);
    for (const row of await known.execute()) {
      const name = `${row.view} ${row.id}`;
      const now = fresh.get(name);
      if (now !== undefined && isSame(row, now)) fresh.delete(name);
      else stale.push(row);
    }
  }
  for (const [view, some] of Map.groupBy(stale, (row) => row.view)) {
    for (const ids of partsOfIds(some.map(({ id }) => id))) {
      await transaction.deleteFrom('view_row').where('view', '=', view).where('id', 'in', ids).execute();
    }
  }
  await insertRows(transaction, 'view_row', [...fresh.values()]);
}

/** Databases give large numbers back as they like. */
const isSame = (one: ViewRowTable, other: ViewRowTable): boolean =>
  (Object.keys(other) as (keyof ViewRowTable)[]).every(
    (column) =>
      one[column] === other[column] || (column === 'entry_index' && String(one[column]) === `${other[column]}`),
  );

async function writeParties(
  transaction: ViewsTransaction,
  everybody: ReadonlyMap<LoadedMatter, readonly AgencyId[]>,
): Promise<void> {
  const nameOf = (row: MatterPartyTable): string => [row.kind, row.matter, row.agency, row.shown_from].join(' ');
  const fresh = new Map<string, MatterPartyTable>();
  for (const [matter, members] of everybody) {
    for (const [agency, shown_from] of partiesOf(matter, members)) {
      const row = { matter: matter.id, kind: matter.kind, agency, shown_from };
      fresh.set(nameOf(row), row);
    }
  }
  const stale: MatterPartyTable[] = [];
  for (const [kind, ids] of idsByKind([...everybody.keys()])) {
    const known = transaction
      .selectFrom('matter_party')
      .selectAll()
      .where('matter', 'in', ids)
      .where('kind', '=', kind);
    for (const row of await known.execute()) if (!fresh.delete(nameOf(row))) stale.push(row);
  }
  for (const { matter, kind, agency } of stale) {
    await transaction
      .deleteFrom('matter_party')
      .where('matter', '=', matter)
      .where('kind', '=', kind)
      .where('agency', '=', agency)
      .execute();
  }
  await insertRows(transaction, 'matter_party', [...fresh.values()]);
}

/** Ids of matters of each kind, in lists of few lengths. */
const idsByKind = (matters: readonly MatterName[]): readonly (readonly [MatterName['kind'], readonly string[]])[] =>
  [...Map.groupBy(matters, (matter) => matter.kind)].flatMap(([kind, some]) =>
    partsOfIds(some.map(({ id }) => id)).map((ids) => [kind, ids] as const),
  );

function stored(view: RowsView, matter: MatterName, row: SeenRow, place: LeafIndex | null): ViewRowTable {
  const { agency, key, entry, cells, shownFrom, shownUntil } = row;
  const { by } = view.order;
  return {
    view: view.name,
    id: storable([agency, key, matter.kind, matter.id, shownFrom].join(' ')),
    agency,
    key: storable(key),
    matter: matter.id,
    kind: matter.kind,
    entry_id: entry,
    entry_index: place,
    shown_from: shownFrom,
    shown_until: shownUntil,
    ordering: storable(orderingOf(view.columns[by]?.kind ?? 'text', cells[by] ?? null)),
    cells: written(cells),
  };
}

function written(cells: SeenRow['cells']): string {
  const text = JSON.stringify(cells);
  return unstorable.test(text)
    ? JSON.stringify(cells, (_, value: Cell) => (typeof value === 'string' ? storable(value) : value))
    : text;
}

/** What {@link storable} replaces, as JSON escapes it. */
const unstorable = /\\u(?:0000|d[89a-f])/;

/** PostgreSQL has no U+0000 and no lone surrogates in texts. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\u{FFFD}');
