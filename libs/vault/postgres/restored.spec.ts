import { VaultDamaged } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { expectKept } from '../testing/expect-kept.js';
import { entry, exchange, expected, grown, police, sealedEntry } from '../testing/sealed-entry.js';
import { VaultServer } from '../testing/vault-server.js';

const client = { kind: 'subject', value: 'client 7' } as const;
const blockTables = ['vault', 'stored', 'blocks', 'tokens', 'doomed'].map((table) => `nachweis_vault.${table}`);

let server: VaultServer;
let vault: PostgresVault;

beforeAll(async () => {
  server = await VaultServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.empty();
  vault = await PostgresVault.open(server.place());
});
afterEach(() => vault.close());

const inBlocks = (sql: string) => server.postgres.run(server.blocks, sql);
const inKeys = (sql: string) => server.postgres.run(server.keys, sql);
const made = (number: number) => sealedEntry(number, { exchange: exchange(number), index: [client] });

/** Takes a copy of the blocks. @returns what puts it in the place of what is there */
async function blocksDumped(): Promise<() => Promise<void>> {
  const name = (table: string): string => `public.${table.replace('.', '_')}`;
  for (const table of blockTables) await inBlocks(`CREATE TABLE ${name(table)} AS TABLE ${table}`);
  return async () => {
    for (const table of blockTables) {
      await inBlocks(`TRUNCATE ${table}; INSERT INTO ${table} SELECT * FROM ${name(table)}; DROP TABLE ${name(table)}`);
    }
  };
}

describe('older blocks beside younger keys', () => {
  it('leave erased what was erased since: for readers at once, in the tables once a writer opened them', async () => {
    await vault.store([made(1), made(2)], expected);
    const restore = await blocksDumped();
    await vault.destroy({ entry: entry(1) });
    await restore();

    const reader = await PostgresVault.openReader(server.place('projector'));
    expect((await reader.open([entry(1)])).get(entry(1))).toMatchObject([{ block: 'terms', erased: true }]);
    await reader.close();
    await expectKept(vault, [made(1)], ['terms', 'people', 'staff', 'reasons']);
    await expectKept(vault, [made(2)]);
    expect(await vault.search(police, client)).toEqual([entry(1), entry(2)]);

    const again = await PostgresVault.open(server.place());
    await expectKept(again, [made(1)], ['terms', 'people', 'staff', 'reasons']);
    await expectKept(again, [made(2)]);
    expect(await again.search(police, client)).toEqual([entry(2)]);
    expect(await inBlocks('SELECT entry FROM nachweis_vault.blocks WHERE sealed IS NOT NULL GROUP BY entry')).toEqual([
      { entry: entry(2) },
    ]);
    await again.close();
  });

  it('leave the blocks under other keys of the same entry readable, and it findable', async () => {
    await vault.store([made(1)], expected);
    const restore = await blocksDumped();
    await vault.destroy({ entry: entry(1), blocks: ['staff', 'reasons'] });
    await restore();
    const again = await PostgresVault.open(server.place());
    await expectKept(again, [made(1)], ['staff', 'reasons']);
    expect(await again.search(police, client)).toEqual([entry(1)]);
    expect(await again.destroy({ entry: entry(1), blocks: ['people'] })).toEqual({ entries: 1, blocks: 1 });
    await again.close();
  });

  it('are damaged where a key is missing that nobody destroyed', async () => {
    await vault.store([made(1), made(2)], expected);
    const restore = await blocksDumped();
    await vault.destroy({ entry: entry(1) });
    await restore();
    await inKeys('DELETE FROM nachweis_keys.data_keys');
    const again = await PostgresVault.open(server.place());
    await expectKept(again, [made(1)], ['terms', 'people', 'staff', 'reasons']);
    await expect(again.open([entry(2)])).rejects.toThrow(VaultDamaged);
    await expect(again.open([entry(1), entry(2)])).rejects.toThrow(VaultDamaged);
    await again.close();
  });

  it('do not take for erased what lost its key because nobody had a block under it', async () => {
    await vault.store([made(1)], expected);
    const restore = await blocksDumped();
    await inBlocks('TRUNCATE nachweis_vault.stored, nachweis_vault.blocks');
    await vault.sweep(grown, async () => null);
    expect(await inKeys('SELECT 1 FROM nachweis_keys.data_keys')).toEqual([]);
    await restore();
    await expect(vault.open([entry(1)])).rejects.toThrow(VaultDamaged);
  });
});

describe('older keys', () => {
  it('revive nothing that the list of destroyed keys names, even beside older blocks', async () => {
    await vault.store([made(1), made(2)], expected);
    await inKeys('CREATE TABLE public.dump AS TABLE nachweis_keys.data_keys');
    const restore = await blocksDumped();
    await vault.destroy({ entry: entry(1) });
    await restore();
    await inKeys(
      `INSERT INTO nachweis_keys.data_keys (id, wrapped) SELECT id, wrapped FROM public.dump ON CONFLICT DO NOTHING;
       DROP TABLE public.dump`,
    );
    await expectKept(vault, [made(1)], ['terms', 'people', 'staff', 'reasons']);
    const again = await PostgresVault.open(server.place());
    await expectKept(again, [made(1)], ['terms', 'people', 'staff', 'reasons']);
    await expectKept(again, [made(2)]);
    expect(await inKeys('SELECT 1 FROM nachweis_keys.data_keys')).toHaveLength(2);
    await again.close();
  });
});
