import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { LeafMac } from '#messaging';
import { Memory, MemoryRecordStream } from '#messaging/memory';
import { createLogger } from '#platform';
import { everyProjection, completeUpTo, type Projection, type Views } from '#compliance';
import { breakable } from '../../libs/compliance/testing/breakable.js';
import { testOrigin } from '../../libs/compliance/testing/databases.js';
import { rebuiltElsewhere } from '../../libs/compliance/testing/projected.js';
import { RecordedLog } from '../../libs/compliance/testing/recorded-log.js';
import { story } from '../../libs/compliance/testing/stories.js';
import {
  digestsOf,
  emptyViews,
  entriesTopic,
  outgoing,
  streamMac,
  until,
  type Outgoing,
} from '../../libs/compliance/testing/streamed.js';
import type { OwnGeneration } from './generation-keeper.js';
import type { WhileAlone } from './log-folding.js';
import { startProjector, type ProjectorService } from './projector-service.js';

/** Nobody else is there. */
const alone: WhileAlone = async (_views, signal, work) => {
  await work(signal);
  return true;
};

interface Running extends AsyncDisposable {
  readonly service: ProjectorService;
  readonly log: RecordedLog;
  readonly generations: Map<number, OwnGeneration['state'] | 'retired'>;
  readonly views: Map<number, Views>;
  readonly lines: () => string;
  publish(leaves: readonly Outgoing[]): void;
  ready(): Promise<{ readonly status: number; readonly body: string }>;
  figures(): Promise<string>;
}

/** A projector over generations that the test makes, retires and drops. */
async function running(projections: readonly Projection[] = everyProjection): Promise<Running> {
  const memory = new Memory();
  const stream = new MemoryRecordStream(memory, { pause: 1 });
  const log = new RecordedLog();
  const generations: Running['generations'] = new Map([[1, 'active']]);
  const views: Running['views'] = new Map();
  const output = new PassThrough();
  let lines = '';
  output.on('data', (chunk: Buffer) => (lines += chunk.toString()));
  const source = {
    own: async () => {
      if (generations.size === 0) throw new Error('the database is away');
      return [...generations].flatMap(([number, state]) => (state === 'retired' ? [] : [{ number, state }]));
    },
    async open(number: number) {
      const opened = await emptyViews(projections);
      views.set(number, opened);
      return opened;
    },
  };
  const service = await startProjector(
    { generations: source, vault: log.vault, stream, mac: streamMac, store: log.store, alone },
    {
      origin: testOrigin,
      projections,
      poison: 'halt',
      host: '127.0.0.1',
      metricsPort: 0,
      pause: () => setImmediate(),
    },
    createLogger('info', output),
  );
  const ask = async (path: string): Promise<{ status: number; body: string }> => {
    const response = await fetch(`${service.sidecar.url}${path}`);
    return { status: response.status, body: await response.text() };
  };
  return {
    service,
    log,
    generations,
    views,
    lines: () => lines,
    publish(leaves) {
      for (const { partition, record } of leaves) memory.partition(entriesTopic, partition).append([record]);
    },
    ready: () => ask('/health/ready'),
    figures: async () => (await ask('/metrics')).body,
    async [Symbol.asyncDispose]() {
      await service.close();
      await stream.close();
    },
  };
}

const size = async ({ views, log }: Running, generation: number): Promise<boolean> => {
  const opened = views.get(generation);
  if (opened === undefined) return false;
  const names = everyProjection.map(({ name }) => name);
  return (await completeUpTo(opened.database, names)) === (await log.size());
};

const viewsOf = ({ views }: Running, generation: number): Views => {
  const opened = views.get(generation);
  if (opened === undefined) throw new RangeError(`generation ${generation} was not opened`);
  return opened;
};

describe('a projector that cannot start', () => {
  const starting = (origin: string, memory: Memory, metricsPort = 0, mac = streamMac): Promise<ProjectorService> =>
    startProjector(
      {
        generations: { own: async () => [], open: () => Promise.reject(new RangeError('there is none')) },
        vault: new RecordedLog().vault,
        stream: new MemoryRecordStream(memory, { pause: 1 }),
        mac,
        store: new RecordedLog().store,
        alone,
      },
      { origin, projections: everyProjection, poison: 'halt', host: '127.0.0.1', metricsPort },
      createLogger('silent', new PassThrough()),
    );

  it('says which setting names a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(starting(testOrigin, new Memory(), port)).rejects.toMatchObject({
      name: 'StartRefused',
      setting: 'NACHWEIS_HOST, NACHWEIS_METRICS_PORT',
    });
    server.close();
  });

  it('says so when the stream is of another ledger, and not because of one foreign record among its own', async () => {
    const log = new RecordedLog();
    await log.record(...story, ...story);
    const memory = new Memory();
    for (const { partition, record } of await outgoing(log)) memory.partition(entriesTopic, partition).append([record]);
    await expect(starting('other.example', memory)).rejects.toMatchObject({
      name: 'StartRefused',
      setting: 'NACHWEIS_KAFKA',
    });
    const [leaf] = await outgoing(log);
    if (leaf === undefined) throw new RangeError('no leaf');
    const { value, headers } = leaf.record;
    const foreign = { value, headers: { ...headers, ce_source: 'other.example' } };
    memory.partition(entriesTopic, leaf.partition).append([foreign]);
    expect(new Set((await outgoing(log)).map(({ partition }) => partition)).size).toBeGreaterThan(1);
    await (await starting(testOrigin, memory)).close();
    await (await starting('other.example', new Memory())).close();
  });

  it("says so when its partition key is not the relay's, and not because of one forged record at an end", async () => {
    const log = new RecordedLog();
    await log.record(...story, ...story);
    const memory = new Memory();
    for (const { partition, record } of await outgoing(log)) memory.partition(entriesTopic, partition).append([record]);
    await expect(starting(testOrigin, memory, 0, new LeafMac(Buffer.alloc(32, 9)))).rejects.toMatchObject({
      name: 'StartRefused',
      message: expect.stringContaining('another partition key than that of NACHWEIS_KEYS'),
    });
    const [leaf] = await outgoing(log);
    if (leaf === undefined) throw new RangeError('no leaf');
    const { value, headers } = leaf.record;
    memory.partition(entriesTopic, leaf.partition).append([{ value, headers: { ...headers, ce_mac: '' } }]);
    await (await starting(testOrigin, memory)).close();
  });
});

it('a generation that these projections cannot fold keeps no connection open', async () => {
  const opened = await emptyViews();
  const unfit = breakable('not in the tables').projection;
  const stream = new MemoryRecordStream(new Memory(), { pause: 1 });
  const service = await startProjector(
    {
      generations: { own: async () => [{ number: 1, state: 'active' }], open: async () => opened },
      vault: new RecordedLog().vault,
      stream,
      mac: streamMac,
      store: new RecordedLog().store,
      alone,
    },
    { origin: testOrigin, projections: [unfit], poison: 'halt', host: '127.0.0.1', metricsPort: 0 },
    createLogger('silent', new PassThrough()),
  );
  expect(service.keeper.failure).toMatchObject({ name: 'ForeignViews' });
  await expect(digestsOf(opened)).rejects.toThrow('destroyed');
  await service.close();
});

describe('a projector', () => {
  it('folds what is read and what is built, takes up a new generation, and leaves a retired one alone', async () => {
    await using world = await running();
    await world.log.record(...story);
    world.publish(await outgoing(world.log));
    await until(() => size(world, 1));
    world.generations.set(2, 'building');
    await until(() => size(world, 2));
    expect(await digestsOf(viewsOf(world, 2))).toEqual(await rebuiltElsewhere(world.log));
    expect(await world.figures()).toMatch(/nachweis_projector_generation\{state="building"\} 2/);

    world.generations.set(2, 'active').set(1, 'retired');
    await until(() => world.lines().includes('folding of a generation ended'));
    await expect(digestsOf(viewsOf(world, 1))).rejects.toThrow('destroyed');
    await world.log.record(...story);
    world.publish((await outgoing(world.log)).slice(5));
    await until(() => size(world, 2));
    expect(await digestsOf(viewsOf(world, 2))).toEqual(await rebuiltElsewhere(world.log));
    await until(async () => /nachweis_projector_generation\{state="active"\} 2/.test(await world.figures()));
  });

  it('tells its figures, and is ready while nothing is wrong', async () => {
    await using world = await running();
    await world.log.record(...story);
    const leaves = await outgoing(world.log);
    world.publish(leaves);
    world.publish(leaves);
    await until(async () => /nachweis_projector_skipped_total\{projection="accesses"\} 5/.test(await world.figures()));
    const figures = await world.figures();
    for (const line of [
      'nachweis_projector_folded_total{projection="exchanges"} 5',
      'nachweis_projector_lag_leaves{projection="exchanges"} 0',
      'nachweis_projector_halted{projection="exchanges"} 0',
      'nachweis_projector_generation{state="active"} 1',
      'nachweis_projector_batch_seconds_count{projection="disclosures"}',
    ]) {
      expect(figures).toContain(line);
    }
    expect(figures).toMatch(/nachweis_projector_position\{projection="exchanges",partition="\d+"\} 4/);
    expect(await world.ready()).toMatchObject({ status: 200 });
  });

  it('is not ready while a projection is stopped, says which and where, and goes on when it is told to', async () => {
    const { projection, fail } = breakable('fragile');
    fail(2);
    await using world = await running([...everyProjection, projection]);
    await world.log.record(...story);
    world.publish(await outgoing(world.log));
    await until(async () => (await world.figures()).includes('nachweis_projector_halted{projection="fragile"} 1'));
    expect(await world.ready()).toMatchObject({ status: 503, body: expect.stringContaining('/projections') as string });
    await until(() => world.lines().includes('fragile: stopped in 1 partitions'));
    expect(world.lines()).not.toContain('what the entry holds');
    expect(await world.figures()).toMatch(/nachweis_projector_lag_leaves\{projection="fragile"\} [1-9]/);
    expect(await world.figures()).toContain('nachweis_projector_lag_leaves{projection="exchanges"} 0');
    fail(null);
    await world.service.keeper.resume();
    await until(async () => (await world.ready()).status === 200);
    await until(async () => (await world.figures()).includes('nachweis_projector_lag_leaves{projection="fragile"} 0'));
  });

  it('goes on folding while nobody can tell which generations there are, and is not ready', async () => {
    await using world = await running();
    world.generations.clear();
    await until(async () => (await world.ready()).body.includes('/views'));
    await world.log.record(...story);
    world.publish(await outgoing(world.log));
    await until(() => size(world, 1));
    world.generations.set(1, 'active');
    await until(async () => (await world.ready()).status === 200);
  });

  it('is not ready when no generation is one of its own', async () => {
    await using world = await running();
    world.generations.set(1, 'retired');
    await until(async () => (await world.ready()).body.includes('/views'));
  });
});
