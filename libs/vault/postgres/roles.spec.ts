import { Client } from 'pg';
import { poolConfigOf } from '#postgres';
import { VaultUnavailable, type Vault } from '#vault';
import { PostgresPlaces, PostgresVault } from '#vault/postgres';
import { entry, exchange, expected, sealedEntry } from '../testing/sealed-entry.js';
import { origin, VaultServer, type User } from '../testing/vault-server.js';

let server: VaultServer;

beforeAll(async () => {
  server = await VaultServer.start();
  const vault = await PostgresVault.open(server.place());
  const index = [{ kind: 'case', value: 'Js 345/26' } as const];
  await vault.store([sealedEntry(1, { exchange: exchange(1), index })], expected);
  await vault.close();
});
afterAll(() => server.stop());

/** @returns the code with which the server refuses, or how many rows it answered */
async function asked(user: User, database: 'blocks' | 'keys', sql: string): Promise<string | number> {
  const client = new Client(poolConfigOf(server.address(server[database], user), 'test'));
  await client.connect();
  try {
    await client.query('BEGIN');
    return (await client.query(sql)).rowCount ?? 0;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
}

const denied = '42501';

describe('a projector', () => {
  let reader: Pick<Vault, 'open' | 'exchangesOf' | 'close'>;
  beforeAll(async () => {
    reader = await PostgresVault.openReader(server.place('projector'));
  });
  afterAll(() => reader.close());

  it('opens blocks, and learns under which exchange they were stored', async () => {
    expect((await reader.open([entry(1)], ['terms'])).get(entry(1))).toMatchObject([{ block: 'terms' }]);
    expect((await reader.exchangesOf([entry(1)])).get(entry(1))).toMatchObject([{ exchange: exchange(1) }]);
  });

  it('is shown no other block than the terms, whatever it asks for', async () => {
    expect((await reader.open([entry(1)])).get(entry(1))?.map(({ block }) => block)).toEqual(['terms']);
    expect((await reader.open([entry(1)], ['people', 'reasons'])).size).toBe(0);
    expect(await asked('projector', 'blocks', 'SELECT * FROM nachweis_vault.blocks')).toBe(1);
    expect(await asked('projector', 'blocks', `SELECT sealed FROM nachweis_vault.blocks WHERE block = 'people'`)).toBe(
      0,
    );
    expect(await asked('ledger', 'blocks', 'SELECT * FROM nachweis_vault.blocks')).toBe(4);
  });

  it('stores, destroys and sweeps nothing, even if its code were made to', async () => {
    const vault = reader as Vault;
    await expect(vault.store([sealedEntry(2)], expected)).rejects.toThrow(VaultUnavailable);
    await expect(vault.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
    expect((await reader.open([entry(1)])).get(entry(1))?.every((block) => 'encoded' in block)).toBe(true);
  });

  it.each<['blocks' | 'keys', string]>([
    ['blocks', 'INSERT INTO nachweis_vault.doomed VALUES (gen_random_uuid())'],
    ['blocks', 'UPDATE nachweis_vault.blocks SET key = NULL, sealed = NULL'],
    ['blocks', 'DELETE FROM nachweis_vault.blocks'],
    ['blocks', 'SELECT * FROM nachweis_vault.tokens'],
    ['blocks', 'UPDATE nachweis_vault.vault SET swept = 9'],
    ['blocks', 'SELECT agency FROM nachweis_vault.stored'],
    ['blocks', 'ALTER TABLE nachweis_vault.blocks DISABLE ROW LEVEL SECURITY'],
    ['blocks', 'CREATE TABLE nachweis_vault.mine (x integer)'],
    ['keys', 'SELECT * FROM nachweis_keys.index_keys'],
    ['keys', 'DELETE FROM nachweis_keys.data_keys'],
    ['keys', 'INSERT INTO nachweis_keys.destroyed VALUES (gen_random_uuid())'],
    ['keys', `INSERT INTO nachweis_keys.data_keys (id, wrapped) VALUES (gen_random_uuid(), '')`],
  ])('may not, in the %s: %s', async (database, sql) => {
    expect(await asked('projector', database, sql)).toBe(denied);
  });
});

describe('a relay', () => {
  it('learns under which exchange an entry was stored, without any key', async () => {
    const places = await PostgresPlaces.open({ ...server.address(server.blocks, 'relay'), origin });
    const found = await places.exchangesOf([entry(1), entry(9)]);
    expect([...found.keys()]).toEqual([entry(1)]);
    expect(found.get(entry(1))?.[0]?.digests.toSorted()).toEqual(
      sealedEntry(1)
        .blocks.map(({ digest }) => digest)
        .sort(),
    );
    await places.close();
    await places.close();
    await expect(places.exchangesOf([entry(1)])).rejects.toThrow(VaultUnavailable);
  });

  it.each<['blocks' | 'keys', string]>([
    ['blocks', 'SELECT sealed FROM nachweis_vault.blocks'],
    ['blocks', 'SELECT key FROM nachweis_vault.blocks'],
    ['blocks', 'SELECT agency FROM nachweis_vault.stored'],
    ['blocks', 'SELECT * FROM nachweis_vault.tokens'],
    ['blocks', 'DELETE FROM nachweis_vault.stored'],
    ['keys', 'SELECT * FROM nachweis_keys.data_keys'],
    ['keys', 'SELECT * FROM nachweis_keys.vault'],
  ])('may not, in the %s: %s', async (database, sql) => {
    expect(await asked('relay', database, sql)).toBe(denied);
  });
});

describe('a ledger', () => {
  it.each<['blocks' | 'keys', string]>([
    ['blocks', `UPDATE nachweis_vault.vault SET origin = 'other.example'`],
    ['blocks', 'UPDATE nachweis_vault.vault SET layout = 9'],
    ['blocks', `UPDATE nachweis_vault.stored SET agency = 'school.example'`],
    ['blocks', `UPDATE nachweis_vault.blocks SET digest = 'x'`],
    ['blocks', 'TRUNCATE nachweis_vault.blocks'],
    ['blocks', 'DROP TABLE nachweis_vault.blocks'],
    ['blocks', 'CREATE TABLE nachweis_vault.mine (x integer)'],
    ['keys', `UPDATE nachweis_keys.data_keys SET wrapped = ''`],
    ['keys', `UPDATE nachweis_keys.vault SET proof = ''`],
    ['keys', 'DELETE FROM nachweis_keys.index_keys'],
    ['keys', 'DELETE FROM nachweis_keys.destroyed'],
  ])('may not, in the %s: %s', async (database, sql) => {
    expect(await asked('ledger', database, sql)).toBe(denied);
  });

  it('leaves nothing in clear in either database', async () => {
    const dumped = async (database: string, table: string): Promise<string> => {
      const rows = await server.postgres.run(database, `SELECT t::text AS line FROM ${table} AS t`);
      return rows.map((row) => String(Object.values(row)[0])).join('\n');
    };
    const tables = ['nachweis_vault.stored', 'nachweis_vault.blocks', 'nachweis_vault.tokens'];
    const text = (await Promise.all(tables.map((table) => dumped(server.blocks, table)))).join('\n');
    const { blocks, id } = sealedEntry(1);
    const encoded = blocks.map((block) => block.encoded.slice(4, 30));
    expect(text).toContain(id);
    for (const secret of ['Js 345/26', 'says', ...encoded]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
