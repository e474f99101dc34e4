import { DatabaseSync } from 'node:sqlite';
import { streamNames } from '../event-store.js';

const layout = 1;

/**
 * A connection on the file of an event store, which is created when absent; its directory must exist.
 * Every commit reaches the disk before it returns. Others' writes are waited for up to five seconds.
 *
 * @throws Error when the file has a layout this version does not know
 */
export function openConnection(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    createTables(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function createTables(database: DatabaseSync): void {
  const found = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (found === layout) return;
  if (found !== 0) throw new Error(`the event store has layout ${String(found)}, this version knows ${layout}`);
  const tables = streamNames.map(
    (stream) => `CREATE TABLE IF NOT EXISTS "${stream}" (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;`,
  );
  database.exec(`BEGIN IMMEDIATE; ${tables.join('')} PRAGMA user_version = ${layout}; COMMIT`);
}
