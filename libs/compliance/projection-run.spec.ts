import { leafIndex, savedPosition, treeSize } from '#kernel';
import { StoreUnavailable, type EventStore, type StoredRecord } from '#event-store';
import { VaultUnavailable, type Vault } from '#vault';
import { EntryOpener } from './entry-opener.js';
import { nothingGiven } from './projection.js';
import { ProjectionFold } from './projection-fold.js';
import { ProjectionRun } from './projection-run.js';
import { disclosures } from './projections/disclosures.js';
import { createSavedPositions } from './saved-positions.js';
import { Serial } from './serial.js';
import { openSqliteViews } from './sqlite/index.js';
import { breakable } from './testing/breakable.js';
import { onEveryDatabase } from './testing/on-every-database.js';
import { everyProjection } from './every-projection.js';
import { stateOf } from './testing/projected.js';
import { clinic, exchangeOf, police, RecordedLog } from './testing/recorded-log.js';
import { disclosed, story } from './testing/stories.js';

const first = exchangeOf('first');

onEveryDatabase(
  ({ projected }) => {
    describe('an entry that cannot be folded', () => {
      it('stops its projection exactly there, says so without its content, and no other', async () => {
        const { projection, fail, seen } = breakable('fragile');
        fail(3);
        await using world = await projected({ projections: [projection, ...everyProjection] });
        await world.tell(...story);
        expect(stateOf(world, 'fragile')).toEqual({
          name: 'fragile',
          status: 'stopped',
          position: savedPosition(3),
          failure: 'TypeError',
        });
        expect(seen).toEqual([0, 1, 2]);
        for (const { name } of everyProjection)
          expect(stateOf(world, name)).toMatchObject({ status: 'running', position: 5 });
      });

      it('stops it exactly there, also far into a stretch that is folded together', async () => {
        const { projection, fail, seen } = breakable('fragile');
        const log = new RecordedLog();
        await log.record(...Array.from({ length: 1_000 }, () => disclosed(clinic, [police], first)));
        fail(850);
        await using world = await projected({ log, projections: [projection] });
        await world.caughtUp();
        expect(stateOf(world, 'fragile')).toMatchObject({ status: 'stopped', position: 850, failure: 'TypeError' });
        expect(seen).toEqual(Array.from({ length: 850 }, (_, index) => index));
        fail(null);
        await world.projector.resume('fragile');
        await world.caughtUp();
        expect(seen).toHaveLength(1_000);
      });

      it('is folded once it can be, with nothing left out or doubled', async () => {
        const { projection, fail, seen } = breakable('fragile');
        fail(3);
        await using world = await projected({ projections: [projection] });
        await world.tell(...story);
        await world.projector.resume('fragile');
        await world.caughtUp();
        expect(stateOf(world, 'fragile')).toMatchObject({ status: 'stopped', position: 3 });
        fail(null);
        await world.projector.resume('fragile');
        await world.caughtUp();
        expect(stateOf(world, 'fragile')).toMatchObject({ status: 'running', position: 5, failure: null });
        expect(seen).toEqual([0, 1, 2, 3, 4]);
      });

      it.each([
        ['is no leaf', Buffer.from('{"log":"entries"}'), 'InvalidLeaf'],
        [
          'is a leaf of the registry',
          Buffer.from(
            '{"log":"registry","recordedAt":"2026-03-01T08:00:00.000Z","statement":{"data":{},"dataVersion":1,"iss":"a","jti":"0195a6f0-0001-7000-8000-000000000001","type":"X"},"v":1}',
          ),
          'UnreadableEntry',
        ],
      ])('stops every projection when it %s', async (_, bytes, failure) => {
        await using world = await projected();
        await world.log.record(...story.slice(0, 2));
        await world.log.append(bytes);
        await world.tell(...story.slice(2));
        for (const state of world.projector.states())
          expect(state).toMatchObject({ status: 'stopped', position: 2, failure });
      });

      it.each([
        ['no time', { occurredAt: null }, 'UnreadableEntry'],
        ['an impossible time', { occurredAt: '2026-02-30T08:00:00.000Z' }, 'UnreadableEntry'],
        ['a version nobody knows', { dataVersion: 99 }, 'UnknownDataVersion'],
      ])('is one whose terms have %s', async (_, terms, failure) => {
        await using world = await projected();
        await world.tell(disclosed(clinic, [police], first, terms));
        for (const state of world.projector.states())
          expect(state).toMatchObject({ status: 'stopped', position: 0, failure });
      });

      it('is not one of a type nobody knows', async () => {
        await using world = await projected();
        await world.tell(
          { issuer: clinic, type: 'constructor', exchange: first },
          { issuer: clinic, type: 'SomethingNew' },
        );
        for (const state of world.projector.states()) expect(state).toMatchObject({ status: 'running', position: 2 });
      });
    });

    describe('leaves that are left out', () => {
      it.each([
        ['at the beginning', [1, 2]],
        ['between batches', [0, 2]],
        ['within a batch', [0, 1, 3]],
      ])('stop the projection: %s', async (_, indexes) => {
        const log = new RecordedLog();
        await log.record(...story);
        const records = await log.store.read('entries', leafIndex(0), 10);
        const leaky: Pick<EventStore, 'subscribe'> = {
          async *subscribe(): AsyncGenerator<readonly StoredRecord[]> {
            yield records.filter(({ index }) => indexes.includes(index));
          },
        };
        await using world = await projected({ log, store: leaky, projections: [disclosures] });
        await world.caughtUp();
        expect(stateOf(world, 'disclosures')).toMatchObject({ status: 'stopped', failure: 'LeafGap', position: 0 });
      });
    });

    describe('what passes by itself', () => {
      it('is waited out with growing pauses, and nothing is lost or doubled', async () => {
        const log = new RecordedLog();
        await log.record(...story);
        let failures = 9;
        const vault: Pick<Vault, 'open' | 'exchangesOf'> = {
          async open(ids) {
            if (failures-- > 0) throw new VaultUnavailable('away');
            return log.vault.open(ids);
          },
          exchangesOf: (ids) => log.vault.exchangesOf(ids),
        };
        const pauses: number[] = [];
        const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
        await using world = await projected({ log, vault, pause, projections: [disclosures] });
        await world.caughtUp();
        expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
        await using other = await projected({ log, projections: [disclosures] });
        await other.caughtUp();
        expect(await world.digests()).toEqual(await other.digests());
      });

      it('is visible while it lasts, and the projector can be stopped meanwhile', async () => {
        const store: Pick<EventStore, 'subscribe'> = {
          subscribe: () => ({
            [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new StoreUnavailable('away')) }),
          }),
        };
        const pause = (_: number, signal: AbortSignal): Promise<void> =>
          new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
        await using world = await projected({ store, pause, projections: [disclosures] });
        while (stateOf(world, 'disclosures')?.status === 'running') await new Promise(setImmediate);
        expect(stateOf(world, 'disclosures')).toMatchObject({ status: 'retrying', failure: 'StoreUnavailable' });
        await world.projector.stop();
        expect(stateOf(world, 'disclosures')).toMatchObject({ status: 'idle', failure: null });
      });

      it('does not include a store that ends its subscription', async () => {
        await using world = await projected({ projections: [disclosures] });
        await world.tell(...story);
        await world.log.store.close();
        await world.projector.reached(treeSize(6), AbortSignal.timeout(5_000));
        expect(stateOf(world, 'disclosures')).toMatchObject({ status: 'stopped', failure: 'SubscriptionEnded' });
      });
    });
  },
  async (database) => ({ views: await database.openEmpty() }),
);

describe('who folds many entries at once', () => {
  /** What its database hears of ten entries, four at a time, until it has them or cannot go on. */
  async function heard(failing: number | null): Promise<readonly number[]> {
    const { projection, fail } = breakable('fragile');
    fail(failing);
    const log = new RecordedLog();
    await log.record(...Array.from({ length: 10 }, () => disclosed(clinic, [police], first)));
    const views = openSqliteViews(':memory:');
    await createSavedPositions(views.database);
    const sizes: number[] = [];
    const fold = new ProjectionFold(projection, views, new EntryOpener(log.vault), nothingGiven);
    const { promise, resolve } = Promise.withResolvers<void>();
    const run: ProjectionRun = new ProjectionRun(fold, {
      store: log.store,
      views: views,
      pause: async () => {},
      folded: (entries) => void sizes.push(entries),
      serial: new Serial(),
      longestStretch: 4,
      changed: () => (run.state.position === 10 || run.state.status === 'stopped') && resolve(),
    });
    await run.prepare();
    run.start();
    await promise;
    const soFar = [...sizes];
    await run.stop();
    await views.database.destroy();
    return soFar;
  }

  it('needs no room for them any more once none is at hand', async () => {
    expect(await heard(null)).toEqual([4, 4, 0]);
  });

  it('needs none either where it cannot go on', async () => {
    expect((await heard(6)).at(-1)).toBe(0);
  });
});
