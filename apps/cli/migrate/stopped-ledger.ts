import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WrongUse } from '../wrong-use.js';

/** The log of an embedded ledger, and the file whose lock its process holds as long as it runs. */
const logFile = 'log.sqlite';
const lockedFile = 'register.sqlite';

/**
 * Takes the place of the ledger's process on a folder of data, so that none can start on it meanwhile.
 *
 * @returns gives the place back
 * @throws WrongUse when the folder holds no ledger, or one runs on it
 */
export function holdStoppedLedger(data: string): () => void {
  if (!existsSync(join(data, logFile))) throw new WrongUse(`${data} holds no log of an embedded ledger`);
  const database = new DatabaseSync(join(data, lockedFile), { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT');
    return () => database.close();
  } catch (cause) {
    database.close();
    throw new WrongUse(`a ledger is running on ${data}; stop it first`, { cause });
  }
}

/** From now on no embedded ledger starts on this folder: its log lives on elsewhere. */
export function markMigrated(data: string): void {
  writeFileSync(join(data, 'migrated'), 'by nachweis migrate\n', { mode: 0o600, flush: true });
}
