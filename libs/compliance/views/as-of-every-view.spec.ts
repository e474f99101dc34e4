import fc from 'fast-check';
import type { EntryId } from '#kernel';
import { everyProjection } from '../every-projection.js';
import { PostgresDatabase, sqliteDatabase } from '../testing/databases.js';
import { projected, type Projected } from '../testing/projected.js';
import { clinic, hoursAfter, police, RecordedLog, youthOffice } from '../testing/recorded-log.js';
import { isAsked } from './asked-view.js';
import { everyView } from './every-view.js';
import { anyEntries, entriesOften, pace } from './testing/any-entries.js';
import { ask, competentFor, own } from './testing/ask.js';
import { growingRegistry, registryOfLog } from './testing/growing-registry.js';

const seed = 20261122;
const scopes = [...[police, youthOffice, clinic].map(own), competentFor(youthOffice, clinic)];
const withPast = everyView.filter(({ asOf }) => asOf === true);
const readThere = withPast.flatMap((view) => (isAsked(view) ? [] : view.reads));

async function erase({ log, projector }: Projected, gone: readonly EntryId[]): Promise<void> {
  for (const entry of gone) await log.vault.destroy({ entry, blocks: ['terms'] });
  await projector.erase(gone);
}

describe.each([
  { database: sqliteDatabase, runs: 8 },
  { database: new PostgresDatabase(), runs: 2 },
])('every view on $database.name', ({ database, runs }) => {
  beforeAll(() => database.start());
  afterAll(() => database.stop());

  it('shows of an earlier moment what a log shows that ends there, without what was erased since', async () => {
    await fc.assert(
      fc.asyncProperty(
        entriesOften(readThere),
        fc.integer({ min: 20, max: 90 }),
        fc.array(fc.nat(14), { maxLength: 3 }),
        async (told, hour, erased) => {
          const asOf = hoursAfter(hour);
          await using world = await projected(await database.open());
          await world.log.register(...growingRegistry);
          const ids = await world.tell(...told);
          await erase(
            world,
            ids.filter((_, place) => erased.includes(place)),
          );
          const short = new RecordedLog();
          await short.register(...growingRegistry.filter((one) => (one.hour ?? 0) <= hour));
          const kept = await short.record(...told.slice(0, Math.floor(hour / pace) + 1));
          await using then = await projected({ log: short });
          await then.caughtUp();
          await erase(
            then,
            kept.filter((_, place) => erased.includes(place)),
          );
          const [grown, registry] = [await registryOfLog(world.log), await registryOfLog(short)];
          for (const view of withPast) {
            for (const scope of scopes) {
              const { rows } = await ask(world.reader, view, scope, { asOf, registry: grown });
              const expected = await ask(then.reader, view, scope, { now: asOf, registry });
              expect([view.id, scope, rows]).toEqual([view.id, scope, expected.rows]);
            }
          }
        },
      ),
      { seed, numRuns: runs },
    );
  });

  it('answers about entries of every type, whatever they say', async () => {
    await fc.assert(
      fc.asyncProperty(anyEntries, async (told) => {
        await using world = await projected(await database.open());
        await world.tell(...told);
        expect(world.projector.states().map(({ status }) => status)).toEqual(everyProjection.map(() => 'running'));
        for (const view of everyView) for (const scope of scopes) await ask(world.reader, view, scope);
      }),
      { seed, numRuns: runs },
    );
  });
});
