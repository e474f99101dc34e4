import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { VaultRefused } from '#vault';
import { migrateVault, PostgresPlaces, PostgresVault, type PostgresVaultPlace } from '#vault/postgres';
import { freePort } from '../../../test/support/postgres-server.js';
import { entry, expected, sealedEntry } from '../testing/sealed-entry.js';
import { origin, VaultServer } from '../testing/vault-server.js';
import { requireServer } from './identity.js';

let server: VaultServer;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vault-'));
  server = await VaultServer.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});
beforeEach(() => server.empty());

const run = (sql: string, database = server.blocks) => server.postgres.run(database, sql);
const place = (changes: Partial<PostgresVaultPlace> = {}): PostgresVaultPlace => ({ ...server.place(), ...changes });
const at = (database: string, user = 'postgres') => server.address(database, user);

/** What refuses, and says so with these words. */
async function refusal(opening: Promise<unknown>, ...words: readonly string[]): Promise<void> {
  const error: unknown = await opening.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(VaultRefused);
  for (const word of words) expect(String(error)).toContain(word);
  expect(String(error)).not.toContain('test-only');
}

describe('a vault that starts', () => {
  const host = () => `127.0.0.1:${server.postgres.port}/${server.blocks}`;

  it('keeps what it has', async () => {
    const vault = await PostgresVault.open(place());
    await vault.store([sealedEntry(1)], expected);
    await vault.close();
    await migrateVault(server.place('postgres'));
    const again = await PostgresVault.open(place());
    expect((await again.open([entry(1)])).get(entry(1))).toHaveLength(4);
    await again.close();
  });

  it('refuses another origin than the one it was made for, whoever opens it', async () => {
    const other = { origin: 'other.example/nachweis' };
    await refusal(PostgresVault.open(place(other)), origin, other.origin, server.keys);
    await refusal(PostgresVault.openReader(place(other)), origin, other.origin);
    await refusal(PostgresPlaces.open({ ...at(server.blocks), ...other }), origin, other.origin, host());
    await refusal(migrateVault({ ...server.place('postgres'), ...other }), origin, other.origin);
  });

  it('refuses a key file that is missing, is another one, or that others may read', async () => {
    await refusal(PostgresVault.open(place({ keyFile: join(directory, 'none') })), 'none of the vault');
    await refusal(migrateVault({ ...server.place('postgres'), keyFile: join(directory, 'none') }), 'none of the vault');
    const keyFile = join(directory, 'other.key');
    writeFileSync(keyFile, Buffer.alloc(32, 7), { mode: 0o600 });
    await refusal(PostgresVault.open(place({ keyFile })), 'other.key does not open the keys', server.keys);
    await refusal(migrateVault({ ...server.place('postgres'), keyFile }), 'other.key does not open the keys');
    chmodSync(keyFile, 0o640);
    await refusal(PostgresVault.open(place({ keyFile })), '0600');
  });

  it('names host and reason when it cannot enter', async () => {
    const blocks = { ...at(server.blocks, 'ledger'), password: 'wrong' };
    await refusal(PostgresVault.open(place({ blocks })), host(), 'user or password are not accepted', '28P01');
    const passwordFile = join(directory, 'none');
    await refusal(PostgresVault.open(place({ blocks: { url: blocks.url, passwordFile } })), host(), 'ENOENT');
    await refusal(PostgresVault.open(place({ blocks: at('nowhere') })), '/nowhere', 'no such database');
    await refusal(PostgresVault.open(place({ blocks: at('postgres') })), 'its schema has not been created');
    await refusal(PostgresVault.open(server.place('relay')), 'lacks a right', '42501');
    await refusal(
      PostgresVault.open(place({ blocks: { url: `${blocks.url}?sslmode=verify-full`, password: 'x' } })),
      'TLS',
    );
  });

  it('names a host that nobody answers at', async () => {
    const port = await freePort();
    const blocks = { url: `postgres://ledger@127.0.0.1:${port}/vault` };
    await refusal(PostgresVault.open(place({ blocks })), `127.0.0.1:${port}/vault`, 'ECONNREFUSED');
    await refusal(PostgresPlaces.open({ ...blocks, origin }), `127.0.0.1:${port}/vault`, 'ECONNREFUSED');
    await refusal(migrateVault({ ...server.place('postgres'), blocks }), `127.0.0.1:${port}/vault`, 'ECONNREFUSED');
  });

  it('refuses an address with a password, and does not repeat it', async () => {
    const blocks = { url: server.postgres.url(server.blocks) };
    await refusal(PostgresVault.open(place({ blocks })), 'a password belongs into a file');
    await refusal(PostgresVault.open(place({ blocks: { url: 'mysql://x:test-only@y/z' } })), 'postgres://user@host');
  });

  it('takes its passwords from files, as they are when it connects', async () => {
    const passwordFile = join(directory, 'password');
    writeFileSync(passwordFile, 'test-only\n');
    const { url } = at(server.blocks, 'ledger');
    await (await PostgresVault.open(place({ blocks: { url, passwordFile } }))).close();
  });

  it.each(['blocks', 'keys'] as const)('refuses %s of a later or of an earlier layout', async (half) => {
    const table = half === 'blocks' ? 'nachweis_vault.vault' : 'nachweis_keys.vault';
    const set = (layout: number) => run(`UPDATE ${table} SET layout = ${layout}`, server[half]);
    await set(2);
    await refusal(PostgresVault.open(place()), 'layout 2, this version knows 1', server[half]);
    await refusal(migrateVault(server.place('postgres')), 'layout 2, this version knows 1', server[half]);
    await set(0);
    await refusal(PostgresVault.open(place()), 'layout 0: migrate it', server[half]);
    await set(1);
  });

  it.each(['blocks', 'keys'] as const)('refuses %s on a replica, which may lag behind', async (half) => {
    const database = server[half];
    await run(
      `CREATE SCHEMA replica; GRANT USAGE ON SCHEMA replica TO PUBLIC;
       CREATE FUNCTION replica.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true';
       ALTER DATABASE ${database} SET search_path = replica, pg_catalog`,
      database,
    );
    await refusal(PostgresVault.open(place()), 'is a replica', database);
    await refusal(PostgresVault.openReader(server.place('projector')), 'is a replica', database);
    await run(`ALTER DATABASE ${database} RESET search_path; DROP SCHEMA replica CASCADE`, database);
    await (await PostgresVault.open(place())).close();
  });

  it('refuses a server that is too old, and a database that does not hold every text', () => {
    const told = (version: number, encoding: string) => () => requireServer('db:5432/vault', { version, encoding });
    expect(told(140_011, 'UTF8')).toThrow('db:5432/vault: the server is PostgreSQL 14');
    expect(told(180_000, 'SQL_ASCII')).toThrow(VaultRefused);
    expect(told(150_000, 'UTF8')).not.toThrow();
  });
});

describe('making a vault', () => {
  let fresh: PostgresVaultPlace;
  const names: string[] = [];

  beforeEach(async () => {
    names.splice(0, 2, await server.postgres.createDatabase(), await server.postgres.createDatabase());
    const [blocks = '', keys = ''] = names;
    fresh = { blocks: at(blocks), keys: at(keys), keyFile: join(directory, `${blocks}.key`), origin };
  });

  it('can be done by several at once', async () => {
    writeFileSync(fresh.keyFile, Buffer.alloc(32, 9), { mode: 0o600 });
    await Promise.all([migrateVault(fresh), migrateVault(fresh), migrateVault(fresh)]);
    const vault = await PostgresVault.open(fresh);
    await vault.store([sealedEntry(1)], expected);
    await vault.close();
  });

  it('in one database for both halves works, too', async () => {
    const one = { ...fresh, keys: fresh.blocks };
    await migrateVault(one);
    await Promise.all([migrateVault(one), migrateVault(one)]);
    const vault = await PostgresVault.open(one);
    await vault.store([sealedEntry(1)], expected);
    expect((await vault.open([entry(1)])).size).toBe(1);
    await vault.close();
  });

  it('needs no right to make schemas or roles where they are there', async () => {
    await run(`DROP ROLE IF EXISTS vault_owner; CREATE ROLE vault_owner LOGIN PASSWORD 'test-only'`);
    const [blocks = '', keys = ''] = names;
    await run('CREATE SCHEMA nachweis_vault AUTHORIZATION vault_owner', blocks);
    await run('CREATE SCHEMA nachweis_keys AUTHORIZATION vault_owner', keys);
    const owned = { ...fresh, blocks: at(blocks, 'vault_owner'), keys: at(keys, 'vault_owner') };
    await migrateVault(owned);
    await migrateVault(owned);
    const vault = await PostgresVault.open(
      place({ blocks: at(blocks, 'ledger'), keys: at(keys, 'ledger'), keyFile: fresh.keyFile }),
    );
    await vault.store([sealedEntry(1)], expected);
    expect((await vault.open([entry(1)])).get(entry(1))).toHaveLength(4);
    await vault.close();
  });

  it.each(['blocks', 'keys'] as const)('does not wait for ever behind somebody who holds the %s', async (half) => {
    await migrateVault(fresh);
    const schema = half === 'blocks' ? 'nachweis_vault' : 'nachweis_keys';
    const database = names[half === 'blocks' ? 0 : 1] ?? '';
    const holder = new Client({ connectionString: server.postgres.url(database) });
    await holder.connect();
    await holder.query(`SELECT pg_advisory_lock(hashtextextended('${schema} layout', 0))`);
    await refusal(migrateVault({ ...fresh, lockTimeout: 50 }), database, '55P03');
    await holder.end();
    await migrateVault(fresh);
  });

  it('makes the key file once, for its owner only', async () => {
    await migrateVault(fresh);
    const key = readFileSync(fresh.keyFile);
    expect(key).toHaveLength(32);
    await migrateVault(fresh);
    expect(readFileSync(fresh.keyFile)).toEqual(key);
  });

  it('refuses halves of two vaults', async () => {
    await migrateVault(fresh);
    const mixed = { ...fresh, blocks: at(server.blocks) };
    await refusal(PostgresVault.open(mixed), 'are not of one vault', server.blocks);
    await refusal(migrateVault(mixed), 'are not of one vault', server.blocks);
  });

  it('refuses to make keys for blocks that have some, and blocks for keys that are used', async () => {
    const [blocks = '', keys = ''] = names;
    await migrateVault(fresh);
    await run('DROP SCHEMA nachweis_vault CASCADE', blocks);
    await migrateVault(fresh);
    const vault = await PostgresVault.open(fresh);
    await vault.store([sealedEntry(1)], expected);
    await vault.close();
    await run('DROP SCHEMA nachweis_vault CASCADE', blocks);
    await refusal(migrateVault(fresh), 'their blocks are missing', blocks);
    await refusal(migrateVault({ ...fresh, keys: at('postgres'), blocks: at(server.blocks) }), 'the keys are missing');
    await run('DROP SCHEMA nachweis_keys CASCADE', keys);
  });

  it.each(['nachweis_vault', 'nachweis_keys'])('refuses a schema %s of somebody else', async (schema) => {
    const database = names[schema === 'nachweis_vault' ? 0 : 1] ?? '';
    await run(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.something (x integer)`, database);
    await refusal(migrateVault(fresh), schema, 'somebody else', database);
    await run(`CREATE TABLE ${schema}.vault (x integer)`, database);
    await refusal(migrateVault(fresh), 'somebody else', database);
    expect(await run(`SELECT * FROM ${schema}.vault`, database)).toEqual([]);
  });

  it('leaves no schema half made when it is cut off, and goes on the next time', async () => {
    const [blocks = ''] = names;
    await run(
      `CREATE FUNCTION broken() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'broken'; END $$;
       CREATE EVENT TRIGGER broken ON ddl_command_start WHEN TAG IN ('GRANT') EXECUTE FUNCTION broken()`,
      blocks,
    );
    await refusal(migrateVault(fresh), blocks, 'the server refuses');
    expect(await run(`SELECT to_regnamespace('nachweis_vault') AS made`, blocks)).toEqual([{ made: null }]);
    await run('DROP EVENT TRIGGER broken', blocks);
    await migrateVault(fresh);
    await (await PostgresVault.open(fresh)).close();
  });
});
