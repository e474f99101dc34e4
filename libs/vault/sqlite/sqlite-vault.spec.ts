import { VaultDamaged, VaultUnavailable } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { vaultContract } from '../testing/contract.js';
import { entry, exchange, expected, grown, police, sealedEntry } from '../testing/sealed-entry.js';

let directory: string;

const files = () => ({ directory, keyFile: join(directory, 'vault.key') });
const open = (): SqliteVault => SqliteVault.open(files());
const newDirectory = (): string => (directory = mkdtempSync(join(tmpdir(), 'vault-')));
const remove = (path: string): void => rmSync(path, { recursive: true });

/** Looks into a file, or changes it, past the vault. */
function ask(file: 'vault' | 'keys', sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[] {
  const database = new DatabaseSync(join(directory, `${file}.sqlite`));
  try {
    return database.prepare(sql).all(...values);
  } finally {
    database.close();
  }
}

const counted = (file: 'vault' | 'keys', table: string): unknown =>
  ask(file, `SELECT count(*) AS n FROM ${table}`)[0]?.['n'];
const blobs = (file: 'vault' | 'keys', sql: string): Buffer[] =>
  ask(file, sql).map((row) => Buffer.from(Object.values(row)[0] as Uint8Array));

const everyFile = (): Buffer =>
  Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));

vaultContract('on SQLite', async () => {
  const here = newDirectory();
  const place = files();
  let vault = SqliteVault.open(place);
  return {
    vault,
    reopen: async () => {
      await vault.close();
      return (vault = SqliteVault.open(place));
    },
    close: async () => {
      await vault.close();
      remove(here);
    },
  };
});

describe('the files of a vault', () => {
  let vault: SqliteVault;

  beforeEach(() => {
    newDirectory();
    vault = open();
  });
  afterEach(async () => {
    await vault.close();
    remove(directory);
  });

  it('hold nothing that was recorded in clear, nor what it is searched by', async () => {
    const value = { name: 'Waltraud Kowalczyk', born: '1980-05-17' };
    const index = [
      { kind: 'subject', value: 'pseudonym-4711' } as const,
      { kind: 'case', value: 'Js 345/26' } as const,
    ];
    const planted = sealedEntry(1, { value, index });
    await vault.store([planted], expected);
    const encoded = planted.blocks.flatMap((block) => [block.encoded, block.encoded.slice(4, 30)]);
    const salts = planted.blocks.map((block) => JSON.parse(Buffer.from(block.encoded, 'base64url').toString())[0]);
    for (const text of ['Waltraud', 'Kowalczyk', '1980-05-17', 'pseudonym-4711', 'Js 345/26', ...encoded, ...salts]) {
      expect(everyFile().includes(text)).toBe(false);
      expect(everyFile().includes(Buffer.from(text, 'utf16le'))).toBe(false);
    }
    expect(everyFile().includes(planted.id)).toBe(true);
  });

  it('can be read by their owner only', async () => {
    await vault.store([sealedEntry(1)], expected);
    const names = readdirSync(directory);
    expect(names).toEqual(expect.arrayContaining(['keys.sqlite', 'vault.key', 'vault.sqlite', 'vault.sqlite-wal']));
    for (const name of names) expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
  });

  it('keep neither the wrapped key nor the ciphertext of what was destroyed', async () => {
    const entries = Array.from({ length: 300 }, (_, number) => sealedEntry(number, { exchange: exchange(number % 3) }));
    await vault.store(entries, expected);
    const ofOne = `WHERE stored IN (SELECT id FROM stored WHERE exchange = '${exchange(1)}')`;
    const keys = ask('vault', `SELECT DISTINCT key FROM blocks ${ofOne}`).map((row) => Number(row['key']));
    const wrapped = blobs('keys', `SELECT wrapped FROM data_keys WHERE id IN (${keys.join()})`);
    const sealed = blobs('vault', `SELECT sealed FROM blocks ${ofOne}`);
    expect([wrapped.length, sealed.length]).toEqual([200, 400]);
    const present = (parts: readonly Buffer[]): number => {
      const bytes = everyFile();
      return parts.filter((part) => bytes.includes(part) || bytes.includes(part.subarray(12, 44))).length;
    };
    expect([present(wrapped), present(sealed)]).toEqual([200, 400]);
    await vault.destroy({ exchange: exchange(1) });
    expect([present(wrapped), present(sealed)]).toEqual([0, 0]);
  });

  it('keep no key under which a destroyed block could be opened, though others shared it', async () => {
    await vault.store([sealedEntry(1)], expected);
    const before = blobs('keys', 'SELECT wrapped FROM data_keys');
    const sealed = blobs('vault', `SELECT sealed FROM blocks WHERE retention = 'record'`);
    await vault.destroy({ entry: entry(1), blocks: ['people'] });
    const bytes = everyFile();
    expect(before.filter((wrapped) => bytes.includes(wrapped))).toHaveLength(1);
    expect(sealed.filter((each) => bytes.includes(each))).toHaveLength(0);
    expect(counted('keys', 'data_keys')).toBe(2);
    expect((await vault.open([entry(1)])).get(entry(1))).toHaveLength(4);
  });

  it('have one key an entry and retention class', async () => {
    await vault.store(
      [sealedEntry(1, { blocks: ['terms', 'people', 'told', 'staff', 'reasons', 'withheld'] })],
      expected,
    );
    expect(counted('keys', 'data_keys')).toBe(3);
  });

  it('keep tokens that differ between agencies and kinds', async () => {
    const index = [{ kind: 'subject', value: 'x' } as const, { kind: 'case', value: 'x' } as const];
    const other = sealedEntry(2, { index, agency: sealedEntry(1).agency });
    await vault.store([sealedEntry(1, { index }), { ...other, agency: 'school.example' as typeof police }], expected);
    expect(new Set(blobs('vault', 'SELECT token FROM tokens').map((token) => token.toString('hex'))).size).toBe(4);
  });

  it('are synced at every commit and overwritten where deleted', async () => {
    await vault.close();
    const { openDatabase } = await import('./database.js');
    const database = openDatabase(join(directory, 'vault.sqlite'), 2);
    const pragma = (name: string): unknown => database.prepare(`PRAGMA ${name}`).get()?.[name];
    expect([pragma('synchronous'), pragma('journal_mode'), pragma('secure_delete')]).toEqual([2, 'wal', 1]);
    database.close();
  });

  describe('that somebody changed', () => {
    const damage = async (file: 'vault' | 'keys', sql: string): Promise<void> => {
      await vault.store([sealedEntry(1), sealedEntry(2)], expected);
      ask(file, sql);
    };
    const opening = () => vault.open([entry(1)]);
    const flipped = `substr(sealed, 1, 20) || CAST(char(1) AS BLOB) || substr(sealed, 22)`;

    it.each<[string, 'vault' | 'keys', string]>([
      ['a byte of a ciphertext', 'vault', `UPDATE blocks SET sealed = CAST(${flipped} AS BLOB) WHERE block = 'people'`],
      ['a shortened ciphertext', 'vault', `UPDATE blocks SET sealed = substr(sealed, 1, 20) WHERE block = 'people'`],
      ['the digest of a block', 'vault', `UPDATE blocks SET digest = 'x' || substr(digest, 2) WHERE block = 'people'`],
      ['the name of a block', 'vault', `UPDATE blocks SET block = 'told' WHERE block = 'people'`],
      ['the key of a block', 'vault', `UPDATE blocks SET key = key + 1 WHERE block = 'people'`],
      ['a wrapped key', 'keys', 'UPDATE data_keys SET wrapped = zeroblob(60)'],
      ['a missing key', 'keys', 'DELETE FROM data_keys'],
      [
        'keys in each other’s place',
        'keys',
        'UPDATE data_keys SET wrapped = (SELECT wrapped FROM data_keys WHERE id = 2)',
      ],
    ])('do not open: %s', async (_, file, sql) => {
      await damage(file, sql);
      await expect(opening()).rejects.toThrow(VaultDamaged);
    });

    it('are named by entry and block, never by content', async () => {
      await damage('vault', `UPDATE blocks SET sealed = zeroblob(80) WHERE block = 'people'`);
      const error: unknown = await opening().catch((caught: unknown) => caught);
      expect(error).toMatchObject({ entry: entry(1), block: 'people' });
      expect(String(error)).not.toContain('says');
    });

    it('do not open when blocks of two entries change places', async () => {
      await damage(
        'vault',
        `UPDATE stored SET entry = CASE entry WHEN '${entry(1)}' THEN '${entry(2)}' ELSE '${entry(1)}' END`,
      );
      await expect(opening()).rejects.toThrow(VaultDamaged);
    });

    it('are not destroyed further: what shares a key with a damaged block stays until the whole entry goes', async () => {
      await damage('vault', `UPDATE blocks SET sealed = zeroblob(80) WHERE block = 'people'`);
      await expect(vault.destroy({ entry: entry(1), blocks: ['terms'] })).rejects.toThrow(VaultDamaged);
      expect(counted('vault', 'doomed')).toBe(0);
      expect(await vault.destroy({ entry: entry(1) })).toEqual({ entries: 1, blocks: 4 });
    });
  });

  describe('when a step fails', () => {
    const broken = (on: string) => `CREATE TRIGGER broken BEFORE ${on} BEGIN SELECT RAISE(ABORT, 'broken'); END`;
    const none = async (): Promise<null> => null;

    it('store nothing; keys that were made already go with the next sweep', async () => {
      await vault.store([sealedEntry(1)], expected);
      ask('vault', broken(`INSERT ON blocks WHEN new.block = 'reasons'`));
      await expect(vault.store([sealedEntry(2), sealedEntry(3)], expected)).rejects.toThrow(VaultUnavailable);
      ask('vault', 'DROP TRIGGER broken');
      expect((await vault.open([entry(2), entry(3)])).size).toBe(0);
      expect([counted('keys', 'data_keys'), counted('vault', 'stored')]).toEqual([6, 1]);
      await vault.sweep(grown, async () => new Set(sealedEntry(1).blocks.map(({ digest }) => digest)));
      expect(counted('keys', 'data_keys')).toBe(2);
      await vault.store([sealedEntry(2)], expected);
      expect((await vault.open([entry(1), entry(2)])).size).toBe(2);
    });

    it('leave no key behind, whenever the step failed', async () => {
      for (const number of [1, 2, 3]) {
        ask('vault', broken('INSERT ON blocks'));
        await expect(vault.store([sealedEntry(number)], expected)).rejects.toThrow(VaultUnavailable);
        ask('vault', 'DROP TRIGGER broken');
        await vault.sweep(grown, none);
        expect(counted('keys', 'data_keys')).toBe(0);
      }
    });

    it('keep no trace of what the sweep removed', async () => {
      await vault.store([sealedEntry(1, { index: [{ kind: 'case', value: 'x' }] })], expected);
      await vault.sweep(grown, none);
      expect(['stored', 'blocks', 'tokens', 'doomed'].map((table) => counted('vault', table))).toEqual([0, 0, 0, 0]);
    });

    it('store nothing when no key can be made', async () => {
      ask('keys', broken('INSERT ON data_keys WHEN new.id = 3'));
      await expect(vault.store([sealedEntry(1), sealedEntry(2)], expected)).rejects.toThrow(VaultUnavailable);
      expect([counted('keys', 'data_keys'), counted('vault', 'stored'), counted('vault', 'blocks')]).toEqual([0, 0, 0]);
    });

    it('finish at the next start a destruction that was cut off before the keys were gone', async () => {
      await vault.store([sealedEntry(1), sealedEntry(2)], expected);
      ask('keys', broken('DELETE ON data_keys'));
      await expect(vault.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
      expect(counted('keys', 'data_keys')).toBe(4);
      ask('keys', 'DROP TRIGGER broken');
      await vault.close();
      vault = open();
      expect([counted('keys', 'data_keys'), counted('vault', 'doomed')]).toEqual([2, 0]);
      expect((await vault.open([entry(2)])).get(entry(2))).toHaveLength(4);
    });

    it('finish it also when it is asked for again', async () => {
      await vault.store([sealedEntry(1)], expected);
      ask('keys', broken('DELETE ON data_keys'));
      await expect(vault.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
      ask('keys', 'DROP TRIGGER broken');
      await vault.destroy({ entry: entry(1) });
      expect([counted('keys', 'data_keys'), counted('vault', 'doomed')]).toEqual([0, 0]);
    });

    it('never report a destruction while a reader keeps the old bytes in the write-ahead log', async () => {
      await vault.store([sealedEntry(1)], expected);
      const reader = new DatabaseSync(join(directory, 'keys.sqlite'));
      reader.exec('BEGIN; SELECT * FROM data_keys');
      await expect(vault.destroy({ entry: entry(1) })).rejects.toThrow(VaultUnavailable);
      reader.close();
      await vault.destroy({ entry: entry(1) });
      expect(counted('vault', 'doomed')).toBe(0);
    });

    it('keep blocks readable at every cut: keys of a later moment open blocks of an earlier one', async () => {
      await vault.store([sealedEntry(1)], expected);
      const earlier = join(directory, 'earlier');
      mkdirSync(earlier);
      for (const name of ['vault.sqlite', 'vault.sqlite-wal']) cpSync(join(directory, name), join(earlier, name));
      await vault.store([sealedEntry(2)], expected);
      await vault.close();
      for (const name of ['keys.sqlite', 'vault.key']) cpSync(join(directory, name), join(earlier, name));
      const cut = SqliteVault.open({ directory: earlier, keyFile: join(earlier, 'vault.key') });
      const opened = await cut.open([entry(1), entry(2)]);
      expect([...opened.keys()]).toEqual([entry(1)]);
      expect(await cut.sweep(grown, none)).toBe(4);
      await cut.close();
      vault = open();
    });
  });

  it('never give the number of a lost key to another one when keys are restored from an older backup', async () => {
    await vault.store([sealedEntry(1)], expected);
    await vault.close();
    cpSync(join(directory, 'keys.sqlite'), join(directory, 'keys.backup'));
    vault = open();
    await vault.store([sealedEntry(2)], expected);
    await vault.close();
    cpSync(join(directory, 'keys.backup'), join(directory, 'keys.sqlite'));
    vault = open();
    await vault.store([sealedEntry(3)], expected);
    expect((await vault.open([entry(1), entry(3)])).size).toBe(2);
    await expect(vault.open([entry(2)])).rejects.toThrow(VaultDamaged);
    const owners = ask('vault', 'SELECT count(DISTINCT stored) AS n FROM blocks GROUP BY key');
    expect(owners.map(({ n }) => n)).toEqual(owners.map(() => 1));
  });
});
