import fc from 'fast-check';
import { treeSize, type EntryId } from '#kernel';
import { VaultDamaged, type SealedEntry } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { entry, exchange, police, sealedEntry } from '../testing/sealed-entry.js';
import { VaultServer } from '../testing/vault-server.js';
import { randomRuns } from '../../../test/support/random-runs.js';

const seed = 20261122;
const client = { kind: 'subject', value: 'client 7' } as const;

let server: VaultServer;
let vaults: readonly PostgresVault[];

beforeAll(async () => {
  server = await VaultServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.empty();
  vaults = await Promise.all([1, 2, 3].map(() => PostgresVault.open(server.place())));
});
afterEach(async () => void (await Promise.all(vaults.map((vault) => vault.close()))));

const made = (number: number, salt = ''): SealedEntry =>
  sealedEntry(number, { salt, exchange: exchange(number % 2), index: [client] });
const noLeaf = async (): Promise<null> => null;
const the = (place: number): PostgresVault => vaults[place % vaults.length] as PostgresVault;

async function counted(database: string, table: string): Promise<number> {
  const [row] = await server.postgres.run(database, `SELECT count(*)::integer AS n FROM ${table}`);
  return (row as { n: number }).n;
}

/** What must be true of the two databases after every vault came to rest and nothing waits for its leaf. */
async function expectWhole(vault: PostgresVault, digestsOf: (id: EntryId) => Promise<ReadonlySet<string> | null>) {
  await vault.sweep(treeSize(1_000), digestsOf);
  const [row] = await server.postgres.run(
    server.blocks,
    `SELECT count(DISTINCT key)::integer AS keys,
       (SELECT count(*)::integer FROM nachweis_vault.stored WHERE NOT EXISTS
         (SELECT FROM nachweis_vault.blocks WHERE stored = id)) AS empty,
       (SELECT count(*)::integer FROM nachweis_vault.tokens WHERE NOT EXISTS
         (SELECT FROM nachweis_vault.stored WHERE id = stored)) AS lost
     FROM nachweis_vault.blocks`,
  );
  const { keys, empty, lost } = row as { keys: number; empty: number; lost: number };
  expect({ empty, lost, doomed: await counted(server.blocks, 'nachweis_vault.doomed') }).toEqual({
    empty: 0,
    lost: 0,
    doomed: 0,
  });
  expect(await counted(server.keys, 'nachweis_keys.data_keys')).toBe(keys);
}

describe('several processes on one vault', () => {
  it('that store the same blocks at once keep each once, whole, protected by the later append', async () => {
    const entries = Array.from({ length: 60 }, (_, number) => made(number));
    for (let start = 0; start < 60; start += 12) {
      const some = entries.slice(start, start + 12);
      await Promise.all([
        the(0).store(some, treeSize(5)),
        the(1).store(some.toReversed(), treeSize(9)),
        the(2).store(some.slice(4, 8), treeSize(3)),
      ]);
    }
    expect(await counted(server.blocks, 'nachweis_vault.blocks')).toBe(240);
    expect(await the(2).sweep(treeSize(9), noLeaf)).toBe(0);
    for (const { id, blocks } of entries) {
      const opened = (await the(2).open([id])).get(id) ?? [];
      expect(opened.map(({ digest }) => digest).sort()).toEqual(blocks.map(({ digest }) => digest).sort());
      expect(opened.every((block) => 'encoded' in block)).toBe(true);
    }
    expect(await the(0).search(police, client)).toHaveLength(60);
    expect(await the(1).sweep(treeSize(10), noLeaf)).toBe(240);
    await expectWhole(the(0), noLeaf);
  });

  it('that make the first key of an agency’s index at once agree on one', async () => {
    await Promise.all(vaults.map((vault, place) => vault.store([made(place)], treeSize(5))));
    expect(new Set(await the(0).search(police, client))).toEqual(new Set([0, 1, 2].map(entry)));
    expect(await counted(server.keys, 'nachweis_keys.index_keys')).toBe(1);
  });

  it('that destroy different blocks under one key at once destroy exactly these', async () => {
    await the(0).store([made(1)], treeSize(5));
    const counts = await Promise.all([
      the(0).destroy({ entry: entry(1), blocks: ['people'] }),
      the(1).destroy({ entry: entry(1), blocks: ['terms', 'people'] }),
      the(2).destroy({ entry: entry(1), blocks: ['staff'] }),
    ]);
    expect(counts.reduce((sum, { blocks }) => sum + blocks, 0)).toBe(3);
    const opened = (await the(0).open([entry(1)])).get(entry(1)) ?? [];
    expect(opened.filter((block) => 'encoded' in block).map(({ block }) => block)).toEqual(['reasons']);
    await expectWhole(the(1), async () => new Set(made(1).blocks.map(({ digest }) => digest)));
  });

  it('never see a block as damaged that others erase, or give another key, meanwhile', async () => {
    const entries = Array.from({ length: 20 }, (_, number) => made(number));
    await the(0).store(entries, treeSize(5));
    const ids = entries.map(({ id }) => id);
    let reading = true;
    const readers = [1, 2].map(async (place) => {
      let reads = 0;
      for (; reading; reads += 1) expect((await the(place).open(ids)).size).toBe(20);
      return reads;
    });
    for (const block of ['people', 'staff', 'terms', 'reasons'] as const) {
      for (const id of ids) await the(0).destroy({ entry: id, blocks: [block] });
    }
    reading = false;
    for (const reads of await Promise.all(readers)) expect(reads).toBeGreaterThan(5);
  });

  it('that store while another sweeps without end lose nothing that may still get its leaf', async () => {
    let storing = true;
    const sweeping = (async () => {
      while (storing) await the(2).sweep(treeSize(50), noLeaf);
    })();
    const stores = [0, 1].map(async (place) => {
      for (let turn = 0; turn < 25; turn += 1) {
        const again = made(turn % 5, `${place}`);
        // The first one is fair game, at any moment; the second one is not.
        await the(place).store([again], treeSize(10));
        await the(place).store([again], treeSize(50 + turn));
      }
    });
    await Promise.all(stores);
    storing = false;
    await sweeping;
    const kept = [0, 1].flatMap((place) => [0, 1, 2, 3, 4].map((number) => made(number, `${place}`)));
    for (const { id, blocks } of kept) {
      const digests = ((await the(0).open([id])).get(id) ?? []).flatMap((one) => ('encoded' in one ? one.digest : []));
      for (const { digest } of blocks) expect(digests).toContain(digest);
    }
    await expectWhole(the(1), noLeaf);
  });

  it('keep their promises in any order of calls', async () => {
    const call = fc.record({
      place: fc.nat(2),
      what: fc.constantFrom('store', 'store', 'store', 'destroy', 'forget', 'sweep'),
      number: fc.nat(4),
      salt: fc.constantFrom('a', 'b'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { minLength: 2, maxLength: 6 }), { maxLength: 5 }), async (rounds) => {
        await server.empty();
        const stored = new Map<string, EntryId>();
        const destroyed = new Set<EntryId>();
        for (const round of rounds) {
          const calls = round.map(async ({ place, what, number, salt }) => {
            const sealed = made(number, salt);
            if (what === 'destroy') destroyed.add(sealed.id);
            if (what === 'destroy') await the(place).destroy({ entry: sealed.id });
            if (what === 'forget') destroyed.add(entry(number));
            if (what === 'forget') await the(place).destroy({ entry: entry(number), blocks: ['people'] });
            if (what === 'sweep') await the(place).sweep(treeSize(20), noLeaf);
            if (what !== 'store') return;
            await the(place).store([sealed, made((number + 1) % 5, salt)], treeSize(20));
            for (const { id, blocks } of [sealed, made((number + 1) % 5, salt)]) {
              for (const { digest } of blocks) stored.set(digest, id);
            }
          });
          await Promise.all(calls);
        }
        for (const [digest, id] of stored) {
          const kept = ((await the(0).open([id])).get(id) ?? []).filter((block) => block.digest === digest);
          expect(kept).toHaveLength(1);
          if (!destroyed.has(id)) expect(kept[0]).toHaveProperty('encoded');
        }
        await expectWhole(the(1), async (id) => new Set([...stored].flatMap(([d, of]) => (of === id ? d : []))));
      }),
      { seed, numRuns: randomRuns(25) },
    );
  });

  it('still say so when a block is truly damaged', async () => {
    await the(0).store([made(1)], treeSize(5));
    await server.postgres.run(server.keys, 'DELETE FROM nachweis_keys.data_keys');
    await expect(the(1).open([entry(1)])).rejects.toThrow(VaultDamaged);
    await expect(the(2).destroy({ entry: entry(1), blocks: ['people'] })).rejects.toThrow(VaultDamaged);
    expect(await the(2).destroy({ entry: entry(1) })).toEqual({ entries: 1, blocks: 4 });
  });
});
