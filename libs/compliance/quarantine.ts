import { leafIndex, type LeafIndex } from '#kernel';
import type { ViewsDatabase, ViewsTransaction } from './views.js';

/** What to do with an entry that cannot be folded: stop there, or put it aside, visibly, and go on. */
export type PoisonPolicy = 'halt' | 'quarantine';

/** One row per entry a projection put aside. The view lacks it until it is built anew by code that can fold it. */
export interface QuarantinedEntryTable {
  readonly name: string;
  readonly entry_index: number;
  readonly partition: number;
  /** name of what failed; never what the entry holds */
  readonly failure: string;
}

export interface QuarantinedEntry {
  readonly name: string;
  readonly index: LeafIndex;
  readonly failure: string;
}

export async function createQuarantine(database: ViewsDatabase): Promise<void> {
  await database.schema
    .createTable('quarantined_entry')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('entry_index', 'bigint', (column) => column.notNull())
    .addColumn('partition', 'integer', (column) => column.notNull())
    .addColumn('failure', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('quarantined_entry_key', ['name', 'entry_index'])
    .execute();
}

/** Must be written in the transaction that moves the position over the entry. */
export async function putAside(
  transaction: ViewsTransaction,
  { name, index, failure }: QuarantinedEntry,
  partition: number,
): Promise<void> {
  await transaction.insertInto('quarantined_entry').values({ name, entry_index: index, partition, failure }).execute();
}

/** @returns the first entry that one of these projections lacks; null when they lack none */
export async function firstQuarantined(database: ViewsDatabase, names: readonly string[]): Promise<LeafIndex | null> {
  if (names.length === 0) return null;
  const first = await database
    .selectFrom('quarantined_entry')
    .select('entry_index')
    .where('name', 'in', names)
    .orderBy('entry_index')
    .limit(1)
    .executeTakeFirst();
  return first === undefined ? null : leafIndex(Number(first.entry_index));
}

/** @returns the first of them, in the order of the log */
export async function quarantinedEntries(database: ViewsDatabase, limit: number): Promise<readonly QuarantinedEntry[]> {
  const rows = await database
    .selectFrom('quarantined_entry')
    .select(['name', 'entry_index', 'failure'])
    .orderBy('entry_index')
    .orderBy('name')
    .limit(limit)
    .execute();
  return rows.map(({ name, entry_index, failure }) => ({ name, index: leafIndex(Number(entry_index)), failure }));
}
