import type { EntryId } from '#kernel';
import type { BlockName } from '#statement';
import { VaultUnavailable, type IndexTerm, type SealedEntry, type Vault } from '../vault.js';
import { expectKept } from './expect-kept.js';
import { entry, exchange, expected, grown, police, sealedEntry, youthOffice } from './sealed-entry.js';
import { racingAppends, sweeping } from './sweeping.js';

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
    placing(() => vault, reopened);
    sweeping(() => vault, reopened);
    racingAppends(() => vault, reopened);

    it('says that it is unavailable once it is closed, and lets itself be closed again', async () => {
      await vault.close();
      await vault.close();
      await expect(vault.store([sealedEntry(1)], expected)).rejects.toThrow(VaultUnavailable);
      await expect(vault.open([entry(1)])).rejects.toThrow(VaultUnavailable);
      await expect(vault.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
      await expect(vault.search(police, client)).rejects.toThrow(VaultUnavailable);
      await expect(vault.exchangesOf([entry(1)])).rejects.toThrow(VaultUnavailable);
      await expect(vault.sweep(grown, async () => null)).rejects.toThrow(VaultUnavailable);
    });
  });
}

function keeping(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('keeping', () => {
    it('gives back every block of every entry, also after it was opened again', async () => {
      const entries = [sealedEntry(1), sealedEntry(2, { blocks: ['terms', 'told', 'withheld'] }), sealedEntry(3)];
      await vault().store(entries, expected);
      await expectKept(vault(), entries);
      await reopen();
      await expectKept(vault(), entries);
    });

    it('keeps text of any script', async () => {
      const entries = [sealedEntry(1, { value: { name: 'Müller-Ç 張 🜚', empty: '', list: [1, null, true] } })];
      await vault().store(entries, expected);
      await expectKept(vault(), entries);
    });

    it('opens several entries at once and leaves out those it does not know', async () => {
      await vault().store([sealedEntry(1), sealedEntry(2)], expected);
      const opened = await vault().open([entry(2), entry(9), entry(1), entry(2)]);
      expect([...opened.keys()].sort()).toEqual([entry(1), entry(2)]);
      expect((await vault().open([])).size).toBe(0);
    });

    it('opens only the blocks that are wanted', async () => {
      await vault().store([sealedEntry(1)], expected);
      const names = (await vault().open([entry(1)], ['terms'])).get(entry(1))?.map(({ block }) => block);
      expect(names).toEqual(['terms']);
      expect((await vault().open([entry(1)], [])).size).toBe(0);
    });

    it('keeps an id that is stored again with other salts beside the first', async () => {
      const first = sealedEntry(1);
      const second = sealedEntry(1, { salt: 'other', blocks: ['terms', 'people'] });
      await vault().store([first], expected);
      await vault().store([second], expected);
      await expectKept(vault(), [first, second]);
    });

    it('keeps both when one call holds an id twice with other salts', async () => {
      const both = [sealedEntry(1), sealedEntry(1, { salt: 'other' })];
      await vault().store(both, expected);
      await expectKept(vault(), both);
    });

    it('leaves what it has alone when the same is stored again', async () => {
      await vault().store([sealedEntry(1)], expected);
      await vault().store([sealedEntry(1), sealedEntry(1), sealedEntry(2)], expected);
      await expectKept(vault(), [sealedEntry(1), sealedEntry(2)]);
    });

    it('adds the blocks of an entry that it lacks', async () => {
      await vault().store([sealedEntry(1, { blocks: ['terms'] })], expected);
      await vault().store([sealedEntry(1)], expected);
      await expectKept(vault(), [sealedEntry(1)]);
    });

    it('stores nothing when given nothing', async () => {
      await vault().store([], expected);
      await vault().store([sealedEntry(1, { blocks: [] })], expected);
      expect((await vault().open([entry(1)])).size).toBe(0);
    });

    it('takes a whole batch of 400 entries', async () => {
      const entries = Array.from({ length: 400 }, (_, number) => sealedEntry(number));
      await vault().store(entries, expected);
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
      await vault().store([...others, sealedEntry(2)], expected);
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
      await vault().store([whole], expected);
      for (const [place, block] of blocks.entries()) {
        expect(await vault().destroy({ entry: whole.id, blocks: [block] })).toEqual({ entries: 1, blocks: 1 });
        await expectKept(vault(), [whole], blocks.slice(0, place + 1));
      }
    });

    it('an entry erases all its blocks, whatever the salts', async () => {
      const both = [sealedEntry(1), sealedEntry(1, { salt: 'other' })];
      await vault().store([...both, sealedEntry(2)], expected);
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
      await vault().store([...within, ...outside], expected);
      expect(await vault().destroy({ exchange: exchange(1) })).toEqual({ entries: 2, blocks: 8 });
      await expectKept(vault(), within, ['terms', 'people', 'staff', 'reasons']);
      await expectKept(vault(), outside);
    });

    it('twice, or what is not there, does nothing', async () => {
      await vault().store([sealedEntry(1)], expected);
      await vault().destroy({ entry: entry(1) });
      const nothing = { entries: 0, blocks: 0 };
      expect(await vault().destroy({ entry: entry(1) })).toEqual(nothing);
      expect(await vault().destroy({ entry: entry(1), blocks: ['terms'] })).toEqual(nothing);
      expect(await vault().destroy({ entry: entry(9) })).toEqual(nothing);
      expect(await vault().destroy({ exchange: exchange(9) })).toEqual(nothing);
      expect(await vault().destroy({ entry: entry(1), blocks: [] })).toEqual(nothing);
    });

    it('is not undone by storing the same block again', async () => {
      await vault().store([sealedEntry(1, { index: [client] })], expected);
      await vault().destroy({ entry: entry(1) });
      await vault().store([sealedEntry(1, { index: [client] })], expected);
      await expectKept(vault(), [sealedEntry(1)], ['terms', 'people', 'staff', 'reasons']);
      expect(await vault().search(police, client)).toEqual([]);
    });
  });
}

function searching(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('searching', () => {
    it('finds the entries an agency recorded with a term, in order, also after it was opened again', async () => {
      await vault().store([sealedEntry(2, { index: [client] }), sealedEntry(1, { index: [client, file] })], expected);
      await vault().store([sealedEntry(3, { index: [client, client] }), sealedEntry(4)], expected);
      await reopen();
      expect(await vault().search(police, client)).toEqual([entry(2), entry(1), entry(3)]);
      expect(await vault().search(police, file)).toEqual([entry(1)]);
      expect(await vault().search(police, { kind: 'subject', value: 'client 8' })).toEqual([]);
    });

    it('never crosses agencies', async () => {
      await vault().store(
        [
          sealedEntry(1, { index: [client], exchange: exchange(1) }),
          sealedEntry(2, { index: [client], exchange: exchange(1), agency: youthOffice }),
        ],
        expected,
      );
      expect(await vault().search(police, client)).toEqual([entry(1)]);
      expect(await vault().search(youthOffice, client)).toEqual([entry(2)]);
    });

    it('answers nothing to an agency that recorded nothing', async () => {
      await vault().store([sealedEntry(1, { index: [client] })], expected);
      expect(await vault().search(youthOffice, client)).toEqual([]);
    });

    it('names an entry once that was stored with several salts', async () => {
      await vault().store(
        [sealedEntry(1, { index: [client] }), sealedEntry(1, { index: [client], salt: 'other' })],
        expected,
      );
      expect(await vault().search(police, client)).toEqual([entry(1)]);
    });

    it('no longer finds an entry whose people are destroyed, but finds it without its reasons', async () => {
      const found = async (): Promise<readonly EntryId[]> => vault().search(police, client);
      await vault().store(
        [1, 2, 3, 4].map((number) => sealedEntry(number, { index: [client], exchange: exchange(number) })),
        expected,
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

function placing(vault: () => Vault, reopen: () => Promise<void>): void {
  describe('saying under which exchange an entry was stored', () => {
    const digests = (sealed: SealedEntry): string[] => sealed.blocks.map(({ digest }) => digest);
    const placesOf = async (...ids: EntryId[]) =>
      [...(await vault().exchangesOf(ids))].map(([id, places]) => ({
        id,
        places: places.map((place) => ({ ...place, digests: [...place.digests].sort() })),
      }));
    const place = (sealed: SealedEntry) => ({ digests: digests(sealed).sort(), exchange: sealed.exchange });

    it('names every time the id was stored, with the digests the leaf decides by', async () => {
      const lost = sealedEntry(1, { exchange: exchange(1), salt: 'lost' });
      const won = sealedEntry(1, { exchange: exchange(2) });
      const alone = sealedEntry(2);
      await vault().store([lost, alone], expected);
      await vault().store([won], expected);
      await reopen();
      expect(await placesOf(entry(1), entry(2), entry(9))).toEqual([
        { id: entry(1), places: [place(lost), place(won)] },
        { id: entry(2), places: [place(alone)] },
      ]);
      expect(await placesOf()).toEqual([]);
    });

    it('does so after everything was erased', async () => {
      const sealed = sealedEntry(1, { exchange: exchange(1) });
      await vault().store([sealed], expected);
      await vault().destroy({ entry: entry(1) });
      expect(await placesOf(entry(1))).toEqual([{ id: entry(1), places: [place(sealed)] }]);
    });
  });
}
