import type { TreeSize } from '#kernel';
import type { DigestsOf } from '../vault.js';
import { BlockTables, isLive, type StoredRow } from './block-tables.js';
import { doomKeysOf } from './erasure.js';
import { lockOf, sharing } from './layout.js';
import type { FoundVault } from './opening.js';

const chunk = 500;
/** Waits until every store that has begun is over; others that begin meanwhile wait behind it, so not for long. */
const alone = `SET LOCAL lock_timeout = '1s'; SELECT pg_advisory_xact_lock(${lockOf('blocks')})`;

type Leaves = ReadonlyMap<number, ReadonlySet<string> | null>;

/** One sweep of a vault in which others store, destroy and sweep at the same time. */
export class PostgresSweep {
  readonly #tables: BlockTables;

  /** @param finishDestruction destroys keys that were doomed */
  constructor(
    private readonly found: FoundVault,
    private readonly finishDestruction: () => Promise<void>,
  ) {
    this.#tables = new BlockTables(found.blocks);
  }

  async run(size: TreeSize, digestsOf: DigestsOf): Promise<number> {
    const end = await this.#end();
    let after = await this.#tables.swept();
    let removed = 0;
    let nobodyWaits = true;
    for (;;) {
      const rows = await this.#tables.storedAfter(after, end.stored, chunk);
      const last = rows.at(-1);
      if (last === undefined) break;
      const leaves = new Map<number, ReadonlySet<string> | null>();
      for (const { stored, entry, expected } of rows) if (expected < size) leaves.set(stored, await digestsOf(entry));
      const swept = await this.#sweepRows(rows, leaves, size);
      removed += swept.removed;
      // The mark stays before the first row whose append may still succeed: it must be looked at again.
      if (nobodyWaits) await this.#tables.setSwept((swept.waiting ?? last.stored + 1) - 1);
      nobodyWaits &&= swept.waiting === undefined;
      after = last.stored;
    }
    await this.finishDestruction();
    await this.#sweepKeys(end.made);
    return removed;
  }

  // Numbers are drawn by stores in one order and committed in another: up to here, all are committed or never will be.
  #end(): Promise<{ stored: number; made: number }> {
    return this.found.blocks.transaction(alone, async (session) => ({
      stored: await new BlockTables(session).lastStored(),
      made: await this.found.keys.lastMade(),
    }));
  }

  async #sweepRows(
    rows: readonly StoredRow[],
    leaves: Leaves,
    size: TreeSize,
  ): Promise<{ removed: number; waiting: number | undefined }> {
    const swept = await this.found.blocks.transaction(sharing, async (session) => {
      const blocks = new BlockTables(session);
      // Asking the log took time: a row stored again meanwhile waits for its leaf.
      const held = await blocks.lock(rows.map(({ stored }) => stored));
      const due = held.filter(({ stored, expected }) => expected < size && leaves.has(stored));
      const waiting = held.find(({ stored, expected }) => expected >= size || !leaves.has(stored))?.stored;
      return { removed: await this.#removeUnnamed(due, leaves, blocks), waiting };
    });
    if (swept.removed > 0) await this.finishDestruction();
    return swept;
  }

  async #removeUnnamed(due: readonly StoredRow[], leaves: Leaves, blocks: BlockTables): Promise<number> {
    if (due.length === 0) return 0;
    const rows = await blocks.ofStored(due.map(({ stored }) => stored));
    const orphans = rows.filter(({ stored, digest }) => leaves.get(stored)?.has(digest) !== true);
    if (orphans.length === 0) return 0;
    await doomKeysOf(orphans.filter(isLive), rows, { blocks, keys: this.found.keys });
    await blocks.remove(orphans);
    await blocks.removeEmpty([...new Set(orphans.map(({ stored }) => stored))]);
    return orphans.length;
  }

  // Every store and every fresh key of a destruction up to `end` is over: a key without a block is nobody's for ever.
  async #sweepKeys(end: number): Promise<void> {
    const { keys } = this.found;
    let after = await keys.swept();
    for (;;) {
      const made = await keys.madeAfter(after, end, chunk);
      const last = made.at(-1);
      if (last === undefined) break;
      await keys.discard(await this.#tables.unused(made.map(({ id }) => id)));
      after = last.made;
    }
    await keys.setSwept(after);
  }
}
