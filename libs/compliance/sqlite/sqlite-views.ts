import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import { Kysely, sql } from 'kysely';
import type { Views, ViewsSchema } from '../views.js';
import { NodeSqliteDialect } from './node-sqlite-dialect.js';

/**
 * Opens the file of the views, which is created when absent; its directory must exist. A commit does not wait for the
 * disk: after a power loss rows and saved position are older together, and the log brings them up again.
 *
 * @param file a path, or `:memory:`
 */
export function openSqliteViews(file: string): Views {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON');
  } catch (error) {
    database.close();
    throw error;
  }
  const views = new Kysely<ViewsSchema>({ dialect: new NodeSqliteDialect(database) });
  return {
    database: views,
    isTransient,
    // One process has the file, and one transaction at a time.
    lock: async () => {},
    folded: (entries) => database.exec(entries > many ? roomForMany : roomForFew),
    // Deleted rows are overwritten in the file at once (secure_delete); this takes them out of the write-ahead log.
    scrub: async () => void (await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(views)),
  };
}

/** Entries that are folded at once only by who has fallen far behind. */
const many = 2_000;

/**
 * How much of the file is kept in memory, in KiB, and how many pages the write-ahead log may hold before they go to the
 * file. Rows of many entries lie all over the file: without room, the same pages are read and written again and again.
 */
const roomForMany = 'PRAGMA cache_size = -98304; PRAGMA wal_autocheckpoint = 16384';
const roomForFew = 'PRAGMA cache_size = -2048; PRAGMA wal_autocheckpoint = 1000';

/** BUSY, LOCKED, NOMEM, IOERR, FULL, CANTOPEN, PROTOCOL of https://sqlite.org/rescode.html */
const passing = new Set([5, 6, 7, 10, 13, 14, 15]);

/** The low byte of an extended result code is the primary one. */
const isTransient = (error: unknown): boolean =>
  isNativeError(error) && 'errcode' in error && passing.has(Number(error.errcode) % 256);
