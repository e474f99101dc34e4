import fc from 'fast-check';
import { leafIndex, treeSize, type EntryId } from '#kernel';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';
import type { Projection } from './projection.js';
import { disclosures } from './projections/disclosures.js';
import { breakable } from './testing/breakable.js';
import { onEveryDatabase } from './testing/on-every-database.js';
import { everyProjection, ofOrder } from './every-projection.js';
import { rebuiltElsewhere, stateOf, type Projected } from './testing/projected.js';
import { interleaved, randomExchanges } from './testing/random-log.js';
import { clinic, exchangeOf, police, RecordedLog, type Told } from './testing/recorded-log.js';
import { disclosed, story } from './testing/stories.js';

const first = exchangeOf('first');
const seed = 20260301;
const patience = (): AbortSignal => AbortSignal.timeout(5_000);

onEveryDatabase(
  ({ projected, runs }, database) => {
    describe('views are folds of the log', () => {
      it('and grow with it', async () => {
        await using world = await projected();
        for (const told of story) await world.tell(told);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log));
        expect(world.projector.states()).toEqual(
          everyProjection.map(({ name }) => ({ name, status: 'running', position: 5, failure: null })),
        );
      });

      it('that are the same however the log was cut into batches, rebuilt, and after erasures', async () => {
        await fc.assert(
          fc.asyncProperty(
            randomExchanges,
            fc.array(fc.nat(100), { maxLength: 40 }),
            fc.array(fc.nat(40), { maxLength: 5 }),
            async (exchanges, order, erased) => {
              await using world = await projected();
              const log = interleaved(exchanges, order);
              const ids: EntryId[] = [];
              for (let at = 0; at < log.length; at += 3) ids.push(...(await world.tell(...log.slice(at, at + 3))));
              const before = await world.digests();
              expect(await rebuiltElsewhere(world.log)).toEqual(before);

              const gone = ids.filter((_, place) => erased.includes(place));
              for (const entry of gone) await world.log.vault.destroy({ entry });
              await world.projector.erase(gone);
              const after = await world.digests();
              expect(await rebuiltElsewhere(world.log)).toEqual(after);

              for (const { name } of everyProjection) await world.projector.rebuild(name);
              await world.caughtUp();
              expect(await world.digests()).toEqual(after);
            },
          ),
          { seed, numRuns: Math.min(runs, 10) },
        );
      });

      it('where replaying twice is replaying once', async () => {
        const log = new RecordedLog();
        await log.record(...story);
        const records = await log.store.read('entries', leafIndex(0), 10);
        const twice: Pick<EventStore, 'subscribe'> = {
          async *subscribe() {
            yield records.slice(0, 3);
            yield records.slice(0, 2);
            yield records.slice(1);
            yield records;
            await new Promise(() => {});
          },
        };
        const world = await projected({ log, store: twice });
        await world.caughtUp();
        expect(await world.digests()).toEqual(await rebuiltElsewhere(log));
      });

      it('that go on where they stood when they are opened again', async () => {
        const log = new RecordedLog();
        const views = await database.openEmpty();
        const { projection, seen } = breakable('watched');
        const setting = { log, views, projections: [projection] };
        const before = await projected(setting);
        await before.tell(...story.slice(0, 2));
        await before.projector.stop();
        await using after = await projected(setting);
        await after.tell(...story.slice(2));
        expect(seen).toEqual([0, 1, 2, 3, 4]);
      });

      it('that are built anew for a new version of their projection, and only those', async () => {
        const log = new RecordedLog();
        const views = await database.openEmpty();
        const { projection: other, seen } = breakable('other');
        const before = await projected({ log, views, projections: [disclosures, other] });
        await before.tell(...story);
        await before.projector.stop();
        const next: Projection = { ...disclosures, version: disclosures.version + 1, apply: async () => {} };
        await using after = await projected({ log, views, projections: [next, other] });
        await after.caughtUp();
        expect(await views.database.selectFrom('disclosure').selectAll().execute()).toEqual([]);
        expect(seen).toEqual([0, 1, 2, 3, 4]);
      });
    });

    describe('an erased entry', () => {
      it('leaves the views and does not come back, not even from what was just opened', async () => {
        await using world = await projected();
        const [, disclosure] = await world.tell(...story);
        if (disclosure === undefined) throw new RangeError('no disclosure');
        await world.log.vault.destroy({ entry: disclosure, blocks: ['terms'] });
        await world.projector.erase([disclosure]);
        for (const { name } of everyProjection) await world.projector.rebuild(name);
        await world.caughtUp();
        for (const table of ['disclosure', 'recorded_entry'] as const) {
          const rows = await world.views.database.selectFrom(table).select('entry_id').execute();
          expect(rows.map(({ entry_id }) => entry_id)).not.toContain(disclosure);
        }
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log));
      });

      it('is not folded when its blocks were opened before and are destroyed meanwhile', async () => {
        const log = new RecordedLog();
        const [, disclosure] = await log.record(...story);
        if (disclosure === undefined) throw new RangeError('no disclosure');
        const opened = Promise.withResolvers<void>();
        const destroyed = Promise.withResolvers<void>();
        const slow: Pick<Vault, 'open' | 'exchangesOf'> = {
          async open(ids) {
            const blocks = await log.vault.open(ids);
            opened.resolve();
            await destroyed.promise;
            return blocks;
          },
          exchangesOf: (ids) => log.vault.exchangesOf(ids),
        };
        await using world = await projected({ log, vault: slow, projections: [disclosures] });
        await opened.promise;
        await log.vault.destroy({ entry: disclosure });
        const erased = world.projector.erase([disclosure]);
        destroyed.resolve();
        await erased;
        await world.caughtUp();
        expect(await world.views.database.selectFrom('disclosure').selectAll().execute()).toEqual([]);
      });

      it('may be one of very many', async () => {
        await using world = await projected();
        const ids = await world.tell(...Array.from({ length: 900 }, () => disclosed(clinic, [police], first)));
        for (const entry of ids) await world.log.vault.destroy({ entry });
        await world.projector.erase(ids);
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log));
      });
    });

    describe('rows and saved position', () => {
      it('are committed together: a crash after the rows were written leaves neither', async () => {
        const log = new RecordedLog();
        const views = await database.openEmpty();
        let crashes = 3;
        const crashing: Projection = {
          ...disclosures,
          async apply(transaction, stretch, given) {
            await disclosures.apply(transaction, stretch, given);
            if (crashes-- > 0) throw new Error('crash');
          },
        };
        const world = await projected({ log, views, projections: [crashing] });
        for (let before = 3; crashes > 0; before = crashes) {
          await log.record(...story);
          await world.caughtUp();
          expect(crashes).toBeLessThan(before);
          await world.projector.resume('disclosures');
        }
        await world.caughtUp();
        const inOneGo = await projected({ log, projections: [disclosures] });
        await inOneGo.caughtUp();
        expect(await world.digests()).toEqual(await inOneGo.digests());
        for (const { projector } of [world, inOneGo]) await projector.stop();
      });

      it('are moved by one projector only where two run on one database', async () => {
        const log = new RecordedLog();
        const views = await database.openEmpty();
        const one = await projected({ log, views });
        const two = await projected({ log, views });
        for (let round = 0; round < 20; round += 1) await log.record(...story);
        await one.caughtUp();
        await two.caughtUp();
        expect(await one.digests()).toEqual(await rebuiltElsewhere(log));
        for (const state of [...one.projector.states(), ...two.projector.states()]) {
          expect(state).toMatchObject({ status: 'running', position: 100 });
        }
        for (const { projector } of [one, two]) await projector.stop();
      });
    });

    describe('reading one’s own writes', () => {
      it('waits for the size, and not longer than the signal allows', async () => {
        await using world = await projected();
        const stop = new AbortController();
        const waiting = world.projector.reached(treeSize(1), stop.signal);
        stop.abort(new Error('too long'));
        await expect(waiting).rejects.toThrow('too long');
        await expect(world.projector.reached(treeSize(1), stop.signal)).rejects.toThrow('too long');
        const later = world.projector.reached(treeSize(2), patience());
        await world.log.record(...story.slice(0, 2));
        await later;
        expect(stateOf(world, 'exchanges')).toMatchObject({ position: 2 });
      });

      it('does not wait for a projection that has stopped', async () => {
        const { projection, fail } = breakable('fragile');
        fail(0);
        await using world = await projected({ projections: [projection] });
        await world.log.record(...story);
        await world.projector.reached(treeSize(5), patience());
        expect(stateOf(world, 'fragile')).toMatchObject({ status: 'stopped' });
      });

      it('is not disturbed by views that are built again meanwhile', async () => {
        await using world = await projected();
        await world.log.record(...story);
        const rebuilds = [...everyProjection, ...everyProjection].map(({ name }) => world.projector.rebuild(name));
        await Promise.all([...rebuilds, world.projector.resume('exchanges'), world.caughtUp()]);
        await world.caughtUp();
        expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log));
      });

      it('knows no other projections than its own', async () => {
        await using world = await projected();
        await expect(world.projector.rebuild('exchange; DROP TABLE turn')).rejects.toThrow(RangeError);
        await expect(world.projector.resume('')).rejects.toThrow(RangeError);
        await expect(world.projector.digest('turn')).rejects.toThrow(RangeError);
      });
    });

    it('rows do not depend on how exchanges are interleaved', async () => {
      await fc.assert(
        fc.asyncProperty(randomExchanges, fc.array(fc.nat(100), { maxLength: 40 }), async (exchanges, order) => {
          const rows = async (log: readonly Told[]): Promise<Readonly<Record<string, readonly string[]>>> => {
            // Others may say something else of entries that were recorded in another order.
            await using world = await projected({ projections: ofOrder('exchange', everyProjection) });
            await world.tell(...log);
            return await rowsWithoutPlaces(world);
          };
          expect(await rows(interleaved(exchanges, order))).toEqual(await rows(exchanges.flat()));
        }),
        { seed, numRuns: runs },
      );
    });

    /** Every row of every view but where its entry stands in the log, which is all that interleaving changes. */
    async function rowsWithoutPlaces({ views }: Projected): Promise<Readonly<Record<string, readonly string[]>>> {
      const tables = ofOrder('exchange', everyProjection).flatMap((projection) => projection.tables);
      const found = tables.map(async (table) => {
        const rows: readonly object[] = await views.database.selectFrom(table).selectAll().execute();
        const kept = rows.map((row) => JSON.stringify({ ...row, entry_index: null, entry_id: null }));
        return [table, kept.sort()] as const;
      });
      return Object.fromEntries(await Promise.all(found));
    }
  },
  async (database) => ({ views: await database.openEmpty() }),
);
