import { leafIndex, treeSize } from '#kernel';
import { StoreUnavailable } from '#event-store';
import { SqliteEventStore, openConnection } from '#event-store/sqlite';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventStoreContract } from '../testing/contract.js';

const stream = 'entries';
const start = leafIndex(0);
const record = (text: string): Buffer => Buffer.from(text);

let directory: string;
let file: string;

function newFile(): string {
  directory = mkdtempSync(join(tmpdir(), 'event-store-'));
  file = join(directory, 'log.sqlite');
  return file;
}

const remove = (path: string): void => rmSync(path, { recursive: true });

eventStoreContract('on SQLite', async () => {
  const log = newFile();
  const here = directory;
  const opened: SqliteEventStore[] = [];
  const open = (): SqliteEventStore => {
    const store = new SqliteEventStore(openConnection(log), 5);
    opened.push(store);
    return store;
  };
  return {
    store: open(),
    reopen: async () => open(),
    close: async () => {
      for (const store of opened) await store.close();
      remove(here);
    },
  };
});

describe('the file of an event store', () => {
  beforeEach(newFile);
  afterEach(() => remove(directory));

  it('is written with a write-ahead log and a full sync at each commit', () => {
    const database = openConnection(file);
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
  });

  it('is refused when a later version wrote it', () => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 2');
    database.close();
    expect(() => SqliteEventStore.open(file)).toThrow('layout 2');
  });

  it('holds indexes beyond 2^31', async () => {
    const database = openConnection(file);
    database.prepare('INSERT INTO entries (idx, bytes) VALUES (?, ?)').run(2 ** 31 + 5, record('far'));
    const store = new SqliteEventStore(database);
    expect(await store.size(stream)).toBe(2 ** 31 + 6);
    await store.append(stream, treeSize(2 ** 31 + 6), [record('farther')]);
    expect((await store.read(stream, leafIndex(2 ** 31 + 6), 5)).map(({ index }) => index)).toEqual([2 ** 31 + 6]);
    await store.close();
  });
});

describe('an append that fails', () => {
  let database: DatabaseSync;
  let store: SqliteEventStore;

  beforeEach(async () => {
    database = openConnection(newFile());
    store = new SqliteEventStore(database);
    await store.append(stream, treeSize(0), [record('kept')]);
  });
  afterEach(async () => {
    await store.close();
    remove(directory);
  });

  async function expectOnlyWhatWasKept(): Promise<void> {
    expect((await store.read(stream, start, 9)).map(({ bytes }) => bytes.toString())).toEqual(['kept']);
  }

  it('in its middle leaves nothing behind, and the store goes on', async () => {
    database.exec(
      `CREATE TRIGGER broken BEFORE INSERT ON entries WHEN new.bytes = CAST('bad' AS BLOB) BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    );
    const attempt = store.append(stream, treeSize(1), [record('good'), record('bad')]);
    await expect(attempt).rejects.toThrow(StoreUnavailable);
    await expectOnlyWhatWasKept();
    await store.append(stream, treeSize(1), [record('good')]);
    expect(await store.size(stream)).toBe(2);
  });

  it('for want of space leaves nothing behind, and the store goes on once there is space', async () => {
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages}`);
    const large = Array.from({ length: 40 }, () => Buffer.alloc(60_000, 1));
    const attempt = store.append(stream, treeSize(1), large);
    await expect(attempt).rejects.toMatchObject({
      name: 'StoreUnavailable',
      cause: { message: expect.stringContaining('full') },
    });
    await expectOnlyWhatWasKept();
    database.exec('PRAGMA max_page_count = 1000000');
    await store.append(stream, treeSize(1), large);
    expect(await store.size(stream)).toBe(41);
  });

  it('because another process holds the file leaves nothing behind, and the store goes on afterwards', async () => {
    database.exec('PRAGMA busy_timeout = 1');
    const other = openConnection(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append(stream, treeSize(1), [record('late')])).rejects.toThrow(StoreUnavailable);
    await expectOnlyWhatWasKept();
    other.exec('ROLLBACK');
    other.close();
    await store.append(stream, treeSize(1), [record('late')]);
    expect(await store.size(stream)).toBe(2);
  });

  it('does not wake subscribers with records that were rolled back', async () => {
    database.exec(
      `CREATE TRIGGER broken BEFORE INSERT ON entries WHEN new.bytes = CAST('bad' AS BLOB) BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    );
    const batches = store.subscribe(stream, leafIndex(1), new AbortController().signal)[Symbol.asyncIterator]();
    const next = batches.next();
    await expect(store.append(stream, treeSize(1), [record('good'), record('bad')])).rejects.toThrow(StoreUnavailable);
    await store.append(stream, treeSize(1), [record('real')]);
    expect((await next).value).toEqual([{ index: 1, bytes: record('real') }]);
    await batches.return?.();
  });
});
