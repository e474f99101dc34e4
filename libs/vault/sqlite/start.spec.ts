import { treeSize, type EntryId } from '#kernel';
import { VaultRefused } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { entry, expected, sealedEntry } from '../testing/sealed-entry.js';

/** As the first version made it. */
const firstLayout = `
  CREATE TABLE vault (id TEXT NOT NULL, swept_stored INTEGER NOT NULL, swept_key INTEGER NOT NULL) STRICT;
  CREATE TABLE stored (
    id INTEGER PRIMARY KEY AUTOINCREMENT, entry TEXT NOT NULL, agency TEXT NOT NULL, exchange TEXT) STRICT;
  CREATE INDEX stored_by_entry ON stored (entry);
  CREATE INDEX stored_by_exchange ON stored (exchange) WHERE exchange IS NOT NULL;
  CREATE TABLE blocks (
    id INTEGER PRIMARY KEY, stored INTEGER NOT NULL, block TEXT NOT NULL, retention TEXT NOT NULL,
    digest TEXT NOT NULL, key INTEGER, sealed BLOB, CHECK ((key IS NULL) = (sealed IS NULL))) STRICT;
  CREATE UNIQUE INDEX blocks_by_stored ON blocks (stored, block);
  CREATE INDEX blocks_by_key ON blocks (key) WHERE key IS NOT NULL;
  CREATE TABLE tokens (token BLOB NOT NULL, stored INTEGER NOT NULL, PRIMARY KEY (token, stored)) STRICT, WITHOUT ROWID;
  CREATE INDEX tokens_by_stored ON tokens (stored);
  CREATE TABLE doomed (key INTEGER PRIMARY KEY) STRICT`;

let directory: string;

const open = (): SqliteVault => SqliteVault.open({ directory, keyFile: path('vault.key') });
const path = (name: string): string => join(directory, name);
const remove = (file: string): void => rmSync(file, { recursive: true });

describe('a vault that starts', () => {
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'vault-'));
    const vault = open();
    await vault.store([sealedEntry(1)], expected);
    await vault.close();
  });
  afterEach(() => remove(directory));

  const refusal = (part: string): void => {
    const before = readdirSync(directory);
    expect(open).toThrow(VaultRefused);
    expect(open).toThrow(part);
    expect(readdirSync(directory)).toEqual(before);
  };

  it('makes a key file of 32 bytes with mode 0600', () => {
    const { size, mode } = statSync(path('vault.key'));
    expect([size, mode & 0o777]).toEqual([32, 0o600]);
  });

  it('takes a key file that was there before the first start, and keys in a place of their own', async () => {
    const elsewhere = path('elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'my.key'), Buffer.alloc(32, 7), { mode: 0o600 });
    mkdirSync(path('fresh'));
    const where = {
      directory: path('fresh'),
      keyFile: join(elsewhere, 'my.key'),
      keysFile: join(elsewhere, 'k.sqlite'),
    };
    const vault = SqliteVault.open(where);
    await vault.store([sealedEntry(1)], expected);
    await vault.close();
    expect(readdirSync(elsewhere).sort()).toEqual(['k.sqlite', 'my.key']);
    expect(readdirSync(path('fresh'))).toEqual(['vault.sqlite']);
  });

  it.each(['644', '640', '602', '660'])('refuses a key file with mode %s', (mode) => {
    chmodSync(path('vault.key'), Number.parseInt(mode, 8));
    refusal('0600');
  });

  it('refuses a key file of another length', () => {
    truncateSync(path('vault.key'), 31);
    refusal('32 bytes');
  });

  it('refuses another key', () => {
    writeFileSync(path('vault.key'), Buffer.alloc(32, 7));
    expect(open).toThrow(VaultRefused);
  });

  it('refuses to make a new key for what is there already', () => {
    remove(path('vault.key'));
    refusal('vault.key');
    remove(path('vault.sqlite'));
    refusal('vault.key');
  });

  it('refuses to start without the keys of what is there', () => {
    remove(path('keys.sqlite'));
    refusal('keys.sqlite');
  });

  it('refuses to start without the blocks its keys are for', () => {
    remove(path('vault.sqlite'));
    expect(open).toThrow('there are keys for its blocks');
  });

  it('refuses the keys of another vault, though the key file is the same', () => {
    mkdirSync(path('other'));
    const other = SqliteVault.open({ directory: path('other'), keyFile: path('vault.key') });
    void other.close();
    cpSync(join(path('other'), 'keys.sqlite'), path('keys.sqlite'));
    expect(open).toThrow('belongs to other keys');
  });

  it('refuses files of a later version', () => {
    const database = new DatabaseSync(path('vault.sqlite'));
    database.exec('PRAGMA user_version = 3');
    database.close();
    expect(open).toThrow('layout 3');
  });

  describe('on a file of the first layout', () => {
    const leafOf =
      (...kept: readonly number[]) =>
      async (id: EntryId) =>
        new Set(kept.filter((n) => id === entry(n)).flatMap((n) => sealedEntry(n).blocks.map(({ digest }) => digest)));

    beforeEach(async () => {
      const vault = open();
      await vault.store([sealedEntry(2)], treeSize(1_000));
      await vault.close();
      renameSync(path('vault.sqlite'), path('later.sqlite'));
      const database = new DatabaseSync(path('vault.sqlite'));
      database.exec(`${firstLayout};
        ATTACH '${path('later.sqlite')}' AS later;
        INSERT INTO vault SELECT * FROM later.vault;
        INSERT INTO stored SELECT id, entry, agency, exchange FROM later.stored;
        INSERT INTO blocks SELECT * FROM later.blocks;
        PRAGMA user_version = 1`);
      database.close();
      for (const name of readdirSync(directory)) if (name.startsWith('later')) remove(path(name));
    });

    it('brings it to the layout of now and keeps what it holds', async () => {
      for (let starts = 0; starts < 2; starts += 1) {
        const vault = open();
        expect([...(await vault.open([entry(1), entry(2)])).values()].map((blocks) => blocks.length)).toEqual([4, 4]);
        await vault.close();
      }
      const database = new DatabaseSync(path('vault.sqlite'));
      expect(database.prepare('PRAGMA user_version').get()?.['user_version']).toBe(2);
      database.close();
    });

    it('sweeps what had no leaf then, and protects what is stored since', async () => {
      const vault = open();
      await vault.store([sealedEntry(3)], treeSize(5));
      expect(await vault.sweep(treeSize(5), leafOf(1))).toBe(4);
      expect([...(await vault.open([entry(1), entry(2), entry(3)])).keys()]).toEqual([entry(1), entry(3)]);
      await vault.close();
    });

    it('leaves it as it was when the step fails', () => {
      const database = new DatabaseSync(path('vault.sqlite'));
      database.exec('DROP TABLE stored');
      database.close();
      expect(open).toThrow('no such table: stored');
      const after = new DatabaseSync(path('vault.sqlite'));
      expect(after.prepare('PRAGMA user_version').get()?.['user_version']).toBe(1);
      after.close();
    });
  });

  it.each([
    ['the key file', []],
    ['the keys', ['keys.sqlite']],
    ['the keys and an empty file for the blocks', ['keys.sqlite', 'vault.sqlite']],
  ])('goes on when its first start was cut off after %s', async (_, made) => {
    mkdirSync(path('first'));
    const first = { directory: path('first'), keyFile: join(path('first'), 'vault.key') };
    await SqliteVault.open(first).close();
    for (const name of ['keys.sqlite', 'vault.sqlite'].filter((each) => !made.includes(each))) {
      remove(join(path('first'), name));
    }
    if (made.includes('vault.sqlite')) truncateSync(join(path('first'), 'vault.sqlite'), 0);
    const vault = SqliteVault.open(first);
    await vault.store([sealedEntry(1)], expected);
    expect((await vault.open([entry(1)])).size).toBe(1);
    await vault.close();
  });
});
