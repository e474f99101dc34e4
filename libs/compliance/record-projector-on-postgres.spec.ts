import fc from 'fast-check';
import { Memory } from '#messaging/memory';
import { parseLeaf } from '#statement';
import type { Vault } from '#vault';
import { createGeneration } from './postgres/index.js';
import { disclosures } from './projections/disclosures.js';
import { nothingGiven } from './projection.js';
import { readPositions } from './saved-positions.js';
import { PostgresDatabase } from './testing/databases.js';
import { rebuiltElsewhere } from './testing/projected.js';
import { interleaved, randomExchanges } from './testing/random-log.js';
import { clinic, exchangeOf, police, RecordedLog } from './testing/recorded-log.js';
import { disclosed } from './testing/stories.js';
import { digestsOf, outgoing, streamed, streamedProjections, until } from './testing/streamed.js';
import type { Views } from './views.js';

const seed = 20261122;
const server = new PostgresDatabase();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** Opens the views of a new generation in twelve partitions, as many times as there are processes. */
async function generation(): Promise<() => Promise<Views>> {
  const name = await server.create();
  const { database } = await server.as('owner', name);
  const { number } = await createGeneration(database, streamedProjections, 12);
  await database.destroy();
  return () => server.as('projector', name, number);
}

describe('partitions folded into PostgreSQL', () => {
  it('by several projectors that all believe that every partition is theirs: each leaf counts once', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomExchanges,
        fc.array(fc.nat(100), { maxLength: 40 }),
        fc.array(fc.nat(1_000), { maxLength: 20 }),
        async (exchanges, order, turns) => {
          const open = await generation();
          const log = new RecordedLog();
          await log.record(...interleaved(exchanges, order));
          const memory = new Memory();
          const worlds = await Promise.all(
            ['one', 'two', 'three'].map(async (group) => streamed({ log, memory, group, views: await open() })),
          );
          const all = [...(await outgoing(log))];
          for (const turn of turns) {
            worlds[0]?.publish(all.splice(0, turn % 4));
            await new Promise(setImmediate);
          }
          worlds[0]?.publish(all);
          for (const world of worlds) await world.caughtUp();
          expect(await worlds[0]?.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
          for (const world of worlds) await world[Symbol.asyncDispose]();
        },
      ),
      { seed, numRuns: 6 },
    );
  });

  it('while the server is killed and comes back', async () => {
    const open = await generation();
    const log = new RecordedLog();
    for (let count = 0; count < 200; count += 1) {
      await log.record(disclosed(clinic, [police], exchangeOf(String(count % 30))));
    }
    await using world = await streamed({ log, views: await open() });
    const all = await outgoing(log);
    world.publish(all.slice(0, 90));
    await until(async () => (await readPositions(world.views.database, ['exchanges'])).some((row) => row.folded > 0));
    process.kill(server.server.pid, 'SIGKILL');
    world.publish(all.slice(90));
    await until(() => world.projector.states().every(({ status }) => status === 'retrying'));
    await server.server.restart();
    await until(() =>
      world.caughtUp().then(
        () => true,
        () => false,
      ),
    );
    expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
  });

  it('by one that was stopped in the middle and whose place was taken: it writes nothing any more', async () => {
    const open = await generation();
    const log = new RecordedLog();
    await log.record(
      disclosed(clinic, [police], exchangeOf('first')),
      disclosed(police, [clinic], exchangeOf('first')),
    );
    const memory = new Memory();
    const reading = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const stalling: Pick<Vault, 'open' | 'exchangesOf'> = {
      async open(ids) {
        const blocks = await log.vault.open(ids);
        reading.resolve();
        await goOn.promise;
        return blocks;
      },
      exchangesOf: (ids) => log.vault.exchangesOf(ids),
    };
    const stale = await streamed({ log, memory, views: await open(), group: 'stale', vault: stalling });
    stale.publish(await outgoing(log));
    await reading.promise;
    // What the server does by itself with a transaction that nobody goes on with.
    await server.server.run(
      'postgres',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'`,
    );
    await using current = await streamed({ log, memory, views: await open(), group: 'current' });
    await current.caughtUp();
    const before = [await current.digests(), await readPositions(current.views.database, ['disclosures'])];
    goOn.resolve();
    await stale.readAll();
    await stale[Symbol.asyncDispose]();
    expect([await current.digests(), await readPositions(current.views.database, ['disclosures'])]).toEqual(before);
    expect(before[0]).toEqual(await rebuiltElsewhere(log, streamedProjections));
  });
});

describe('an erasure', () => {
  it('waits for what was opened before it, and removes it', async () => {
    const open = await generation();
    const log = new RecordedLog();
    await log.record(disclosed(clinic, [police], exchangeOf('first')));
    const [leaf] = await outgoing(log);
    const entry = parseLeaf(leaf?.record.value ?? Buffer.of()).statement.jti;
    const opened = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow: Pick<Vault, 'open' | 'exchangesOf'> = {
      async open(ids) {
        const blocks = await log.vault.open(ids);
        opened.resolve();
        await goOn.promise;
        return blocks;
      },
      exchangesOf: (ids) => log.vault.exchangesOf(ids),
    };
    await using world = await streamed({ log, views: await open(), vault: slow });
    world.publish(leaf ? [leaf] : []);
    await opened.promise;
    await log.vault.destroy({ entry });
    const other = await open();
    const erased = other.database.transaction().execute(async (transaction) => {
      await other.lock(transaction, 'erasing');
      for (const projection of streamedProjections) await projection.erase(transaction, [entry], nothingGiven);
    });
    await until(async () => {
      const waiting = await server.server.run(
        'postgres',
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
      );
      return waiting.length === 1;
    });
    goOn.resolve();
    await erased;
    await world.caughtUp();
    expect(await world.views.database.selectFrom('disclosure').selectAll().execute()).toEqual([]);
    expect(await digestsOf(world.views, [disclosures])).toMatchObject(await digestsOf(other, [disclosures]));
    expect(await world.digests()).toEqual(await rebuiltElsewhere(log, streamedProjections));
    await other.database.destroy();
  });
});
