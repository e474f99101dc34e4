import fc from 'fast-check';
import type { EntryId } from '#kernel';
import { Memory, MemoryRecordStream } from '#messaging/memory';
import { parseLeaf } from '#statement';
import { VaultUnavailable, type Vault } from '#vault';
import { ForeignViews } from './partition-fold.js';
import { disclosures } from './projections/disclosures.js';
import { nothingGiven, type Projection } from './projection.js';
import { quarantinedEntries } from './quarantine.js';
import { RecordProjector } from './record-projector.js';
import { completeUpTo, readPositions } from './saved-positions.js';
import { breakable } from './testing/breakable.js';
import { testOrigin } from './testing/databases.js';
import { rebuiltElsewhere } from './testing/projected.js';
import { interleaved, randomExchanges } from './testing/random-log.js';
import { clinic, exchangeOf, police, RecordedLog } from './testing/recorded-log.js';
import { disclosed } from './testing/stories.js';
import { allFolded, counted, counting, everyName, longest, recorded, stateIn } from './testing/stream-counts.js';
import { emptyViews, outgoing, streamed, streamedProjections, streamMac } from './testing/streamed.js';

const seed = 20261122;

describe('views folded from partitions', () => {
  it('are the views folded from the log, however it is interleaved, cut and published', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomExchanges,
        fc.array(fc.nat(100), { maxLength: 40 }),
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 60 }),
        async (exchanges, order, turns) => {
          const log = new RecordedLog();
          await log.record(...interleaved(exchanges, order));
          await using world = await streamed({ log });
          const waiting = Map.groupBy(await outgoing(log), ({ partition }) => partition);
          for (const turn of turns) {
            const open = [...waiting.values()].filter(({ length }) => length > 0);
            world.publish(open[turn % open.length]?.splice(0, 1 + (turn % 4)) ?? []);
            if (turn % 3 === 0) await new Promise(setImmediate);
          }
          world.publish([...waiting.values()].flat());
          await world.caughtUp();
          expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
          expect(await counted(world.views)).toEqual(allFolded(await log.size()));
        },
      ),
      { seed, numRuns: 40 },
    );
  });

  it('are the same when everything comes twice, also after a start from the beginning', async () => {
    const log = await recorded();
    const all = await outgoing(log);
    const views = await emptyViews();
    const memory = new Memory();
    const first = await streamed({ log, views, memory });
    first.publish(all.slice(0, 17));
    first.publish(all.slice(3, 20));
    first.publish(all);
    await first.readAll();
    await first.projector.stop();
    await views.database.updateTable('saved_position').set({ next_offset: null }).execute();
    const { observer, counts } = counting();
    await using again = await streamed({ log, views, memory, observer });
    again.publish(all);
    await again.readAll();
    expect(await again.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
    expect(await counted(views)).toEqual(allFolded(30));
    expect(counts['repeated exchanges']).toBe(17 + 17 + 30 + 30);
    expect(counts['folded exchanges']).toBeUndefined();
  });

  it('go on where they stood, reading nothing twice', async () => {
    const log = await recorded();
    const all = await outgoing(log);
    const views = await emptyViews();
    const memory = new Memory();
    const first = await streamed({ log, views, memory });
    first.publish(all.slice(0, 20));
    await first.readAll();
    await first.projector.stop();
    const { observer, counts } = counting();
    await using again = await streamed({ log, views, memory, observer });
    again.publish(all.slice(20));
    await again.caughtUp();
    expect(counts).toEqual({ 'folded accesses': 10, 'folded disclosures': 10, 'folded exchanges': 10 });
  });

  it('say how far they are complete, and never more than they hold', async () => {
    const log = await recorded(3);
    const all = await outgoing(log);
    await using world = await streamed({ log });
    for (const [place, leaf] of all.entries()) {
      world.publish([leaf]);
      await world.until(async () => (await completeUpTo(world.views.database, everyName)) === place + 1);
    }
    const { size } = new Set(all.map(({ partition }) => partition));
    expect(size).toBeGreaterThan(1);
  });

  it('are refused when they were built for other versions or another number of partitions', async () => {
    const stream = new MemoryRecordStream();
    const ports = { stream, vault: new RecordedLog().vault, origin: testOrigin, mac: streamMac, group: 'projector' };
    const next: Projection = { ...disclosures, version: disclosures.version + 1 };
    const views = await emptyViews();
    await expect(new RecordProjector([next], { ...ports, views }).start()).rejects.toThrow(ForeignViews);
    await views.database.updateTable('saved_position').set({ partitions: 6 }).execute();
    await expect(new RecordProjector([disclosures], { ...ports, views }).start()).rejects.toThrow(ForeignViews);
    const ordered: Projection = { ...disclosures, order: 'log' };
    expect(() => new RecordProjector([ordered], { ...ports, views })).toThrow('needs the order of the whole log');
    await views.database.destroy();
  });
});

describe('an entry that cannot be folded', () => {
  it('stops its projection in its partition, visibly, and nothing else, until it is resumed', async () => {
    const log = await recorded();
    const all = await outgoing(log);
    const { projection, fail, seen } = breakable('fragile');
    const [, poison] = longest(all);
    if (!poison) throw new RangeError('no leaf');
    fail(poison.index);
    await using world = await streamed({ log, projections: [projection, ...streamedProjections] });
    world.publish(all);
    await world.until(async () => (await completeUpTo(world.views.database, everyName)) === 30);
    await world.until(() => stateIn(world, 'fragile')?.status === 'stopped');
    expect(stateIn(world, 'fragile')).toEqual({
      name: 'fragile',
      status: 'stopped',
      failure: 'TypeError',
      stuck: [poison.partition],
    });
    const held = all.filter(({ partition, index }) => partition === poison.partition && index >= poison.index);
    await world.until(() => seen.length === 30 - held.length);
    fail(null);
    await world.projector.resume();
    await world.caughtUp();
    expect(seen.toSorted((a, b) => a - b)).toEqual(all.map(({ index }) => index));
    expect(stateIn(world, 'fragile')).toMatchObject({ status: 'running', failure: null, stuck: [] });
  });

  it('is put aside where that is the policy: counted, named, and the rest folded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(29), { maxLength: 10 }), async (poisoned) => {
        const log = await recorded();
        const picky: Projection = {
          ...disclosures,
          async apply(transaction, stretch, given) {
            for await (const entries of stretch) {
              if (entries.some(({ index }) => poisoned.includes(index))) throw new TypeError('what the entry holds');
              await disclosures.apply(transaction, [entries], given);
            }
          },
        };
        const { observer, counts } = counting();
        const policies = { disclosures: 'quarantine' } as const;
        await using world = await streamed({ log, projections: [picky], policies, observer });
        await world.publishAll();
        expect(await counted(world.views, ['disclosures'])).toEqual({
          disclosures: [30 - poisoned.length, poisoned.length],
        });
        expect(await quarantinedEntries(world.views.database, 100)).toEqual(
          poisoned.toSorted((a, b) => a - b).map((index) => ({ name: 'disclosures', index, failure: 'TypeError' })),
        );
        expect(counts['quarantined disclosures'] ?? 0).toBe(poisoned.length);
        expect(stateIn(world, 'disclosures')?.status).toBe('running');
      }),
      { seed, numRuns: 25 },
    );
  });

  it('is not to blame when none can be folded', async () => {
    const log = new RecordedLog();
    for (let count = 0; count < 60; count += 1) await log.record(disclosed(clinic, [police], exchangeOf('first')));
    const broken: Projection = {
      ...disclosures,
      apply: () => Promise.reject(new RangeError('a mistake of ours')),
    };
    const policies = { disclosures: 'quarantine' } as const;
    await using world = await streamed({ log, projections: [broken], policies });
    world.publish(await outgoing(log));
    await world.until(() => stateIn(world, 'disclosures')?.status === 'stopped');
    expect(await counted(world.views, ['disclosures'])).toEqual({ disclosures: [0, 16] });
  });
});

describe('what passes by itself', () => {
  it('is waited out with growing pauses, visibly, and nothing is lost or doubled', async () => {
    const log = await recorded(1);
    let failures = 9;
    const vault: Pick<Vault, 'open' | 'exchangesOf'> = {
      async open(ids) {
        if (failures > 0) {
          failures -= 1;
          throw new VaultUnavailable('away');
        }
        return log.vault.open(ids);
      },
      exchangesOf: (ids) => log.vault.exchangesOf(ids),
    };
    const pauses: number[] = [];
    const seen = new Set<string | undefined>();
    const views = await emptyViews();
    const pause = async (milliseconds: number): Promise<void> => {
      pauses.push(milliseconds);
      seen.add(stateIn(world, 'exchanges')?.failure ?? undefined);
    };
    const world = await streamed({ log, views, vault, pause });
    const [first, ...rest] = await outgoing(log);
    world.publish(first ? [first] : []);
    await world.readAll();
    world.publish(rest);
    await world.caughtUp();
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
    expect([...seen]).toEqual(['VaultUnavailable']);
    expect(world.projector.states().every(({ status }) => status === 'running')).toBe(true);
    expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
    await world[Symbol.asyncDispose]();
  });
});

describe('several projectors of one generation', () => {
  it('share the partitions and hand them over, and each leaf is folded once', async () => {
    const log = await recorded(20);
    const all = await outgoing(log);
    const views = await emptyViews();
    const memory = new Memory();
    const first = await streamed({ log, views, memory });
    first.publish(all.slice(0, 30));
    const second = await streamed({ log, views, memory });
    first.publish(all.slice(30, 60));
    await first.projector.stop();
    second.publish(all.slice(60));
    await second.caughtUp();
    expect(await second.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
    expect(await counted(views)).toEqual(allFolded(100));
    await second[Symbol.asyncDispose]();
  });

  it('do no harm when both believe that a partition is theirs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(1_000), { maxLength: 20 }), async (turns) => {
        const log = await recorded(8);
        const views = await emptyViews();
        const memory = new Memory();
        const worlds = [
          await streamed({ log, views, memory, group: 'one' }),
          await streamed({ log, views, memory, group: 'two' }),
          await streamed({ log, views, memory, group: 'three' }),
        ];
        const all = [...(await outgoing(log))];
        for (const turn of turns) {
          worlds[0]?.publish(all.splice(0, turn % 5));
          if (turn % 2 === 0) await new Promise(setImmediate);
        }
        worlds[0]?.publish(all);
        for (const world of worlds) await world.caughtUp();
        expect(await worlds[0]?.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
        expect(await counted(views)).toEqual(allFolded(40));
        for (const { projector } of worlds) await projector.stop();
        await views.database.destroy();
      }),
      { seed, numRuns: 20 },
    );
  });

  it('do not write what one of them read long ago', async () => {
    const log = await recorded(3);
    const all = longest(await outgoing(log));
    const views = await emptyViews();
    const memory = new Memory();
    const reading = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow = new MemoryRecordStream(memory, { pause: 1 });
    // It gets its records, is stopped, and goes on when others have been there for long.
    const stalling: Pick<MemoryRecordStream, 'consume'> = {
      consume: (subscription, signal) =>
        slow.consume(
          {
            ...subscription,
            async handle(partition, records, taken) {
              reading.resolve();
              await goOn.promise;
              return subscription.handle(partition, records, taken);
            },
          },
          signal,
        ),
    };
    const stale = await streamed({ log, views, memory, group: 'stale', stream: stalling });
    stale.publish(all);
    await reading.promise;
    const current = await streamed({ log, views, memory, group: 'current' });
    await current.readAll();
    const before = [await current.digests(), await readPositions(views.database, everyName)];
    goOn.resolve();
    await stale.projector.stop();
    expect([await current.digests(), await readPositions(views.database, everyName)]).toEqual(before);
    await current[Symbol.asyncDispose]();
  });
});

describe('an erased entry', () => {
  it('is not folded, whether it is destroyed before, between or after the leaves are read', async () => {
    const log = await recorded(4);
    const all = await outgoing(log);
    const ids = all.map(({ record }) => parseLeaf(record.value).statement.jti);
    await using world = await streamed({ log });
    const erase = async (entry: EntryId): Promise<void> => {
      await log.vault.destroy({ entry });
      await world.views.database.transaction().execute(async (transaction) => {
        await world.views.lock(transaction, 'erasing');
        for (const projection of streamedProjections) await projection.erase(transaction, [entry], nothingGiven);
      });
    };
    for (const [place, leaf] of all.entries()) {
      world.publish([leaf]);
      const entry = ids[(place * 7) % ids.length];
      if (entry && place % 3 === 0) await erase(entry);
    }
    await world.caughtUp();
    expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
  });
});
