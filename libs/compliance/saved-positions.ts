import { savedPosition, type SavedPosition } from '#kernel';
import type { ViewsDatabase, ViewsTransaction } from './views.js';

/** How far each projection has come. Written in the transaction that writes its rows, never apart from them. */
export interface SavedPositionTable {
  readonly name: string;
  /** version of the projection that built the rows */
  readonly version: number;
  readonly position: number;
}

/** Somebody else has moved the projection on: its position must be read again before it goes on. */
export class PositionMoved extends Error {
  override readonly name = 'PositionMoved';
}

export async function createSavedPositions(database: ViewsDatabase): Promise<void> {
  await database.schema
    .createTable('saved_position')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('position', 'bigint', (column) => column.notNull())
    .execute();
}

/** @returns undefined for a projection that was never built */
export async function readPosition(
  database: ViewsDatabase,
  name: string,
): Promise<{ readonly version: number; readonly position: SavedPosition } | undefined> {
  const row = await database
    .selectFrom('saved_position')
    .select(['version', 'position'])
    .where('name', '=', name)
    .executeTakeFirst();
  return row && { version: Number(row.version), position: savedPosition(Number(row.position)) };
}

/** Starts a projection from the beginning. */
export async function resetPosition(
  transaction: ViewsTransaction,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<void> {
  await transaction.deleteFrom('saved_position').where('name', '=', name).execute();
  await transaction.insertInto('saved_position').values({ name, version, position: 0 }).execute();
}

/** @throws PositionMoved when the projection is not at `from` */
export async function movePosition(
  transaction: ViewsTransaction,
  name: string,
  from: SavedPosition,
  to: SavedPosition,
): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('saved_position')
    .set({ position: to })
    .where('name', '=', name)
    .where('position', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new PositionMoved(`${name} is no longer at ${from}`);
}
