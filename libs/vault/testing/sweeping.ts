import { treeSize, type EntryId } from '#kernel';
import type { IndexTerm, SealedEntry, Vault } from '../vault.js';
import { expectKept } from './expect-kept.js';
import { entry, exchange, expected, grown, police, sealedEntry } from './sealed-entry.js';

const client: IndexTerm = { kind: 'subject', value: 'client 7' };

/** The promises of `sweep`, and of `store` towards it. */
export function sweeping(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('sweeping', () => {
    const leavesOf = (entries: readonly SealedEntry[]) => {
      const leaves = new Map(entries.map(({ id, blocks }) => [id, new Set(blocks.map(({ digest }) => digest))]));
      return async (id: EntryId): Promise<ReadonlySet<string> | null> => leaves.get(id) ?? null;
    };

    it('removes what no leaf names and keeps what one does', async () => {
      const kept = sealedEntry(1, { index: [client] });
      const orphan = sealedEntry(2, { index: [client] });
      await vault().store([kept, orphan], expected);
      expect(await vault().sweep(grown, leavesOf([kept]))).toBe(4);
      await reopen();
      await expectKept(vault(), [kept]);
      expect(await vault().open([orphan.id])).toEqual(new Map());
      expect(await vault().search(police, client)).toEqual([kept.id]);
    });

    it('of one id keeps the salts that the leaf names', async () => {
      const lost = sealedEntry(1, { salt: 'lost' });
      const won = sealedEntry(1, { salt: 'won' });
      await vault().store([lost, won], expected);
      expect(await vault().sweep(grown, leavesOf([won]))).toBe(4);
      await expectKept(vault(), [won]);
    });

    it('keeps the named blocks of an entry of which others are not named', async () => {
      const named = sealedEntry(1, { blocks: ['terms', 'staff'] });
      await vault().store([sealedEntry(1)], expected);
      expect(await vault().sweep(grown, leavesOf([named]))).toBe(2);
      await expectKept(vault(), [named]);
    });

    it('keeps the tombstones of what was destroyed', async () => {
      await vault().store([sealedEntry(1)], expected);
      await vault().destroy({ entry: entry(1), blocks: ['people'] });
      expect(await vault().sweep(grown, leavesOf([sealedEntry(1)]))).toBe(0);
      await expectKept(vault(), [sealedEntry(1)], ['people']);
    });

    it('asks only for what was stored since the last sweep, also after it was opened again', async () => {
      const asked: EntryId[] = [];
      const all = [1, 2, 3, 4].map((number) => sealedEntry(number));
      const leaves = leavesOf(all);
      const asking = async (id: EntryId): Promise<ReadonlySet<string> | null> => {
        asked.push(id);
        return leaves(id);
      };
      await vault().store(all.slice(0, 2), expected);
      await vault().sweep(grown, asking);
      await reopen();
      await vault().store(all.slice(2), expected);
      await vault().sweep(grown, asking);
      await vault().sweep(grown, asking);
      expect(asked).toEqual([1, 2, 3, 4].map(entry));
    });

    it('sees what is stored after everything before was removed', async () => {
      await vault().store([sealedEntry(1)], expected);
      await vault().sweep(grown, leavesOf([]));
      await reopen();
      await vault().store([sealedEntry(2)], expected);
      expect(await vault().sweep(grown, leavesOf([]))).toBe(4);
    });

    it('looks through more entries than fit in memory at once', async () => {
      const entries = Array.from({ length: 1_203 }, (_, number) => sealedEntry(number, { blocks: ['terms'] }));
      const kept = entries.filter((_, number) => number % 3 === 0);
      await vault().store(entries, expected);
      expect(await vault().sweep(grown, leavesOf(kept))).toBe(802);
      expect([...(await vault().open(entries.map(({ id }) => id))).keys()]).toEqual(kept.map(({ id }) => id));
    });

    it('stops where the log cannot be asked, and goes on from there', async () => {
      await vault().store([sealedEntry(1)], expected);
      const broken = vault().sweep(grown, () => Promise.reject(new Error('the log does not answer')));
      await expect(broken).rejects.toThrow('the log does not answer');
      await expectKept(vault(), [sealedEntry(1)]);
      expect(await vault().sweep(grown, leavesOf([]))).toBe(4);
    });
  });
}

/** What no leaf names may be about to get one: only a log that has grown past it decides. */
export function racingAppends(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('sweeping while others are about to append', () => {
    const noLeaf = async (): Promise<null> => null;
    const at = treeSize;

    it.each([
      [9, 8, 0],
      [9, 9, 0],
      [9, 10, 4],
      [2 ** 40, 2 ** 40, 0],
      [2 ** 40, 2 ** 40 + 1, 4],
    ])('blocks expecting a log of %d, swept at %d: %d removed', async (size, sweptAt, removed) => {
      await vault().store([sealedEntry(1)], at(size));
      expect(await vault().sweep(at(sweptAt), noLeaf)).toBe(removed);
      await expectKept(vault(), removed > 0 ? [] : [sealedEntry(1)]);
    });

    it('never asks the log about blocks whose append may still succeed', async () => {
      await vault().store([sealedEntry(1)], at(5));
      const asking = vault().sweep(at(5), () => Promise.reject(new Error('the log was asked')));
      expect(await asking).toBe(0);
    });

    it('looks again at what was not to be touched, however much was swept around it', async () => {
      await vault().store([sealedEntry(1)], at(1));
      await vault().store([sealedEntry(2)], at(20));
      await vault().store([sealedEntry(3), sealedEntry(4)], at(2));
      expect(await vault().sweep(at(10), noLeaf)).toBe(12);
      await expectKept(vault(), [sealedEntry(2)]);
      await reopen();
      expect(await vault().sweep(at(20), noLeaf)).toBe(0);
      expect(await vault().sweep(at(21), noLeaf)).toBe(4);
    });

    it('keeps what was stored again for a later append', async () => {
      await vault().store([sealedEntry(1), sealedEntry(2)], at(5));
      await vault().store([sealedEntry(1)], at(9));
      expect(await vault().sweep(at(6), noLeaf)).toBe(4);
      await expectKept(vault(), [sealedEntry(1)]);
      await vault().store([sealedEntry(1)], at(3));
      expect(await vault().sweep(at(9), noLeaf)).toBe(0);
      expect(await vault().sweep(at(10), noLeaf)).toBe(4);
    });

    it('lets blocks be stored again that it removed: whole and readable', async () => {
      const swept = sealedEntry(1, { index: [client], exchange: exchange(1) });
      await vault().store([swept], at(5));
      await vault().sweep(at(6), noLeaf);
      await vault().store([swept], at(6));
      expect(await vault().sweep(at(6), noLeaf)).toBe(0);
      await reopen();
      await expectKept(vault(), [swept]);
      expect(await vault().search(police, client)).toEqual([swept.id]);
    });

    it('keeps what is stored again while the log is asked about it', async () => {
      await vault().store([sealedEntry(1), sealedEntry(2)], at(5));
      const removed = await vault().sweep(at(6), async (id) => {
        if (id === entry(2)) await vault().store([sealedEntry(1)], at(6));
        return null;
      });
      expect(removed).toBe(4);
      await expectKept(vault(), [sealedEntry(1)]);
      expect(await vault().sweep(at(7), noLeaf)).toBe(4);
    });

    it('does not touch what is stored while it runs', async () => {
      await vault().store([sealedEntry(1)], at(5));
      await vault().sweep(at(6), async () => {
        await vault().store([sealedEntry(2)], at(6));
        return null;
      });
      await expectKept(vault(), [sealedEntry(2)]);
    });

    it('survives two sweeps at once: each block is removed once', async () => {
      const kept = sealedEntry(0);
      await vault().store([kept, ...[1, 2, 3].map((number) => sealedEntry(number))], at(5));
      const leaf = async (id: EntryId) => (id === kept.id ? new Set(kept.blocks.map(({ digest }) => digest)) : null);
      const removed = await Promise.all([vault().sweep(at(6), leaf), vault().sweep(at(6), leaf)]);
      expect(removed[0] + removed[1]).toBe(12);
      await expectKept(vault(), [kept]);
    });
  });
}
