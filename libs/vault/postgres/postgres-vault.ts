import type { AgencyId, EntryId, TreeSize } from '#kernel';
import type { BlockName } from '#statement';
import { indexToken } from '../cipher.js';
import { keysFor, sealEntries, unknownOf } from '../seal-entries.js';
import {
  Vault,
  type Destruction,
  type DigestsOf,
  type IndexTerm,
  type OpenedBlock,
  type Place,
  type SealedEntry,
} from '../vault.js';
import { BlockReader, placesOf } from './block-reader.js';
import { BlockTables, isLive } from './block-tables.js';
import { Overtaken } from './database.js';
import { doomKeysOf } from './erasure.js';
import { sharing } from './layout.js';
import { findVault, type FoundVault, type PostgresVaultPlace } from './opening.js';
import { PostgresSweep } from './postgres-sweep.js';
import { refusalOf } from './refusal.js';
import { eraseRestored } from './restored-blocks.js';

/**
 * The cluster profile's vault: blocks and tokens in one schema, keys in another, which may be another database's. Any
 * number of processes use it at once. Keys are durable before the blocks under them; keys of what is destroyed are
 * noted with the blocks and destroyed after them, by this process or by the next that starts, destroys or sweeps.
 *
 * What is destroyed cannot be asked for any more at once. The server itself keeps bytes of deleted rows until it
 * vacuums, its write-ahead log until it is recycled, and backups until they expire: hence keys in a place of their own,
 * wrapped, with a shorter backup.
 */
export class PostgresVault extends Vault {
  readonly #reader: BlockReader;
  readonly #tables: BlockTables;

  private constructor(private readonly found: FoundVault) {
    super();
    this.#reader = new BlockReader(found.blocks, found.keys);
    this.#tables = new BlockTables(found.blocks);
  }

  /**
   * Users of the addresses are members of `nachweis_vault_writer` and of `nachweis_keys_writer`.
   *
   * @throws VaultRefused when the vault cannot be reached or entered, was not migrated, or its parts do not belong
   *   together
   */
  static async open(place: PostgresVaultPlace): Promise<PostgresVault> {
    const found = await findVault(place);
    const vault = new PostgresVault(found);
    try {
      await vault.#finishDestruction();
      await eraseRestored(found);
      return vault;
    } catch (error) {
      await vault.close();
      throw refusalOf(found.blocks.host, error);
    }
  }

  /**
   * For processes that only read: users are members of `nachweis_vault_reader` and of `nachweis_keys_reader`. To them
   * the server shows the blocks `terms` and no other, whatever they ask for.
   *
   * @throws VaultRefused
   */
  static async openReader(place: PostgresVaultPlace): Promise<Pick<Vault, 'open' | 'exchangesOf' | 'close'>> {
    return new PostgresVault(await findVault(place));
  }

  override async store(entries: readonly SealedEntry[], expected: TreeSize): Promise<void> {
    await this.found.blocks.transaction(sharing, async (session) => {
      const blocks = new BlockTables(session);
      const known = await this.#knownOf(entries, expected, blocks);
      const added = unknownOf(entries, ({ id }) => known.get(id) ?? []);
      if (added.length === 0) return;
      const { count, agencies } = keysFor(added);
      const sealed = sealEntries(added, await this.found.keys.create(count, agencies));
      const wanted = added.reduce((sum, entry) => sum + entry.blocks.length, 0);
      if ((await blocks.add(sealed, expected)) < wanted) throw new Overtaken();
    });
  }

  override async open(
    ids: readonly EntryId[],
    only?: readonly BlockName[],
  ): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>> {
    return this.#reader.open(ids, only);
  }

  override async destroy(what: Destruction): Promise<{ readonly entries: number; readonly blocks: number }> {
    const destroyed = await this.found.blocks.transaction(sharing, (session) =>
      this.#erase(what, new BlockTables(session)),
    );
    await this.#finishDestruction();
    return destroyed;
  }

  override async search(agency: AgencyId, term: IndexTerm): Promise<readonly EntryId[]> {
    const key = await this.found.keys.indexKey(agency);
    return key === undefined ? [] : [...new Set(await this.#tables.entriesWith(indexToken(key, term)))];
  }

  override async exchangesOf(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly Place[]>> {
    return placesOf(this.found.blocks, ids);
  }

  override async sweep(size: TreeSize, digestsOf: DigestsOf): Promise<number> {
    const sweep = new PostgresSweep(this.found, () => this.#finishDestruction());
    return sweep.run(size, digestsOf);
  }

  /** @throws VaultUnavailable unless the database of the keys answers */
  async reachKeys(): Promise<void> {
    await this.found.keys.swept();
  }

  override async close(): Promise<void> {
    await this.found.close();
  }

  /** What is kept under the ids. Rows whose digests are stored again learn of the later append. */
  async #knownOf(
    entries: readonly SealedEntry[],
    expected: TreeSize,
    blocks: BlockTables,
  ): Promise<ReadonlyMap<EntryId, readonly string[]>> {
    const ids = entries.map(({ id }) => id);
    const given = new Set(entries.flatMap((entry) => entry.blocks.map(({ digest }) => digest)));
    const held = new Set<number>();
    for (;;) {
      const known = await blocks.known(ids);
      const again = known.filter(({ digest, stored }) => given.has(digest) && !held.has(stored));
      if (again.length === 0) return byEntry(known);
      // Once held, what is still there can no longer be swept away before this transaction is over. While it waited
      // for somebody who held it, more of the same may have been stored.
      const stored = [...new Set(again.map((row) => row.stored))];
      await blocks.lock(stored);
      await blocks.raise(stored, expected);
      for (const one of stored) held.add(one);
    }
  }

  async #erase(what: Destruction, blocks: BlockTables): Promise<{ entries: number; blocks: number }> {
    const held = 'exchange' in what ? await blocks.lockExchange(what.exchange) : await blocks.lockEntry(what.entry);
    const stored = held.map((row) => row.stored);
    const rows = await blocks.ofStored(stored);
    const names = 'exchange' in what ? undefined : what.blocks;
    const live = rows.filter(isLive).filter(({ block }) => names?.includes(block) ?? true);
    await doomKeysOf(live, rows, { blocks, keys: this.found.keys });
    if (live.length > 0) await blocks.erase(live);
    if (names?.includes('people') ?? true) await blocks.removeTokens(stored);
    return { entries: new Set(live.map(({ entry }) => entry)).size, blocks: live.length };
  }

  async #finishDestruction(): Promise<void> {
    const doomed = await this.#tables.doomed();
    if (doomed.length === 0) return;
    await this.found.keys.destroy(doomed);
    await this.#tables.forgetDoomed(doomed);
  }
}

function byEntry(rows: readonly { entry: EntryId; digest: string }[]): ReadonlyMap<EntryId, readonly string[]> {
  const digests = new Map<EntryId, string[]>();
  for (const { entry, digest } of rows) digests.set(entry, [...(digests.get(entry) ?? []), digest]);
  return digests;
}
