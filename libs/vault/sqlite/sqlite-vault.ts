import { randomBytes, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AgencyId, EntryId, TreeSize } from '#kernel';
import { blockNames, type BlockName } from '#statement';
import { indexToken, nonceBytes, openBlock, sealBlock } from '../cipher.js';
import { createKeyFile, readKeyFile } from '../key-file.js';
import { placesIn } from '../places.js';
import { given, keysFor, sealEntries, unknownOf } from '../seal-entries.js';
import {
  Vault,
  VaultDamaged,
  VaultRefused,
  VaultUnavailable,
  type Destruction,
  type DigestsOf,
  type IndexTerm,
  type OpenedBlock,
  type Place,
  type SealedEntry,
} from '../vault.js';
import { BlockFile, isLive, type BlockRow, type LiveRow, type StoredRow } from './block-file.js';
import { emptyLog, transaction } from './database.js';
import { KeyStore } from './key-store.js';

/** Where a vault lies. Directories must exist. */
export interface VaultFiles {
  /** of `vault.sqlite` */
  readonly directory: string;
  /** the key-encryption key: 32 random bytes, mode 0600; made at the first start */
  readonly keyFile: string;
  /** the wrapped data keys; `keys.sqlite` in the same directory unless told otherwise */
  readonly keysFile?: string;
  /** MiB of the vault's pages kept in memory; whoever stores wants more than whoever only reads what is new */
  readonly cache?: number;
}

const chunk = 500;

/** The embedded profile's vault. One process at a time uses its files. */
export class SqliteVault extends Vault {
  readonly #keys: KeyStore;
  readonly #blocks: BlockFile;
  #open = true;

  private constructor(keys: KeyStore, blocks: BlockFile) {
    super();
    this.#keys = keys;
    this.#blocks = blocks;
  }

  /**
   * Each file is made before the next one is looked for, so that a first start may be cut off anywhere, while a file
   * that is missing later is noticed.
   *
   * @throws VaultRefused
   */
  static open({ directory, keyFile, keysFile = join(directory, 'keys.sqlite'), cache = 2 }: VaultFiles): SqliteVault {
    const file = join(directory, 'vault.sqlite');
    const exists = existsSync(file);
    if (!existsSync(keyFile)) {
      if (exists || existsSync(keysFile)) throw new VaultRefused(`key file ${keyFile} of the vault is missing`);
      createKeyFile(keyFile);
    }
    const master = readKeyFile(keyFile);
    if (exists && !existsSync(keysFile)) throw new VaultRefused(`${keysFile} with the keys of the vault is missing`);
    const keys = KeyStore.open(keysFile, master, !exists);
    try {
      return SqliteVault.#over(keys, BlockFile.open(file, { vaultId: keys.vaultId, mayCreate: keys.isUnused, cache }));
    } catch (error) {
      keys.close();
      throw error;
    }
  }

  static #over(keys: KeyStore, blocks: BlockFile): SqliteVault {
    try {
      keys.skipTo(Math.max(blocks.lastKey + 1, blocks.swept.key));
      const vault = new SqliteVault(keys, blocks);
      vault.#finishDestruction();
      return vault;
    } catch (error) {
      blocks.database.close();
      throw error;
    }
  }

  override async store(entries: readonly SealedEntry[], expected: TreeSize): Promise<void> {
    this.#answered(() =>
      transaction(this.#blocks.database, () => {
        const added = unknownOf(entries, (entry) => this.#knownOf(entry, expected));
        if (added.length > 0) this.#add(added, expected);
      }),
    );
  }

  override async open(
    ids: readonly EntryId[],
    only: readonly BlockName[] = blockNames,
  ): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>> {
    return this.#answered(() => {
      const opened = new Map<EntryId, readonly OpenedBlock[]>();
      for (const id of ids) {
        const rows = this.#blocks.ofEntryOnly(id, only);
        if (rows.length > 0) opened.set(id, this.#opened(rows));
      }
      return opened;
    });
  }

  override async destroy(what: Destruction): Promise<{ readonly entries: number; readonly blocks: number }> {
    return this.#answered(() => {
      const destroyed = transaction(this.#blocks.database, () => this.#erase(what));
      this.#finishDestruction();
      return destroyed;
    });
  }

  override async search(agency: AgencyId, term: IndexTerm): Promise<readonly EntryId[]> {
    return this.#answered(() => {
      const key = this.#keys.indexKey(agency);
      return key === undefined ? [] : [...new Set(this.#blocks.entriesWith(indexToken(key, term)))];
    });
  }

  override async exchangesOf(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly Place[]>> {
    return this.#answered(() => placesIn([...new Set(ids)].flatMap((id) => this.#blocks.placesOf(id))));
  }

  override async sweep(size: TreeSize, digestsOf: DigestsOf): Promise<number> {
    const end = this.#answered(() => this.#blocks.lastStored);
    let after = this.#answered(() => this.#blocks.swept.stored);
    let removed = 0;
    let nobodyWaits = true;
    for (;;) {
      const rows = this.#answered(() => this.#blocks.storedAfter(after, end, chunk));
      const last = rows.at(-1);
      if (last === undefined) break;
      const leaves = new Map<number, ReadonlySet<string> | null>();
      for (const { stored, entry, expected } of rows) if (expected < size) leaves.set(stored, await digestsOf(entry));
      const swept = this.#answered(() => this.#sweepRows(rows, leaves, size, nobodyWaits));
      removed += swept.removed;
      nobodyWaits &&= swept.nobodyWaits;
      after = last.stored;
    }
    this.#answered(() => this.#sweepKeys());
    return removed;
  }

  override async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#blocks.database.close();
    this.#keys.close();
  }

  /** What is known of an entry, which thereby learns of the later append. */
  #knownOf({ id, blocks }: SealedEntry, expected: TreeSize): string[] {
    const places = this.#blocks.placesOf(id);
    const again = places.filter(({ digest }) => blocks.some((block) => block.digest === digest));
    for (const stored of new Set(again.map((place) => place.stored))) this.#blocks.raise(stored, expected);
    return places.map(({ digest }) => digest);
  }

  // The keys are committed while the transaction of the blocks is open: a crash leaves keys without blocks, never
  // blocks without keys.
  #add(entries: readonly SealedEntry[], expected: TreeSize): void {
    const { count, agencies } = keysFor(entries);
    for (const { entry, blocks, tokens } of sealEntries(entries, this.#keys.create(count, agencies))) {
      const stored = this.#blocks.addStored(entry, expected);
      for (const { block, key, sealed } of blocks) this.#blocks.addBlock(stored, block, key, sealed);
      for (const token of tokens) this.#blocks.addToken(stored, token);
    }
  }

  #opened(rows: readonly BlockRow[]): OpenedBlock[] {
    const keys = new Map<number, KeyObject>();
    return rows.map((row) => {
      const { block, retention, digest } = row;
      if (!isLive(row)) return { block, retention, digest, erased: true };
      const key = keys.get(row.key) ?? this.#keyOf(row);
      keys.set(row.key, key);
      return { block, retention, digest, encoded: openBlock(key, row.entry, row, row.sealed) };
    });
  }

  #keyOf({ key, entry, block }: LiveRow): KeyObject {
    try {
      return this.#keys.dataKey(key);
    } catch (cause) {
      throw new VaultDamaged(entry, block, { cause });
    }
  }

  #erase(what: Destruction): { readonly entries: number; readonly blocks: number } {
    const rows = 'exchange' in what ? this.#blocks.ofExchange(what.exchange) : this.#blocks.ofEntry(what.entry);
    const names = 'exchange' in what ? undefined : what.blocks;
    const chosen = rows.filter(({ block }) => names?.includes(block) ?? true);
    const live = chosen.filter(isLive);
    this.#doomKeysOf(live);
    for (const row of live) this.#blocks.erase(row);
    if (names?.includes('people') ?? true) {
      for (const stored of new Set(rows.map((row) => row.stored))) this.#blocks.removeTokens(stored);
    }
    return { entries: new Set(live.map(({ entry }) => entry)).size, blocks: live.length };
  }

  /** Blocks under the same keys that are to stay get a fresh key first. */
  #doomKeysOf(leaving: readonly LiveRow[]): void {
    const ids = new Set(leaving.map(({ id }) => id));
    const keys = [...new Set(leaving.map(({ key }) => key))];
    const staying = keys
      .map((key) => this.#blocks.ofKey(key).filter(({ id }) => !ids.has(id)))
      .filter((rows) => rows.length > 0);
    const fresh = staying.length > 0 ? this.#keys.create(staying.length, []).data : [];
    staying.forEach((rows, place) => {
      const { id, key } = given(fresh[place]);
      for (const row of rows) {
        const encoded = openBlock(this.#keyOf(row), row.entry, row, row.sealed);
        this.#blocks.reseal(row, id, sealBlock(key, randomBytes(nonceBytes), row.entry, { ...row, encoded }));
      }
    });
    for (const key of keys) this.#blocks.doom(key);
  }

  #finishDestruction(): void {
    const { doomed } = this.#blocks;
    if (doomed.length === 0) return;
    this.#keys.destroy(doomed);
    emptyLog(this.#blocks.database);
    this.#blocks.forgetDoomed();
  }

  // The mark stays before the first row whose append may still succeed: it must be looked at again.
  #sweepRows(
    rows: readonly StoredRow[],
    leaves: ReadonlyMap<number, ReadonlySet<string> | null>,
    size: TreeSize,
    moveMark: boolean,
  ): { readonly removed: number; readonly nobodyWaits: boolean } {
    const swept = transaction(this.#blocks.database, () => {
      // Asking the log took time: a row stored again meanwhile waits for its leaf.
      const waits = ({ stored }: StoredRow): boolean => (this.#blocks.expectedOf(stored) ?? 0) >= size;
      const removed = this.#removeUnnamed(
        rows.filter((row) => leaves.has(row.stored) && !waits(row)),
        leaves,
      );
      const waiting = rows.find(waits);
      if (moveMark) this.#blocks.sweptStored(waiting ? waiting.stored - 1 : (rows.at(-1)?.stored ?? 0));
      return { removed, nobodyWaits: waiting === undefined };
    });
    this.#finishDestruction();
    return swept;
  }

  #removeUnnamed(rows: readonly StoredRow[], leaves: ReadonlyMap<number, ReadonlySet<string> | null>): number {
    const orphans = rows.flatMap(({ stored }) =>
      this.#blocks.ofStored(stored).filter(({ digest }) => leaves.get(stored)?.has(digest) !== true),
    );
    this.#doomKeysOf(orphans.filter(isLive));
    for (const row of orphans) this.#blocks.remove(row);
    for (const stored of new Set(orphans.map((row) => row.stored))) this.#blocks.removeIfEmpty(stored);
    return orphans.length;
  }

  // Whoever stores holds the transaction of the blocks from before its keys are made until they are used: inside one,
  // a key without a block is nobody's.
  #sweepKeys(): void {
    transaction(this.#blocks.database, () => {
      const { next } = this.#keys;
      let from = this.#blocks.swept.key;
      for (;;) {
        const ids = this.#keys.idsFrom(from, chunk);
        const last = ids.at(-1);
        if (last === undefined) break;
        this.#keys.destroy(ids.filter((id) => !this.#blocks.usesKey(id)));
        from = last + 1;
      }
      this.#blocks.sweptKey(next);
    });
  }

  #answered<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof VaultDamaged) throw error;
      throw new VaultUnavailable(this.#open ? 'the vault did not answer' : 'the vault is closed', { cause: error });
    }
  }
}
