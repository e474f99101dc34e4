import fc from 'fast-check';
import type { EntryId, Instant } from '#kernel';
import { judgements } from '../judging/judgements.js';
import { PostgresDatabase, sqliteDatabase } from '../testing/databases.js';
import { projected, type Projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police, RecordedLog, school, youthOffice } from '../testing/recorded-log.js';
import type { Told } from '../testing/recorded-log.js';
import { decided, requested } from '../testing/stories.js';
import { v7 } from './by-id/v07-refusals.js';
import { ask, competentFor, own } from './testing/ask.js';

const seed = 20261122;
const projections = [judgements];
const scopes = [
  ...[police, youthOffice, clinic, school].map(own),
  competentFor(youthOffice),
  competentFor(police, clinic),
];

const hiding = fc.constantFrom(
  {},
  {},
  { visibility: 'restricted' },
  { visibility: 'deferred-until', hiddenUntil: '2026-03-03' },
);

const step = fc
  .tuple(fc.constantFrom('one', 'two', 'three'), fc.constantFrom(police, clinic), hiding, fc.boolean())
  .map(([name, requester, more, isAsked]) =>
    isAsked
      ? requested(requester, youthOffice, exchangeOf(name), more)
      : decided(youthOffice, exchangeOf(name), 'refuse', { requester, ...more }),
  );

/** Each recorded an hour after the one before. */
const told: fc.Arbitrary<readonly Told[]> = fc
  .array(step, { minLength: 1, maxLength: 14 })
  .map((steps) => steps.map((one, hour) => ({ ...one, hour: hour * 6 })));

const erase = async ({ log, projector }: Projected, gone: readonly EntryId[]): Promise<void> => {
  for (const entry of gone) await log.vault.destroy({ entry, blocks: ['terms'] });
  await projector.erase(gone);
};

describe.each([
  { database: sqliteDatabase, runs: 8 },
  { database: new PostgresDatabase(projections), runs: 4 },
])('a view as of an earlier moment, on $database.name', ({ database, runs }) => {
  beforeAll(() => database.start());
  afterAll(() => database.stop());
  const opened = async () => projected({ ...(await database.open()), projections });

  it('shows what a log shows that ends there, without what was erased since', async () => {
    await fc.assert(
      fc.asyncProperty(told, fc.nat(90), fc.array(fc.nat(14), { maxLength: 4 }), async (log, hour, erased) => {
        const asOf = hoursAfter(hour);
        await using world = await opened();
        const ids = await world.tell(...log);
        await erase(
          world,
          ids.filter((_, place) => erased.includes(place)),
        );
        const short = new RecordedLog();
        const kept = await short.record(...log.filter((one) => (one.hour ?? 0) <= hour));
        await using then = await projected({ log: short, projections });
        await then.caughtUp();
        await erase(
          then,
          kept.filter((_, place) => erased.includes(place)),
        );
        for (const scope of scopes) {
          const { rows } = await ask(world.reader, v7, scope, { asOf });
          expect(rows).toEqual((await ask(then.reader, v7, scope, { now: asOf })).rows);
        }
      }),
      { seed, numRuns: runs },
    );
  });

  it('does not bring back what was erased since', async () => {
    await using world = await opened();
    const [, refusal] = await world.tell(
      requested(police, youthOffice, exchangeOf('one')),
      decided(youthOffice, exchangeOf('one'), 'refuse'),
    );
    const asOf = hoursAfter(1);
    expect((await ask(world.reader, v7, own(police), { asOf })).rows).toHaveLength(1);
    await erase(world, refusal === undefined ? [] : [refusal]);
    expect((await ask(world.reader, v7, own(police), { asOf })).rows).toEqual([]);
  });

  it('goes on page by page, as it was', async () => {
    await using world = await opened();
    const names = ['one', 'two', 'three', 'four', 'five'];
    await world.tell(...names.map((name, hour) => ({ ...decided(youthOffice, exchangeOf(name), 'refuse'), hour })));
    const asOf = hoursAfter(3);
    const seen: unknown[] = [];
    let after: Parameters<typeof ask>[3] = {};
    for (;;) {
      const { rows, next } = await ask(world.reader, v7, own(youthOffice), { asOf, limit: 2, ...after });
      seen.push(...rows.map(({ cells }) => cells['decidedAt']));
      if (next === null) break;
      after = { after: next };
      // What is recorded meanwhile changes nothing of what was.
      await world.tell({ ...decided(youthOffice, exchangeOf(`later ${seen.length}`), 'refuse'), hour: 50 });
    }
    expect(seen).toEqual([3, 2, 1, 0].map((hour): Instant => hoursAfter(hour)));
  });
});
