import { VaultRefused } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { entry, sealedEntry } from '../testing/sealed-entry.js';

let directory: string;

const open = (): SqliteVault => SqliteVault.open({ directory, keyFile: path('vault.key') });
const path = (name: string): string => join(directory, name);
const remove = (file: string): void => rmSync(file, { recursive: true });

describe('a vault that starts', () => {
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'vault-'));
    const vault = open();
    await vault.store([sealedEntry(1)]);
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
    await vault.store([sealedEntry(1)]);
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
    database.exec('PRAGMA user_version = 2');
    database.close();
    expect(open).toThrow('layout 2');
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
    await vault.store([sealedEntry(1)]);
    expect((await vault.open([entry(1)])).size).toBe(1);
    await vault.close();
  });
});
