import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import { sql } from 'kysely';
import { projected } from '../testing/projected.js';
import { clinic, exchangeOf, police, RecordedLog } from '../testing/recorded-log.js';
import { disclosed, looked } from '../testing/stories.js';
import { openSqliteViews } from './sqlite-views.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'views-'));
});
afterEach(() => rm(directory, { recursive: true }));

const first = exchangeOf('first');

async function inFiles(text: string): Promise<boolean> {
  for (const file of await readdir(directory)) {
    if ((await readFile(join(directory, file))).includes(text)) return true;
  }
  return false;
}

describe('views in a file', () => {
  it('are there again after closing, and go on from there', async () => {
    const log = new RecordedLog();
    const file = join(directory, 'views.sqlite');
    let before: Readonly<Record<string, string>>;
    {
      await using world = await projected({ log, views: openSqliteViews(file) });
      await world.tell(disclosed(clinic, [police], first), looked(police, clinic, false));
      before = await world.digests();
    }
    await using world = await projected({ log, views: openSqliteViews(file) });
    expect(await world.digests()).toEqual(before);
    expect(world.projector.states().map(({ position }) => position)).toEqual([2, 2, 2, 2]);
  });

  it('can be deleted and come back the same', async () => {
    const log = new RecordedLog();
    await using kept = await projected({ log, views: openSqliteViews(join(directory, 'kept.sqlite')) });
    await kept.tell(disclosed(clinic, [police], first));
    await using again = await projected({ log, views: openSqliteViews(join(directory, 'again.sqlite')) });
    await again.caughtUp();
    expect(await again.digests()).toEqual(await kept.digests());
  });

  it('hold nothing of erased terms in any file', async () => {
    await using world = await projected({ views: openSqliteViews(join(directory, 'views.sqlite')) });
    const text = 'PolG § 4711';
    const legalBasisTransmit = { code: 'LED-A8-1', provision: text };
    const ids = await world.tell(
      ...Array.from({ length: 50 }, (_, i) => disclosed(clinic, [police], exchangeOf(`${i}`), { legalBasisTransmit })),
    );
    expect(await inFiles(text)).toBe(true);
    for (const entry of ids) await world.log.vault.destroy({ entry });
    await world.projector.erase(ids);
    expect(await inFiles(text)).toBe(false);
  });

  it('take memory while very many entries are folded at once, and give it back when they are few again', async () => {
    const { database, folded } = openSqliteViews(join(directory, 'views.sqlite'));
    const room = async (): Promise<number> => {
      const { rows } = await sql<{ cache_size: number }>`PRAGMA cache_size`.execute(database);
      return -(rows[0]?.cache_size ?? 0) / 1024;
    };
    folded(400);
    expect(await room()).toBe(2);
    folded(8_000);
    expect(await room()).toBe(96);
    folded(1);
    expect(await room()).toBe(2);
    await database.destroy();
  });

  it('say that a busy or full database passes by itself, and a broken rule does not', async () => {
    const file = join(directory, 'views.sqlite');
    const { database, isTransient } = openSqliteViews(file);
    const fails = async (statement: string): Promise<unknown> => {
      const error: unknown = await sql
        .raw(statement)
        .execute(database)
        .catch((cause: unknown) => cause);
      expect(isNativeError(error)).toBe(true);
      return error;
    };
    await sql`CREATE TABLE one (id INTEGER PRIMARY KEY, text TEXT NOT NULL)`.execute(database);
    await sql`PRAGMA busy_timeout = 0`.execute(database);
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    expect(isTransient(await fails(`INSERT INTO one VALUES (1, 'x')`))).toBe(true);
    other.exec('ROLLBACK');
    other.close();
    expect(isTransient(await fails('INSERT INTO one VALUES (1, NULL)'))).toBe(false);
    expect(isTransient(await fails('INSERT INTO nowhere VALUES (1)'))).toBe(false);
    expect(isTransient(new Error('disk I/O error'))).toBe(false);
    await database.destroy();
  });

  it('name the full disk, not the rollback that SQLite has done already', async () => {
    const { database, isTransient } = openSqliteViews(join(directory, 'views.sqlite'));
    await sql`CREATE TABLE one (text TEXT)`.execute(database);
    await sql`PRAGMA max_page_count = 10`.execute(database);
    const filled = database.transaction().execute(async (transaction) => {
      for (let i = 0; i < 100; i += 1) await sql`INSERT INTO one VALUES (${'x'.repeat(4096)})`.execute(transaction);
    });
    const error: unknown = await filled.catch((cause: unknown) => cause);
    expect(isTransient(error)).toBe(true);
    const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM one`.execute(database);
    expect(rows).toEqual([{ count: 0 }]);
    await database.destroy();
  });
});
