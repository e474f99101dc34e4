import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { leafIndex, treeSize, type EntryId } from '#kernel';
import { parseDisclosure, parseLeaf } from '#statement';
import { VaultUnavailable, type IndexTerm, type Vault } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { SqliteVault } from '#vault/sqlite';
import { admission, entryNumber, operation, police, request } from '../../../libs/recording/testing/entries.js';
import { Scratch } from '../../../libs/recording/testing/scratch.js';
import { openWriteSide } from '../../../libs/recording/testing/write-side.js';
import { sealedEntry } from '../../../libs/vault/testing/sealed-entry.js';
import { VaultServer } from '../../../libs/vault/testing/vault-server.js';
import { migrateVault } from './migrate-vault.js';

const quiet = (): void => {};
const id = (number: number): EntryId => entryNumber(number) as EntryId;

let server: VaultServer;
let scratch: Scratch;
let log: EventStore;
let from: SqliteVault;
let to: PostgresVault;

beforeAll(async () => {
  server = await VaultServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  scratch = new Scratch();
  const side = await openWriteSide(scratch);
  await side.recorder.record([admission(1, police)]);
  await side.recorder.record([request(2, 1), operation(3, { exchange: 1 }), request(4, 2), request(5, 3)]);
  await side.vault.destroy({ entry: id(4), blocks: ['people'] });
  await side.vault.destroy({ entry: id(5) });
  await side.advance();
  await side.drop();
  log = SqliteEventStore.open(scratch.file('log.sqlite'));
  from = SqliteVault.open({ directory: scratch.path, keyFile: scratch.file('vault.key') });
  await server.empty();
  to = await PostgresVault.open(server.place());
});
afterEach(async () => {
  await log.close();
  await from.close();
  await to.close();
  scratch.remove();
});

const ids = [2, 3, 4, 5].map(id);
const everything = async (vault: Vault) => {
  const opened = await vault.open(ids);
  const sorted = ids.map((one) => [one, opened.get(one)?.toSorted((a, b) => (a.digest < b.digest ? -1 : 1))]);
  const places = await vault.exchangesOf(ids);
  return [sorted, ids.map((one) => places.get(one)?.map(({ exchange }) => exchange))];
};
const rows = (sql: string): Promise<readonly object[]> => server.postgres.run(server.blocks, sql);

/** What the source finds an entry by. */
async function termsOf(entry: EntryId): Promise<readonly IndexTerm[]> {
  const people = (await from.open([entry], ['people'])).get(entry)?.[0];
  if (people === undefined || !('encoded' in people)) throw new Error('no block people');
  const { case: of, subject } = parseDisclosure(people.encoded).value;
  return [
    ...(typeof of === 'string' ? [{ kind: 'case' as const, value: of }] : []),
    ...(typeof subject === 'string' ? [{ kind: 'subject' as const, value: subject }] : []),
  ];
}

describe('a vault that is migrated', () => {
  it('opens the same blocks under the same exchanges, and what was erased is erased', async () => {
    const carried = await migrateVault(log, from, to, quiet);
    expect(await everything(to)).toEqual(await everything(from));
    expect((await to.open([id(5)])).get(id(5))?.every((block) => 'erased' in block)).toBe(true);
    const [people, ...others] = [...((await to.open([id(4)])).get(id(4)) ?? [])].toSorted((a, b) =>
      a.block === 'people' ? -1 : b.block === 'people' ? 1 : 0,
    );
    expect([people && 'erased' in people, others.some((block) => 'erased' in block)]).toEqual([true, false]);
    const blocks = (await log.read('entries', leafIndex(0), 9)).flatMap(({ bytes }) => {
      const leaf = parseLeaf(bytes);
      return leaf.log === 'entries' ? leaf.statement._sd : [];
    });
    expect(carried.sealed + carried.erased).toBe(blocks.length);
    expect(carried.erased).toBeGreaterThan(2);
  });

  it('finds what the source found, and nothing that was erased', async () => {
    await migrateVault(log, from, to, quiet);
    const terms = await termsOf(id(2));
    expect(terms.length).toBeGreaterThan(0);
    for (const term of terms) {
      const found = await from.search(police, term);
      expect(found).toContain(id(2));
      expect([...(await to.search(police, term))].toSorted()).toEqual([...found].toSorted());
    }
  });

  it('keeps no key for what is erased', async () => {
    await migrateVault(log, from, to, quiet);
    const used = await rows('SELECT DISTINCT key FROM nachweis_vault.blocks WHERE key IS NOT NULL');
    const kept = await server.postgres.run(server.keys, 'SELECT id FROM nachweis_keys.data_keys');
    expect(kept).toHaveLength(used.length);
  });

  it('may be migrated again, also after what it holds was erased further', async () => {
    const carried = await migrateVault(log, from, to, quiet);
    expect(await migrateVault(log, from, to, quiet)).toEqual(carried);
    await from.destroy({ entry: id(2), blocks: ['people'] });
    await migrateVault(log, from, to, quiet);
    expect(await everything(to)).toEqual(await everything(from));
  });

  it('goes on after it was cut off between storing and erasing', async () => {
    const destroy = to.destroy.bind(to);
    to.destroy = () => Promise.reject(new VaultUnavailable('cut off'));
    await expect(migrateVault(log, from, to, quiet)).rejects.toThrow('cut off');
    to.destroy = destroy;
    await migrateVault(log, from, to, quiet);
    expect(await everything(to)).toEqual(await everything(from));
  });

  it('leaves behind what no leaf names, and is not swept away by a ledger that starts too early', async () => {
    const orphan = sealedEntry(77);
    await from.store([orphan], treeSize(9));
    await migrateVault(log, from, to, quiet);
    expect((await to.open([orphan.id])).size).toBe(0);
    expect(await to.sweep(treeSize(1), async () => null)).toBe(0);
    expect(await everything(to)).toEqual(await everything(from));
  });

  it('is refused when the source lacks a block, and when the target erased one by itself', async () => {
    const open = from.open.bind(from);
    from.open = async (wanted) => new Map([...(await open(wanted))].filter(([one]) => one !== id(3)));
    await expect(migrateVault(log, from, to, quiet)).rejects.toThrow(`entry ${id(3)} is missing in the source`);
    from.open = open;
    await migrateVault(log, from, to, quiet);
    await to.destroy({ entry: id(2) });
    await expect(migrateVault(log, from, to, quiet)).rejects.toThrow(`other blocks of entry ${id(2)}`);
  });
});
