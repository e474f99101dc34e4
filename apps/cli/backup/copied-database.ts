import { closeSync, openSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { syncPath } from './written-file.js';

const pagesAtOnce = 4_096;

/**
 * Copies a SQLite database as it is at this moment, also while another process writes to it, into one file that only
 * its owner may read. As long as it reads, the ledger cannot empty its write-ahead log: an erasure is refused
 * meanwhile and succeeds when it is asked for again.
 *
 * @param progress hears of pages
 * @throws Error when the target exists, or either file cannot be used
 */
export async function copyDatabase(
  file: string,
  target: string,
  progress: (done: number, total: number) => void,
): Promise<void> {
  closeSync(openSync(target, 'wx', 0o600));
  const source = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    // Without a transaction of its own, the copy would start anew at every commit of the ledger.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    const total = await backup(source, target, {
      rate: pagesAtOnce,
      progress: ({ totalPages, remainingPages }) => progress(totalPages - remainingPages, totalPages),
    });
    progress(total, total);
    source.exec('COMMIT');
  } finally {
    source.close();
  }
  asOneFile(target);
  syncPath(target);
}

/** A database in one file, without a write-ahead log beside it. */
function asOneFile(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    database.close();
  }
}
