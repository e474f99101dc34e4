import { randomUUID, type KeyObject } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AgencyId } from '#kernel';
import { makeDataKeys, makeIndexKey, openDataKey, openIndexKey, openVaultId, sealVaultId } from '../key-wrapping.js';
import type { NewKeys } from '../seal-entries.js';
import { VaultRefused } from '../vault.js';
import { emptyLog, isNew, migrate, openDatabase, transaction } from './database.js';

const layouts = [
  `CREATE TABLE vault (id BLOB NOT NULL, next INTEGER NOT NULL) STRICT;
   CREATE TABLE data_keys (id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
   CREATE TABLE index_keys (agency TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT`,
];

/** The keys of a vault, wrapped under the key-encryption key, in a file apart from what they encrypt. */
export class KeyStore {
  /** Names the vault these keys belong to. */
  readonly vaultId: string;
  readonly #database: DatabaseSync;
  readonly #master: KeyObject;
  readonly #statements: Readonly<Record<'next' | 'setNext' | 'insert' | 'find' | 'range' | 'remove', StatementSync>>;
  readonly #index: Readonly<Record<'insert' | 'find', StatementSync>>;

  private constructor(database: DatabaseSync, master: KeyObject, vaultId: string) {
    this.vaultId = vaultId;
    this.#database = database;
    this.#master = master;
    this.#statements = {
      next: database.prepare('SELECT next FROM vault'),
      setNext: database.prepare('UPDATE vault SET next = max(next, ?)'),
      insert: database.prepare('INSERT INTO data_keys (id, wrapped) VALUES (?, ?)'),
      find: database.prepare('SELECT wrapped FROM data_keys WHERE id = ?'),
      range: database.prepare('SELECT id FROM data_keys WHERE id >= ? ORDER BY id LIMIT ?'),
      remove: database.prepare('DELETE FROM data_keys WHERE id = ?'),
    };
    this.#index = {
      insert: database.prepare('INSERT INTO index_keys (agency, wrapped) VALUES (?, ?)'),
      find: database.prepare('SELECT wrapped FROM index_keys WHERE agency = ?'),
    };
  }

  /**
   * @param mayCreate false when a vault exists already, whose keys would be lost
   * @throws VaultRefused when the file is missing or `master` is not the key it was made with
   */
  static open(file: string, master: KeyObject, mayCreate: boolean): KeyStore {
    const database = openDatabase(file, layouts.length);
    try {
      if (isNew(database) && !mayCreate) throw new VaultRefused(`${file} does not hold the keys of the vault`);
      migrate(database, layouts, () => {
        database.prepare('INSERT INTO vault (id, next) VALUES (?, 1)').run(sealVaultId(master, randomUUID()));
      });
      return new KeyStore(database, master, vaultIdOf(database, master, file));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** True while no data key was ever made. */
  get isUnused(): boolean {
    return this.next === 1;
  }

  /** The id of the next data key. Ids are never used twice, also when their key is gone. */
  get next(): number {
    return Number(this.#statements.next.get()?.['next']);
  }

  /** Keeps clear of ids that stand in the vault, in case this file was restored from an older backup. */
  skipTo(next: number): void {
    this.#statements.setNext.run(next);
  }

  /** Makes data keys and the index keys that agencies still lack: durable on return, in one commit. */
  create(count: number, agencies: Iterable<AgencyId>): NewKeys<number> {
    return transaction(this.#database, () => {
      const first = this.next;
      const data = makeDataKeys(
        this.#master,
        Array.from({ length: count }, (_, place) => first + place),
      );
      for (const { id, wrapped } of data) this.#statements.insert.run(id, wrapped);
      this.#statements.setNext.run(first + count);
      return { data, index: new Map([...agencies].map((agency) => [agency, this.#indexKeyFor(agency)])) };
    });
  }

  /** @throws Error when there is no such key or it was changed */
  dataKey(id: number): KeyObject {
    const wrapped = this.#statements.find.get(id)?.['wrapped'];
    if (!(wrapped instanceof Uint8Array)) throw new Error('the data key is missing');
    return openDataKey(this.#master, id, wrapped);
  }

  /** @returns undefined when the agency has nothing indexed */
  indexKey(agency: AgencyId): KeyObject | undefined {
    const wrapped = this.#index.find.get(agency)?.['wrapped'];
    return wrapped instanceof Uint8Array ? openIndexKey(this.#master, agency, wrapped) : undefined;
  }

  /** The ids of existing data keys from `first` on. */
  idsFrom(first: number, limit: number): number[] {
    return this.#statements.range.all(first, limit).map((row) => Number(row['id']));
  }

  /** Destroys data keys: durable on return, and no file holds their bytes any more. */
  destroy(ids: readonly number[]): void {
    if (ids.length === 0) return;
    transaction(this.#database, () => ids.forEach((id) => this.#statements.remove.run(id)));
    emptyLog(this.#database);
  }

  close(): void {
    this.#database.close();
  }

  #indexKeyFor(agency: AgencyId): KeyObject {
    const existing = this.indexKey(agency);
    if (existing !== undefined) return existing;
    const { key, wrapped } = makeIndexKey(this.#master, agency);
    this.#index.insert.run(agency, wrapped);
    return key;
  }
}

function vaultIdOf(database: DatabaseSync, master: KeyObject, file: string): string {
  const sealed = database.prepare('SELECT id FROM vault').get()?.['id'];
  try {
    return openVaultId(master, sealed as Uint8Array);
  } catch (cause) {
    throw new VaultRefused(`the key file does not open ${file}`, { cause });
  }
}
