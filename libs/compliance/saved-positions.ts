import { offset, savedPosition, sizeAt, treeSize, type Offset, type SavedPosition, type TreeSize } from '#kernel';
import { createQuarantine } from './quarantine.js';
import type { ViewsDatabase, ViewsTransaction } from './views.js';

/**
 * How far each projection has come, a row for each partition of the stream it is folded from. Written in the
 * transaction that writes its rows, never apart from them.
 */
export interface SavedPositionTable {
  readonly name: string;
  /** 0 alone where a projection follows the log itself */
  readonly partition: number;
  /** version of the projection that built the rows */
  readonly version: number;
  /** how many partitions there are, so that an answer knows whether a row is missing */
  readonly partitions: number;
  /** index after the last leaf of this partition that was folded or quarantined */
  readonly position: number;
  /** leaves of this partition in the rows */
  readonly folded: number;
  /** leaves of this partition that could not be folded and were put aside */
  readonly quarantined: number;
  /** where in the record stream to read on; a hint, null where nobody knows */
  readonly next_offset: number | null;
}

/** A row of {@link SavedPositionTable} as it is worked with. */
export interface PartitionPosition {
  readonly name: string;
  readonly partition: number;
  readonly version: number;
  readonly partitions: number;
  readonly position: SavedPosition;
  readonly folded: number;
  readonly quarantined: number;
  readonly nextOffset: Offset | null;
}

/** Somebody else has moved the projection on: its position must be read again before it goes on. */
export class PositionMoved extends Error {
  override readonly name = 'PositionMoved';
}

/**
 * Creates the tables of positions and of what was put aside where they are absent. Positions without partitions are
 * of an older version: their views are built anew.
 */
export async function createSavedPositions(database: ViewsDatabase): Promise<void> {
  const before = (await database.introspection.getTables()).find(({ name }) => name === 'saved_position');
  if (before && !before.columns.some(({ name }) => name === 'partition')) {
    await database.schema.dropTable('saved_position').execute();
  }
  await database.schema
    .createTable('saved_position')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('partition', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('partitions', 'integer', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .addColumn('folded', 'bigint', (column) => column.notNull())
    .addColumn('quarantined', 'bigint', (column) => column.notNull())
    .addColumn('next_offset', 'bigint')
    .addPrimaryKeyConstraint('saved_position_key', ['name', 'partition'])
    .execute();
  await createQuarantine(database);
}

/** @returns undefined for a projection that was never built */
export async function readPosition(
  database: ViewsDatabase,
  name: string,
  partition = 0,
): Promise<PartitionPosition | undefined> {
  const rows = await readPositions(database, [name]);
  return rows.find((row) => row.partition === partition);
}

/** @returns what is there of these projections, by name and partition */
export async function readPositions(
  database: ViewsDatabase,
  names: readonly string[],
): Promise<readonly PartitionPosition[]> {
  if (names.length === 0) return [];
  const rows = await database
    .selectFrom('saved_position')
    .selectAll()
    .where('name', 'in', names)
    .orderBy('name')
    .orderBy('partition')
    .execute();
  return rows.map(positionOf);
}

/** Starts a projection from the beginning of each of its partitions. */
export async function resetPosition(
  transaction: ViewsTransaction,
  { name, version }: { readonly name: string; readonly version: number },
  partitions = 1,
): Promise<void> {
  await transaction.deleteFrom('saved_position').where('name', '=', name).execute();
  await transaction
    .insertInto('saved_position')
    .values(
      Array.from({ length: partitions }, (_, partition) => ({
        name,
        partition,
        version,
        partitions,
        position: 0,
        folded: 0,
        quarantined: 0,
        next_offset: null,
      })),
    )
    .execute();
}

/**
 * Moves a projection that follows the log itself.
 *
 * @throws PositionMoved when the projection is not at `from`
 */
export async function movePosition(
  transaction: ViewsTransaction,
  name: string,
  from: SavedPosition,
  to: SavedPosition,
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('saved_position')
    .set({ position: to, folded: to })
    .where('name', '=', name)
    .where('partition', '=', 0)
    .where('position', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new PositionMoved(`${name} is no longer at ${from}`);
}

/**
 * Reads the positions of one partition and keeps everybody else from moving them until the transaction ends. It is an
 * update that changes nothing, because not every database has rows locked by reading them.
 */
export async function lockPositions(
  transaction: ViewsTransaction,
  names: readonly string[],
  partition: number,
): Promise<readonly PartitionPosition[]> {
  const rows = await transaction
    .updateTable('saved_position')
    .set(({ ref }) => ({ partition: ref('partition') }))
    .where('name', 'in', names)
    .where('partition', '=', partition)
    .returningAll()
    .execute();
  return rows.map(positionOf);
}

/** Writes a position that {@link lockPositions} of the same transaction gave. */
export async function savePosition(transaction: ViewsTransaction, to: PartitionPosition): Promise<void> {
  const { position, folded, quarantined, nextOffset } = to;
  await transaction
    .updateTable('saved_position')
    .set({ position, folded, quarantined, next_offset: nextOffset })
    .where('name', '=', to.name)
    .where('partition', '=', to.partition)
    .execute();
}

/**
 * Up to which leaf the rows of all these projections are complete: nothing before it is missing in any of them.
 *
 * @returns 0 while a projection lacks a row of one of its partitions
 */
export async function completeUpTo(transaction: ViewsDatabase, names: readonly string[]): Promise<TreeSize> {
  const rows = await readPositions(transaction, names);
  const sizes = names.map((name) => completeSize(rows.filter((row) => row.name === name)));
  return treeSize(Math.min(...sizes));
}

/**
 * How many leaves each of these projections has at least, in whatever order they came: unlike {@link completeUpTo} it
 * hardly changes while one leaf is on its way.
 */
export async function leavesHeld(transaction: ViewsDatabase, names: readonly string[]): Promise<number> {
  const rows = await readPositions(transaction, names);
  return Math.min(...names.map((name) => counted(rows.filter((row) => row.name === name))));
}

const counted = (rows: readonly PartitionPosition[]): number =>
  rows.reduce((sum, { folded, quarantined }) => sum + folded + quarantined, 0);

/** Leaves are dealt to partitions, so a partition without a late leaf does not say how far the log was read. */
function completeSize(rows: readonly PartitionPosition[]): TreeSize {
  const [first] = rows;
  if (first === undefined || rows.length < first.partitions) return treeSize(0);
  const furthest = Math.max(...rows.map(({ position }) => position));
  if (counted(rows) === furthest) return treeSize(furthest);
  return sizeAt(savedPosition(Math.min(...rows.map(({ position }) => position))));
}

/** Drivers give large whole numbers as numbers or as text. */
function positionOf(row: SavedPositionTable): PartitionPosition {
  return {
    name: row.name,
    partition: Number(row.partition),
    version: Number(row.version),
    partitions: Number(row.partitions),
    position: savedPosition(Number(row.position)),
    folded: Number(row.folded),
    quarantined: Number(row.quarantined),
    nextOffset: row.next_offset === null ? null : offset(Number(row.next_offset)),
  };
}
