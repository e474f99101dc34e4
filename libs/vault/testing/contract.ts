import type { EntryId } from '#kernel';
import type { BlockName } from '#statement';
import { VaultUnavailable, type IndexTerm, type SealedEntry, type Vault } from '../vault.js';
import { entry, exchange, police, sealedEntry, youthOffice } from './sealed-entry.js';

/** A vault under test with data of its own. */
export interface OpenedVault {
  readonly vault: Vault;
  /** Closes the vault that is open and opens another on the same data. */
  reopen(): Promise<Vault>;
  /** Closes it and removes the data. */
  close(): Promise<void>;
}

const client: IndexTerm = { kind: 'subject', value: 'client 7' };
const file: IndexTerm = { kind: 'case', value: 'client 7' };

const byDigest = (a: { digest: string }, b: { digest: string }): number => (a.digest < b.digest ? -1 : 1);

/** The promises of {@link Vault}. Every adapter runs all of them. */
export function vaultContract(name: string, open: () => Promise<OpenedVault>): void {
  describe(`a vault ${name}`, () => {
    let opened: OpenedVault;
    let vault: Vault;

    beforeEach(async () => {
      opened = await open();
      vault = opened.vault;
    });
    afterEach(() => opened.close());

    const reopened = async (): Promise<void> => {
      vault = await opened.reopen();
    };
    keeping(() => vault, reopened);
    destroying(() => vault, reopened);
    searching(() => vault, reopened);
    sweeping(() => vault, reopened);

    it('says that it is unavailable once it is closed, and lets itself be closed again', async () => {
      await vault.close();
      await vault.close();
      await expect(vault.store([sealedEntry(1)])).rejects.toThrow(VaultUnavailable);
      await expect(vault.open([entry(1)])).rejects.toThrow(VaultUnavailable);
      await expect(vault.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
      await expect(vault.search(police, client)).rejects.toThrow(VaultUnavailable);
      await expect(vault.sweep(async () => null)).rejects.toThrow(VaultUnavailable);
    });
  });
}

/** Expects exactly the blocks of these sealed entries under their id, those named in `erased` as tombstones. */
async function expectKept(
  vault: Vault,
  entries: readonly SealedEntry[],
  erased: readonly BlockName[] = [],
): Promise<void> {
  for (const id of new Set(entries.map((each) => each.id))) {
    const expected = entries
      .filter((each) => each.id === id)
      .flatMap(({ blocks }) => blocks)
      .map(({ encoded, ...label }) =>
        erased.includes(label.block) ? { ...label, erased: true } : { ...label, encoded },
      );
    const blocks = (await vault.open([id])).get(id) ?? [];
    expect([...blocks].sort(byDigest)).toEqual(expected.sort(byDigest));
  }
}

function keeping(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('keeping', () => {
    it('gives back every block of every entry, also after it was opened again', async () => {
      const entries = [sealedEntry(1), sealedEntry(2, { blocks: ['terms', 'told', 'withheld'] }), sealedEntry(3)];
      await vault().store(entries);
      await expectKept(vault(), entries);
      await reopen();
      await expectKept(vault(), entries);
    });

    it('keeps text of any script', async () => {
      const entries = [sealedEntry(1, { value: { name: 'Müller-Ç 張 🜚', empty: '', list: [1, null, true] } })];
      await vault().store(entries);
      await expectKept(vault(), entries);
    });

    it('opens several entries at once and leaves out those it does not know', async () => {
      await vault().store([sealedEntry(1), sealedEntry(2)]);
      const opened = await vault().open([entry(2), entry(9), entry(1), entry(2)]);
      expect([...opened.keys()].sort()).toEqual([entry(1), entry(2)]);
      expect((await vault().open([])).size).toBe(0);
    });

    it('opens only the blocks that are wanted', async () => {
      await vault().store([sealedEntry(1)]);
      const names = (await vault().open([entry(1)], ['terms'])).get(entry(1))?.map(({ block }) => block);
      expect(names).toEqual(['terms']);
      expect((await vault().open([entry(1)], [])).size).toBe(0);
    });

    it('keeps an id that is stored again with other salts beside the first', async () => {
      const first = sealedEntry(1);
      const second = sealedEntry(1, { salt: 'other', blocks: ['terms', 'people'] });
      await vault().store([first]);
      await vault().store([second]);
      await expectKept(vault(), [first, second]);
    });

    it('keeps both when one call holds an id twice with other salts', async () => {
      const both = [sealedEntry(1), sealedEntry(1, { salt: 'other' })];
      await vault().store(both);
      await expectKept(vault(), both);
    });

    it('leaves what it has alone when the same is stored again', async () => {
      await vault().store([sealedEntry(1)]);
      await vault().store([sealedEntry(1), sealedEntry(1), sealedEntry(2)]);
      await expectKept(vault(), [sealedEntry(1), sealedEntry(2)]);
    });

    it('adds the blocks of an entry that it lacks', async () => {
      await vault().store([sealedEntry(1, { blocks: ['terms'] })]);
      await vault().store([sealedEntry(1)]);
      await expectKept(vault(), [sealedEntry(1)]);
    });

    it('stores nothing when given nothing', async () => {
      await vault().store([]);
      await vault().store([sealedEntry(1, { blocks: [] })]);
      expect((await vault().open([entry(1)])).size).toBe(0);
    });

    it('takes a whole batch of 400 entries', async () => {
      const entries = Array.from({ length: 400 }, (_, number) => sealedEntry(number));
      await vault().store(entries);
      expect((await vault().open(entries.map(({ id }) => id))).size).toBe(400);
      await expectKept(vault(), [sealedEntry(0), sealedEntry(399)]);
    });
  });
}

function destroying(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('destroying', () => {
    it.each<{ blocks: readonly BlockName[] }>([
      { blocks: ['people'] },
      { blocks: ['terms', 'people'] },
      { blocks: ['staff', 'reasons'] },
      { blocks: ['terms', 'staff'] },
    ])('the blocks $blocks leaves them as erased and the others readable', async ({ blocks }) => {
      const others = [sealedEntry(1), sealedEntry(3)];
      await vault().store([...others, sealedEntry(2)]);
      expect(await vault().destroy({ entry: entry(2), blocks })).toEqual({ entries: 1, blocks: blocks.length });
      await expectKept(vault(), [sealedEntry(2)], blocks);
      await expectKept(vault(), others);
      await reopen();
      await expectKept(vault(), [sealedEntry(2)], blocks);
      await expectKept(vault(), others);
    });

    it('block after block ends with nothing readable', async () => {
      const blocks: BlockName[] = ['terms', 'people', 'told', 'staff', 'reasons', 'withheld'];
      const whole = sealedEntry(1, { blocks });
      await vault().store([whole]);
      for (const [place, block] of blocks.entries()) {
        expect(await vault().destroy({ entry: whole.id, blocks: [block] })).toEqual({ entries: 1, blocks: 1 });
        await expectKept(vault(), [whole], blocks.slice(0, place + 1));
      }
    });

    it('an entry erases all its blocks, whatever the salts', async () => {
      const both = [sealedEntry(1), sealedEntry(1, { salt: 'other' })];
      await vault().store([...both, sealedEntry(2)]);
      expect(await vault().destroy({ entry: entry(1) })).toEqual({ entries: 1, blocks: 8 });
      await expectKept(vault(), both, ['terms', 'people', 'staff', 'reasons']);
      await expectKept(vault(), [sealedEntry(2)]);
    });

    it('an exchange erases its entries and no others', async () => {
      const within = [
        sealedEntry(1, { exchange: exchange(1) }),
        sealedEntry(2, { exchange: exchange(1), agency: youthOffice }),
      ];
      const outside = [sealedEntry(3, { exchange: exchange(2) }), sealedEntry(4)];
      await vault().store([...within, ...outside]);
      expect(await vault().destroy({ exchange: exchange(1) })).toEqual({ entries: 2, blocks: 8 });
      await expectKept(vault(), within, ['terms', 'people', 'staff', 'reasons']);
      await expectKept(vault(), outside);
    });

    it('twice, or what is not there, does nothing', async () => {
      await vault().store([sealedEntry(1)]);
      await vault().destroy({ entry: entry(1) });
      const nothing = { entries: 0, blocks: 0 };
      expect(await vault().destroy({ entry: entry(1) })).toEqual(nothing);
      expect(await vault().destroy({ entry: entry(1), blocks: ['terms'] })).toEqual(nothing);
      expect(await vault().destroy({ entry: entry(9) })).toEqual(nothing);
      expect(await vault().destroy({ exchange: exchange(9) })).toEqual(nothing);
      expect(await vault().destroy({ entry: entry(1), blocks: [] })).toEqual(nothing);
    });

    it('is not undone by storing the same block again', async () => {
      await vault().store([sealedEntry(1, { index: [client] })]);
      await vault().destroy({ entry: entry(1) });
      await vault().store([sealedEntry(1, { index: [client] })]);
      await expectKept(vault(), [sealedEntry(1)], ['terms', 'people', 'staff', 'reasons']);
      expect(await vault().search(police, client)).toEqual([]);
    });
  });
}

function searching(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('searching', () => {
    it('finds the entries an agency recorded with a term, in order, also after it was opened again', async () => {
      await vault().store([sealedEntry(2, { index: [client] }), sealedEntry(1, { index: [client, file] })]);
      await vault().store([sealedEntry(3, { index: [client, client] }), sealedEntry(4)]);
      await reopen();
      expect(await vault().search(police, client)).toEqual([entry(2), entry(1), entry(3)]);
      expect(await vault().search(police, file)).toEqual([entry(1)]);
      expect(await vault().search(police, { kind: 'subject', value: 'client 8' })).toEqual([]);
    });

    it('never crosses agencies', async () => {
      await vault().store([
        sealedEntry(1, { index: [client], exchange: exchange(1) }),
        sealedEntry(2, { index: [client], exchange: exchange(1), agency: youthOffice }),
      ]);
      expect(await vault().search(police, client)).toEqual([entry(1)]);
      expect(await vault().search(youthOffice, client)).toEqual([entry(2)]);
    });

    it('answers nothing to an agency that recorded nothing', async () => {
      await vault().store([sealedEntry(1, { index: [client] })]);
      expect(await vault().search(youthOffice, client)).toEqual([]);
    });

    it('names an entry once that was stored with several salts', async () => {
      await vault().store([sealedEntry(1, { index: [client] }), sealedEntry(1, { index: [client], salt: 'other' })]);
      expect(await vault().search(police, client)).toEqual([entry(1)]);
    });

    it('no longer finds an entry whose people are destroyed, but finds it without its reasons', async () => {
      const found = async (): Promise<readonly EntryId[]> => vault().search(police, client);
      await vault().store(
        [1, 2, 3, 4].map((number) => sealedEntry(number, { index: [client], exchange: exchange(number) })),
      );
      await vault().destroy({ entry: entry(1), blocks: ['people'] });
      await vault().destroy({ entry: entry(2), blocks: ['reasons', 'staff'] });
      expect(await found()).toEqual([entry(2), entry(3), entry(4)]);
      await vault().destroy({ entry: entry(3) });
      await vault().destroy({ exchange: exchange(4) });
      expect(await found()).toEqual([entry(2)]);
    });
  });
}

function sweeping(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('sweeping', () => {
    const leavesOf = (entries: readonly SealedEntry[]) => {
      const leaves = new Map(entries.map(({ id, blocks }) => [id, new Set(blocks.map(({ digest }) => digest))]));
      return async (id: EntryId): Promise<ReadonlySet<string> | null> => leaves.get(id) ?? null;
    };

    it('removes what no leaf names and keeps what one does', async () => {
      const kept = sealedEntry(1, { index: [client] });
      const orphan = sealedEntry(2, { index: [client] });
      await vault().store([kept, orphan]);
      expect(await vault().sweep(leavesOf([kept]))).toBe(4);
      await reopen();
      await expectKept(vault(), [kept]);
      expect(await vault().open([orphan.id])).toEqual(new Map());
      expect(await vault().search(police, client)).toEqual([kept.id]);
    });

    it('of one id keeps the salts that the leaf names', async () => {
      const lost = sealedEntry(1, { salt: 'lost' });
      const won = sealedEntry(1, { salt: 'won' });
      await vault().store([lost, won]);
      expect(await vault().sweep(leavesOf([won]))).toBe(4);
      await expectKept(vault(), [won]);
    });

    it('keeps the named blocks of an entry of which others are not named', async () => {
      const named = sealedEntry(1, { blocks: ['terms', 'staff'] });
      await vault().store([sealedEntry(1)]);
      expect(await vault().sweep(leavesOf([named]))).toBe(2);
      await expectKept(vault(), [named]);
    });

    it('keeps the tombstones of what was destroyed', async () => {
      await vault().store([sealedEntry(1)]);
      await vault().destroy({ entry: entry(1), blocks: ['people'] });
      expect(await vault().sweep(leavesOf([sealedEntry(1)]))).toBe(0);
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
      await vault().store(all.slice(0, 2));
      await vault().sweep(asking);
      await reopen();
      await vault().store(all.slice(2));
      await vault().sweep(asking);
      await vault().sweep(asking);
      expect(asked).toEqual([1, 2, 3, 4].map(entry));
    });

    it('sees what is stored after everything before was removed', async () => {
      await vault().store([sealedEntry(1)]);
      await vault().sweep(leavesOf([]));
      await reopen();
      await vault().store([sealedEntry(2)]);
      expect(await vault().sweep(leavesOf([]))).toBe(4);
    });

    it('looks through more entries than fit in memory at once', async () => {
      const entries = Array.from({ length: 1_203 }, (_, number) => sealedEntry(number, { blocks: ['terms'] }));
      const kept = entries.filter((_, number) => number % 3 === 0);
      await vault().store(entries);
      expect(await vault().sweep(leavesOf(kept))).toBe(802);
      expect([...(await vault().open(entries.map(({ id }) => id))).keys()]).toEqual(kept.map(({ id }) => id));
    });

    it('stops where the log cannot be asked, and goes on from there', async () => {
      await vault().store([sealedEntry(1)]);
      const broken = vault().sweep(() => Promise.reject(new Error('the log does not answer')));
      await expect(broken).rejects.toThrow('the log does not answer');
      await expectKept(vault(), [sealedEntry(1)]);
      expect(await vault().sweep(leavesOf([]))).toBe(4);
    });
  });
}
