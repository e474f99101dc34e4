import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { VaultRefused } from '../vault.js';

/**
 * A connection on a file that only its owner may read, created when absent. Commits reach the disk before they
 * return; what is deleted is overwritten.
 *
 * @param layouts how many this version knows
 * @param cache MiB of pages kept in memory
 * @throws VaultRefused when the file has a later one
 */
export function openDatabase(file: string, layouts: number, cache = 2): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file, { timeout: 500 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  // Ids are random, so every batch touches pages all over the file: they are moved into it less often.
  database.exec(`PRAGMA cache_size = ${-1024 * cache}; PRAGMA wal_autocheckpoint = 4000`);
  const found = layoutOf(database);
  if (found <= layouts) return database;
  database.close();
  throw new VaultRefused(`${file} has layout ${found}, this version knows ${layouts}`);
}

/** True until the first layout was made. */
export const isNew = (database: DatabaseSync): boolean => layoutOf(database) === 0;

/**
 * Brings a file to the last layout, all steps or none.
 *
 * @param layouts what each layout adds to the one before it; the first one makes the tables
 * @param fill runs once, after the tables were made
 */
export function migrate(database: DatabaseSync, layouts: readonly string[], fill: () => void): void {
  if (layoutOf(database) === layouts.length) return;
  transaction(database, () => {
    const found = layoutOf(database);
    database.exec(`${layouts.slice(found).join(';')}; PRAGMA user_version = ${layouts.length}`);
    if (found === 0) fill();
  });
}

export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk makes SQLite roll back by itself; a second ROLLBACK would hide the cause.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Moves everything into the file proper and empties the write-ahead log, where deleted bytes would linger.
 *
 * @throws Error while another connection still reads
 */
export function emptyLog(database: DatabaseSync): void {
  const busy = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'];
  if (busy !== 0) throw new Error('another connection keeps the write-ahead log in use');
}

const layoutOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
