import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, type Ended } from '../../test/support/command-line.js';
import { postgresPassword, PostgresServer } from '../../test/support/postgres-server.js';
import { registerDatabases } from './migrate-databases.js';

const wrongUse = 64;

let server: PostgresServer;
let folder: string;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'databases-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${postgresPassword}\n`);
  const [views, vault, keys] = [await database(), await database(), await database()];
  settings = {
    NACHWEIS_ORIGIN: 'ledger.example/nachweis',
    NACHWEIS_KEYS: join(folder, 'keys'),
    NACHWEIS_VIEWS: views,
    NACHWEIS_VAULT: vault,
    NACHWEIS_VAULT_KEYS: keys,
    ...Object.fromEntries(
      ['VIEWS', 'VAULT', 'VAULT_KEYS'].map((one) => [`NACHWEIS_${one}_PASSWORD_FILE`, passwordFile]),
    ),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

const database = async (): Promise<string> =>
  `postgres://postgres@127.0.0.1:${server.port}/${await server.createDatabase()}`;
const migrate = (): Promise<Ended> => commandLine(registerDatabases, settings, 'databases', 'migrate');
const without = (...names: readonly string[]) =>
  (settings = Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name))));
const schemasOf = async (setting: string): Promise<unknown[]> => {
  const name = new URL(settings[setting] ?? '').pathname.slice(1);
  const rows = await server.run(name, `SELECT nspname FROM pg_namespace WHERE nspname ~ 'nachweis|views' ORDER BY 1`);
  return rows.map((row) => Object.values(row)[0]);
};

describe('nachweis databases migrate', () => {
  it('prepares empty databases, and changes nothing when it is run again', async () => {
    const first = await migrate();
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('generation 1 is read') });
    expect(await schemasOf('NACHWEIS_VIEWS')).toEqual(['nachweis_control', 'views_1']);
    expect(await schemasOf('NACHWEIS_VAULT')).toEqual(['nachweis_ledger', 'nachweis_vault']);
    expect(await schemasOf('NACHWEIS_VAULT_KEYS')).toEqual(['nachweis_keys']);
    expect(statSync(join(folder, 'keys', 'vault.key')).mode & 0o077).toBe(0);
    const again = await migrate();
    expect([again.code, again.out]).toEqual([0, expect.not.stringContaining('generation')]);
    expect(await schemasOf('NACHWEIS_VIEWS')).toEqual(['nachweis_control', 'views_1']);
  });

  it('may be run for the views alone', async () => {
    without('NACHWEIS_VAULT', 'NACHWEIS_VAULT_KEYS');
    expect((await migrate()).code).toBe(0);
  });

  it('ends with 64 where no database is named, or half of a vault', async () => {
    without('NACHWEIS_VAULT_KEYS');
    expect(await migrate()).toMatchObject({ code: wrongUse, err: expect.stringContaining('name both') });
    without('NACHWEIS_VIEWS', 'NACHWEIS_VAULT');
    expect(await migrate()).toMatchObject({ code: wrongUse, err: expect.stringContaining('no database') });
  });

  it.each(['NACHWEIS_VIEWS', 'NACHWEIS_VAULT', 'NACHWEIS_VAULT_KEYS'])(
    'names setting %s and the host when its database cannot be used, and no password',
    async (name) => {
      settings = { ...settings, [name]: 'postgres://postgres@127.0.0.1:1/gone' };
      const { code, out, err } = await migrate();
      expect([code, err]).toEqual([2, expect.stringContaining('127.0.0.1:1')]);
      expect(err).toContain(name);
      expect(out + err).not.toContain(postgresPassword);
    },
  );

  it('refuses the databases of another ledger', async () => {
    await migrate();
    settings = { ...settings, NACHWEIS_ORIGIN: 'other.example/ledger' };
    expect(await migrate()).toMatchObject({ code: 2, err: expect.stringContaining('ledger.example/nachweis') });
  });
});
