import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EntryId, ExchangeId, TreeSize } from '#kernel';
import { blockNames, type BlockName } from '#statement';
import type { PlaceRow } from '../places.js';
import { VaultRefused, type SealedBlock, type SealedEntry } from '../vault.js';
import { isNew, migrate, openDatabase } from './database.js';

/** A block as it lies in the file. Erased blocks have neither key nor ciphertext. */
export interface BlockRow extends Omit<SealedBlock, 'encoded'> {
  readonly id: number;
  readonly stored: number;
  readonly entry: EntryId;
  readonly key: number | null;
  readonly sealed: Uint8Array | null;
}

export interface LiveRow extends BlockRow {
  readonly key: number;
  readonly sealed: Uint8Array;
}

export const isLive = (row: BlockRow): row is LiveRow => row.key !== null && row.sealed !== null;

/** One entry of one call of `store`; an id stored with other salts has several. */
export interface StoredRow {
  readonly stored: number;
  readonly entry: EntryId;
  /** the size its leaf was last about to be appended at */
  readonly expected: TreeSize;
}

/** Up to where sweeps have looked. */
export interface Swept {
  readonly stored: number;
  readonly key: number;
}

// AUTOINCREMENT: a number freed by a sweep must not come back below the mark of the next one.
const layouts = [
  `
  CREATE TABLE vault (id TEXT NOT NULL, swept_stored INTEGER NOT NULL, swept_key INTEGER NOT NULL) STRICT;
  CREATE TABLE stored (
    id INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL, agency TEXT NOT NULL, exchange TEXT) STRICT;
  CREATE INDEX stored_by_entry ON stored (entry);
  CREATE INDEX stored_by_exchange ON stored (exchange) WHERE exchange IS NOT NULL;
  CREATE TABLE blocks (
    id INTEGER PRIMARY KEY, stored INTEGER NOT NULL, block TEXT NOT NULL, retention TEXT NOT NULL,
    digest TEXT NOT NULL, key INTEGER, sealed BLOB, CHECK ((key IS NULL) = (sealed IS NULL))) STRICT;
  CREATE UNIQUE INDEX blocks_by_stored ON blocks (stored, block);
  CREATE INDEX blocks_by_key ON blocks (key) WHERE key IS NOT NULL;
  CREATE TABLE tokens (token BLOB NOT NULL, stored INTEGER NOT NULL, PRIMARY KEY (token, stored)) STRICT, WITHOUT ROWID;
  CREATE INDEX tokens_by_stored ON tokens (stored);
  CREATE TABLE doomed (key INTEGER PRIMARY KEY) STRICT`,
  // One process stores at a time: whatever it left behind before this layout has its leaf or never gets one.
  'ALTER TABLE stored ADD COLUMN expected INTEGER NOT NULL DEFAULT 0',
];

const rows = `
  SELECT blocks.id, stored, entry, block, retention, digest, key, sealed
  FROM stored JOIN blocks ON blocks.stored = stored.id`;

const statements = {
  insertStored: 'INSERT INTO stored (entry, agency, exchange, expected) VALUES (?, ?, ?, ?)',
  raise: 'UPDATE stored SET expected = ? WHERE id = ? AND expected < ?',
  insertBlock: 'INSERT INTO blocks (stored, block, retention, digest, key, sealed) VALUES (?, ?, ?, ?, ?, ?)',
  insertToken: 'INSERT OR IGNORE INTO tokens (token, stored) VALUES (?, ?)',
  ofEntry: `${rows} WHERE entry = ? ORDER BY blocks.id`,
  ofEntryOnly: `${rows} WHERE entry = ? AND block IN (${blockNames.map(() => '?').join(', ')}) ORDER BY blocks.id`,
  ofExchange: `${rows} WHERE exchange = ? ORDER BY blocks.id`,
  ofStored: `${rows} WHERE stored.id = ? ORDER BY blocks.id`,
  ofKey: `${rows} WHERE key = ? ORDER BY blocks.id`,
  places: `
    SELECT entry, stored.id AS stored, exchange, digest FROM stored JOIN blocks ON blocks.stored = stored.id
    WHERE entry = ? ORDER BY blocks.id`,
  found: 'SELECT entry FROM tokens JOIN stored ON stored.id = stored WHERE token = ? ORDER BY stored.id',
  erase: 'UPDATE blocks SET key = NULL, sealed = NULL WHERE id = ?',
  remove: 'DELETE FROM blocks WHERE id = ?',
  reseal: 'UPDATE blocks SET key = ?, sealed = ? WHERE id = ?',
  removeTokens: 'DELETE FROM tokens WHERE stored = ?',
  removeEmpty: 'DELETE FROM stored WHERE id = ? AND NOT EXISTS (SELECT 1 FROM blocks WHERE stored = stored.id)',
  storedAfter: 'SELECT id AS stored, entry, expected FROM stored WHERE id > ? AND id <= ? ORDER BY id LIMIT ?',
  expected: 'SELECT expected FROM stored WHERE id = ?',
  lastStored: 'SELECT coalesce(max(id), 0) AS last FROM stored',
  lastKey: 'SELECT coalesce(max(key), 0) AS last FROM blocks WHERE key IS NOT NULL',
  usesKey: 'SELECT 1 FROM blocks WHERE key = ? LIMIT 1',
  swept: 'SELECT swept_stored AS stored, swept_key AS key FROM vault',
  sweptStored: 'UPDATE vault SET swept_stored = max(swept_stored, ?)',
  sweptKey: 'UPDATE vault SET swept_key = max(swept_key, ?)',
  doom: 'INSERT OR IGNORE INTO doomed (key) VALUES (?)',
  doomed: 'SELECT key FROM doomed',
  removeDoomed: 'DELETE FROM doomed',
} as const;

/** The tables of sealed blocks, with every question asked of them. Decides nothing and opens no block. */
export class BlockFile {
  readonly #is: Readonly<Record<keyof typeof statements, StatementSync>>;

  private constructor(readonly database: DatabaseSync) {
    const prepared = Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)]);
    this.#is = Object.fromEntries(prepared) as Record<keyof typeof statements, StatementSync>;
  }

  /**
   * @param vaultId of the keys it belongs to
   * @param mayCreate false when keys were made already, whose blocks would be missing
   * @throws VaultRefused when the file is missing or belongs to other keys
   */
  static open(
    file: string,
    { vaultId, mayCreate, cache }: { vaultId: string; mayCreate: boolean; cache: number },
  ): BlockFile {
    const database = openDatabase(file, layouts.length, cache);
    try {
      if (isNew(database) && !mayCreate) {
        throw new VaultRefused(`${file} is missing or empty, but there are keys for its blocks`);
      }
      migrate(database, layouts, () => {
        database.prepare('INSERT INTO vault VALUES (?, 0, 0)').run(vaultId);
      });
      if (database.prepare('SELECT id FROM vault').get()?.['id'] !== vaultId) {
        throw new VaultRefused(`${file} belongs to other keys`);
      }
      return new BlockFile(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  addStored({ id, agency, exchange }: SealedEntry, expected: TreeSize): number {
    return Number(this.#is.insertStored.run(id, agency, exchange, expected).lastInsertRowid);
  }

  raise(stored: number, expected: TreeSize): void {
    this.#is.raise.run(expected, stored, expected);
  }

  addBlock(stored: number, { block, retention, digest }: SealedBlock, key: number, sealed: Uint8Array): void {
    this.#is.insertBlock.run(stored, block, retention, digest, key, sealed);
  }

  addToken(stored: number, token: Uint8Array): void {
    this.#is.insertToken.run(token, stored);
  }

  ofEntry = (entry: EntryId): BlockRow[] => this.#is.ofEntry.all(entry) as unknown as BlockRow[];

  /** Blocks that nobody asks for are not read. */
  ofEntryOnly(entry: EntryId, only: readonly BlockName[]): BlockRow[] {
    const names = blockNames.map((name) => (only.includes(name) ? name : null));
    return this.#is.ofEntryOnly.all(entry, ...names) as unknown as BlockRow[];
  }

  ofExchange = (exchange: ExchangeId): BlockRow[] => this.#is.ofExchange.all(exchange) as unknown as BlockRow[];
  ofStored = (stored: number): BlockRow[] => this.#is.ofStored.all(stored) as unknown as BlockRow[];
  ofKey = (key: number): LiveRow[] => this.#is.ofKey.all(key) as unknown as LiveRow[];

  placesOf = (entry: EntryId): PlaceRow[] => this.#is.places.all(entry) as unknown as PlaceRow[];
  entriesWith = (token: Uint8Array): EntryId[] => this.#is.found.all(token).map((row) => row['entry'] as EntryId);

  /** Leaves digest, name and retention class as a tombstone. */
  erase(row: BlockRow): void {
    this.#is.erase.run(row.id);
  }

  remove(row: BlockRow): void {
    this.#is.remove.run(row.id);
  }

  reseal(row: BlockRow, key: number, sealed: Uint8Array): void {
    this.#is.reseal.run(key, sealed, row.id);
  }

  removeTokens(stored: number): void {
    this.#is.removeTokens.run(stored);
  }

  removeIfEmpty(stored: number): void {
    if (this.#is.removeEmpty.run(stored).changes > 0) this.removeTokens(stored);
  }

  storedAfter(after: number, upTo: number, limit: number): StoredRow[] {
    return this.#is.storedAfter.all(after, upTo, limit) as unknown as StoredRow[];
  }

  get lastStored(): number {
    return Number(this.#is.lastStored.get()?.['last']);
  }

  get lastKey(): number {
    return Number(this.#is.lastKey.get()?.['last']);
  }

  usesKey = (key: number): boolean => this.#is.usesKey.get(key) !== undefined;

  get swept(): Swept {
    return this.#is.swept.get() as unknown as Swept;
  }

  sweptStored(upTo: number): void {
    this.#is.sweptStored.run(upTo);
  }

  sweptKey(upTo: number): void {
    this.#is.sweptKey.run(upTo);
  }

  /** @returns undefined when the row is gone */
  expectedOf(stored: number): TreeSize | undefined {
    return this.#is.expected.get(stored)?.['expected'] as TreeSize | undefined;
  }

  /** Notes, in the same commit as what becomes unreadable, that a key is to be destroyed. */
  doom(key: number): void {
    this.#is.doom.run(key);
  }

  get doomed(): number[] {
    return this.#is.doomed.all().map((row) => Number(row['key']));
  }

  forgetDoomed(): void {
    this.#is.removeDoomed.run();
  }
}
