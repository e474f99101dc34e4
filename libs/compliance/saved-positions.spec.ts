import fc from 'fast-check';
import { sql } from 'kysely';
import { savedPosition } from '#kernel';
import { completeUpTo, createSavedPositions, readPosition, resetPosition } from './saved-positions.js';
import { openSqliteViews } from './sqlite/index.js';
import type { Views } from './views.js';

const seed = 20261122;
let views: Views;
beforeEach(async () => {
  views = openSqliteViews(':memory:');
  await createSavedPositions(views.database);
});
afterEach(() => views.database.destroy());

const start = (name: string, partitions: number): Promise<void> =>
  views.database.transaction().execute((transaction) => resetPosition(transaction, { name, version: 1 }, partitions));

const complete = (...names: readonly string[]): Promise<number> => completeUpTo(views.database, names);

async function put(name: string, rows: readonly (readonly [position: number, folded: number, aside: number])[]) {
  await start(name, rows.length);
  for (const [partition, [position, folded, quarantined]] of rows.entries()) {
    await views.database
      .updateTable('saved_position')
      .set({ position, folded, quarantined })
      .where('name', '=', name)
      .where('partition', '=', partition)
      .execute();
  }
}

describe('how far an answer is complete', () => {
  it('is nothing for what was never built, or lacks a partition', async () => {
    expect(await complete('nobody')).toBe(0);
    await put('one', [
      [7, 4, 0],
      [6, 3, 0],
    ]);
    expect(await complete('one')).toBe(7);
    await views.database.deleteFrom('saved_position').where('partition', '=', 1).execute();
    expect(await complete('one')).toBe(0);
  });

  it('is never more than what all of its projections hold', async () => {
    await put('one', [[9, 9, 0]]);
    await put('two', [[4, 4, 0]]);
    expect(await complete('one', 'two')).toBe(4);
    expect(await complete('one', 'nobody')).toBe(0);
  });

  it('counts what was put aside: it is known, and shown elsewhere', async () => {
    await put('one', [
      [5, 1, 2],
      [4, 2, 0],
    ]);
    expect(await complete('one')).toBe(5);
  });

  it('is exactly so far as no leaf is missing, or less', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 30 }),
        fc.array(fc.nat(30), { minLength: 4, maxLength: 4 }),
        async (partitionOfLeaf, taken) => {
          const dealt = [0, 1, 2, 3].map((partition) =>
            partitionOfLeaf.flatMap((one, index) => (one === partition ? [index] : [])).slice(0, taken[partition]),
          );
          await put(
            'one',
            dealt.map((indexes) => [(indexes.at(-1) ?? -1) + 1, indexes.length, 0] as const),
          );
          const held = new Set(dealt.flat());
          const first = partitionOfLeaf.findIndex((_, index) => !held.has(index));
          const whole = first < 0 ? partitionOfLeaf.length : first;
          const size = await complete('one');
          expect(size).toBeLessThanOrEqual(whole);
          if (held.size === whole) expect(size).toBe(whole);
        },
      ),
      { seed, numRuns: 100 },
    );
  });

  it('survives beyond 2^31 leaves', async () => {
    await put('one', [
      [2 ** 40, 2 ** 39, 0],
      [2 ** 40 - 5, 2 ** 39, 0],
    ]);
    expect(await complete('one')).toBe(2 ** 40);
  });
});

it('positions of a time before partitions are dropped, so that their views are built anew', async () => {
  await views.database.schema.dropTable('saved_position').execute();
  await sql`CREATE TABLE saved_position (name text PRIMARY KEY, version integer, position bigint)`.execute(
    views.database,
  );
  await sql`INSERT INTO saved_position VALUES ('one', 1, 7)`.execute(views.database);
  await createSavedPositions(views.database);
  expect(await readPosition(views.database, 'one')).toBeUndefined();
  await start('one', 1);
  await createSavedPositions(views.database);
  expect(await readPosition(views.database, 'one')).toMatchObject({ position: savedPosition(0), partitions: 1 });
});
