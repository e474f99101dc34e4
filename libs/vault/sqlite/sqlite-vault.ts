import { randomBytes, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AgencyId, EntryId } from '#kernel';
import { blockNames, type BlockName } from '#statement';
import { indexToken, nonceBytes, openBlock, sealBlock } from '../cipher.js';
import { createKeyFile, readKeyFile } from '../key-file.js';
import {
  Vault,
  VaultDamaged,
  VaultRefused,
  VaultUnavailable,
  type Destruction,
  type IndexTerm,
  type OpenedBlock,
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

  override async store(entries: readonly SealedEntry[]): Promise<void> {
    this.#answered(() =>
      transaction(this.#blocks.database, () => {
        const added = this.#withoutKnown(entries);
        if (added.length > 0) this.#add(added);
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
        const rows = this.#blocks.ofEntry(id).filter(({ block }) => only.includes(block));
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

  override async sweep(digestsOf: (id: EntryId) => Promise<ReadonlySet<string> | null>): Promise<number> {
    const end = this.#answered(() => this.#blocks.lastStored);
    let removed = 0;
    for (;;) {
      const candidates = this.#answered(() => this.#blocks.storedAfter(this.#blocks.swept.stored, end, chunk));
      if (candidates.length === 0) break;
      const named: (ReadonlySet<string> | null)[] = [];
      for (const { entry } of candidates) named.push(await digestsOf(entry));
      removed += this.#answered(() => this.#removeUnnamed(candidates, named));
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

  #withoutKnown(entries: readonly SealedEntry[]): SealedEntry[] {
    const known = new Map<EntryId, Set<string>>();
    const added: SealedEntry[] = [];
    for (const entry of entries) {
      const digests = known.get(entry.id) ?? new Set(this.#blocks.digestsOf(entry.id));
      known.set(entry.id, digests);
      const blocks = entry.blocks.filter(({ digest }) => !digests.has(digest));
      for (const { digest } of blocks) digests.add(digest);
      if (blocks.length > 0) added.push({ ...entry, blocks });
    }
    return added;
  }

  // The keys are committed while the transaction of the blocks is open: a crash leaves keys without blocks, never
  // blocks without keys.
  #add(entries: readonly SealedEntry[]): void {
    const classes = entries.map(({ blocks }) => [...new Set(blocks.map(({ retention }) => retention))]);
    const indexed = entries.filter(({ index }) => index.length > 0).map(({ agency }) => agency);
    const keys = this.#keys.create(classes.flat().length, new Set(indexed));
    const nonce = nonces(entries.reduce((count, { blocks }) => count + blocks.length, 0));
    const data = keys.data.values();
    entries.forEach((entry, place) => {
      const ofClass = new Map(classes[place]?.map((retention) => [retention, taken(data)]));
      const stored = this.#blocks.addStored(entry);
      for (const block of entry.blocks) {
        const { id, key } = given(ofClass.get(block.retention));
        this.#blocks.addBlock(stored, block, id, sealBlock(key, nonce(), entry.id, block));
      }
      for (const term of entry.index) {
        this.#blocks.addToken(stored, indexToken(given(keys.index.get(entry.agency)), term));
      }
    });
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

  #removeUnnamed(candidates: readonly StoredRow[], named: readonly (ReadonlySet<string> | null)[]): number {
    const removed = transaction(this.#blocks.database, () => {
      const orphans = candidates.flatMap(({ stored }, place) =>
        this.#blocks.ofStored(stored).filter(({ digest }) => named[place]?.has(digest) !== true),
      );
      this.#doomKeysOf(orphans.filter(isLive));
      for (const row of orphans) this.#blocks.remove(row);
      for (const stored of new Set(orphans.map((row) => row.stored))) this.#blocks.removeIfEmpty(stored);
      const last = given(candidates.at(-1)).stored;
      this.#blocks.swept = { ...this.#blocks.swept, stored: last };
      return orphans.length;
    });
    this.#finishDestruction();
    return removed;
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
      this.#blocks.swept = { ...this.#blocks.swept, key: next };
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

/** Fresh nonces out of one draw of randomness. */
function nonces(count: number): () => Buffer {
  const random = randomBytes(count * nonceBytes);
  let used = 0;
  return () => random.subarray(used, (used += nonceBytes));
}

function taken<Value>(values: Iterator<Value, unknown>): Value {
  const next = values.next();
  if (next.done === true) throw new Error('fewer keys than asked for');
  return next.value;
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a key is missing that was just made');
  return value;
}
