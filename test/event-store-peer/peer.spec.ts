import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  binaryEvent,
  jsonEvent,
  streamNameFilter,
  type AppendExpectedRevision,
  type EventData,
} from '@eventstore/db-client';
import { appendFileSync } from 'node:fs';
import { EventStorePeer } from '../support/event-store-peer.js';

// The rules that the server documents and its sources show; the peer must not be kinder than the server.

let peer: EventStorePeer;
let client: EventStoreDBClient;
let streams = 0;
let stream = '';

const id = (place: number): string => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
const event = (place: number): EventData =>
  binaryEvent({ id: id(place), type: 'thing', data: Buffer.from(`event ${place}`), metadata: { place } });
const events = (...places: number[]): EventData[] => places.map(event);

/** With credentials each append is a call of its own, without them they share one. */
const ways = [
  ['one call an append', { credentials: { username: 'any', password: 'thing' } }],
  ['one call for many appends', {}],
] as const;

async function numbers(name = stream): Promise<string[]> {
  const found: string[] = [];
  for await (const { event: read } of client.readStream(name))
    found.push(`${read?.revision}: ${Buffer.from((read?.data ?? []) as Uint8Array).toString()}`);
  return found;
}

beforeAll(async () => {
  peer = await EventStorePeer.start();
  client = EventStoreDBClient.connectionString(peer.url);
});
beforeEach(() => {
  streams += 1;
  stream = `stream-${streams}`;
});
afterEach(() => peer.clearFaults());
afterAll(async () => {
  await client.dispose();
  await peer.stop();
});

describe.each(ways)('appending, %s', (_, options) => {
  const append = (expectedRevision: AppendExpectedRevision, ...places: number[]) =>
    client.appendToStream(stream, events(...places), { ...options, expectedRevision });
  const refusedAt = (actualVersion: bigint | 'no_stream'): object => ({
    type: 'wrong-expected-version',
    actualVersion,
  });

  it('writes at the expected revision', async () => {
    expect(await append('no_stream', 1, 2)).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await append(1n, 3)).toMatchObject({ nextExpectedRevision: 2n });
    expect(await numbers()).toEqual(['0: event 1', '1: event 2', '2: event 3']);
  });

  it('writes events a second time at the end, whatever their ids', async () => {
    await append('no_stream', 1);
    expect(await append(0n, 1)).toMatchObject({ nextExpectedRevision: 1n });
    expect(await numbers()).toEqual(['0: event 1', '1: event 1']);
  });

  it('takes the same ids at the same place for a repetition and writes nothing', async () => {
    await append('no_stream', 1, 2, 3, 4);
    expect(await append('no_stream', 1, 2)).toMatchObject({ success: true, nextExpectedRevision: 1n });
    expect(await append(0n, 2, 3)).toMatchObject({ nextExpectedRevision: 2n });
    expect(await append('no_stream', 1, 2, 3, 4)).toMatchObject({ nextExpectedRevision: 3n });
    expect(await numbers()).toHaveLength(4);
  });

  it.each([
    ['only partly', 'no_stream', [1, 9]],
    ['at another place', 0n, [3]],
    ['not at all', 1n, [9]],
    ['up to the end and not beyond', 1n, [3, 4]],
  ] as const)('refuses ids that stand there %s', async (__, expected, places) => {
    await append('no_stream', 1, 2, 3);
    await expect(append(expected, ...places)).rejects.toMatchObject(refusedAt(2n));
    expect(await numbers()).toHaveLength(3);
  });

  it('refuses to leave a gap', async () => {
    await expect(append(0n, 1)).rejects.toMatchObject(refusedAt('no_stream'));
    await append('no_stream', 1);
    await expect(append(5n, 2)).rejects.toMatchObject(refusedAt(0n));
  });

  it('finds repetitions only by chance where no revision is expected', async () => {
    await expect(append('stream_exists', 1)).rejects.toMatchObject(refusedAt('no_stream'));
    await append('any', 101 + streams * 10, 102 + streams * 10);
    await append('any', 101 + streams * 10, 102 + streams * 10);
    expect(await numbers()).toHaveLength(2);
  });

  it('refuses more than a mebibyte', async () => {
    const large = Array.from({ length: 20 }, () => binaryEvent({ type: 'large', data: Buffer.alloc(60_000) }));
    const attempt = client.appendToStream(stream, large, { ...options, expectedRevision: 'no_stream' });
    await expect(attempt).rejects.toBeDefined();
    await expect(numbers()).rejects.toMatchObject({ type: 'stream-not-found' });
  });
});

describe('what the peer acknowledged', () => {
  it('survives SIGKILL, and what a crash left of a frame is cut off', async () => {
    await client.appendToStream(stream, events(1, 2), { expectedRevision: 'no_stream' });
    for (let round = 0; round < 2; round += 1) {
      await peer.kill();
      appendFileSync(peer.file, Buffer.from([0, 0, 0, 9, 1, 2, 3]));
      await peer.restart();
      expect(await again(() => numbers())).toEqual(['0: event 1', '1: event 2']);
    }
    await client.appendToStream(stream, events(3), { expectedRevision: 1n });
    expect(await numbers()).toHaveLength(3);
  });

  it('is there when its answer was not', async () => {
    const credentials = { username: 'any', password: 'thing' };
    await peer.fault({ at: 'append', what: 'drop-reply' });
    const lost = client.appendToStream(stream, events(1), { credentials, expectedRevision: 'no_stream' });
    await expect(lost).rejects.toMatchObject({ type: 'unavailable' });
    expect(await again(() => numbers())).toEqual(['0: event 1']);
  });
});

describe('reading', () => {
  it('goes both ways, from anywhere', async () => {
    await client.appendToStream(stream, events(1, 2, 3, 4));
    const backwards: (bigint | undefined)[] = [];
    for await (const { event: read } of client.readStream(stream, {
      direction: BACKWARDS,
      fromRevision: END,
      maxCount: 3,
    }))
      backwards.push(read?.revision);
    expect(backwards).toEqual([3n, 2n, 1n]);
    const from: unknown[] = [];
    for await (const { event: read } of client.readStream(stream, { fromRevision: 2n, maxCount: 1 })) from.push(read);
    expect(from).toMatchObject([{ id: id(3), type: 'thing', metadata: { place: 3 }, isJson: false }]);
  });

  it('hides what was truncated, and everything of a deleted stream until it is written again', async () => {
    await client.appendToStream(stream, events(1, 2, 3));
    await client.setStreamMetadata(stream, { truncateBefore: 1 });
    expect(await numbers()).toEqual(['1: event 2', '2: event 3']);
    await client.deleteStream(stream);
    await expect(numbers()).rejects.toMatchObject({ type: 'stream-not-found' });
    await client.appendToStream(stream, events(4), { expectedRevision: 'no_stream' });
    expect(await numbers()).toEqual(['3: event 4']);
  });

  it('and writing end for ever with a tombstone', async () => {
    await client.appendToStream(stream, events(1));
    await client.tombstoneStream(stream);
    await expect(numbers()).rejects.toMatchObject({ type: 'stream-deleted' });
    const credentials = { username: 'any', password: 'thing' };
    const late = client.appendToStream(stream, events(2), { credentials, expectedRevision: 0n });
    await expect(late).rejects.toMatchObject({ type: 'stream-deleted' });
  });
});

describe('subscribing', () => {
  it('begins after the given revision, says when it caught up, and goes on', async () => {
    await client.appendToStream(stream, events(1, 2, 3));
    const subscription = client.subscribeToStream(stream, { fromRevision: 0n });
    const caughtUp = new Promise((resolve) => subscription.on('caughtUp', resolve));
    const seen: (bigint | undefined)[] = [];
    const all = new Promise<void>((resolve) =>
      subscription.on('data', ({ event: read }) => {
        seen.push(read?.revision);
        if (seen.length === 3) resolve();
      }),
    );
    await caughtUp;
    expect(seen).toEqual([1n, 2n]);
    await client.appendToStream(stream, events(4));
    await all;
    expect(seen).toEqual([1n, 2n, 3n]);
    await subscription.unsubscribe();
  });

  it('to all streams filters, and says how far it looked', async () => {
    const noise = Array.from({ length: 100 }, () => jsonEvent({ type: 'noise', data: {} }));
    await client.appendToStream(`noise-${stream}`, noise);
    await client.appendToStream(stream, events(1));
    const checkpoint = Promise.withResolvers<bigint>();
    const filter = streamNameFilter({
      prefixes: [stream],
      checkpointReached: async (_, { commit }) => checkpoint.resolve(commit),
    });
    const subscription = client.subscribeToAll({ filter });
    const [first] = await Promise.all([
      new Promise<string | undefined>((resolve) => subscription.on('data', (each) => resolve(each.event?.streamId))),
      checkpoint.promise,
    ]);
    expect(first).toBe(stream);
    expect(await checkpoint.promise).toBeGreaterThan(0n);
    await subscription.unsubscribe();
  });

  it('waits for a slow consumer, who misses nothing', async () => {
    const large = (): EventData[] =>
      Array.from({ length: 16 }, () => binaryEvent({ type: 'large', data: Buffer.alloc(60_000) }));
    for (let round = 0; round < 20; round += 1) await client.appendToStream(stream, large());
    const subscription = client.subscribeToStream(stream);
    subscription.on('error', () => {});
    const iterator = subscription[Symbol.asyncIterator]();
    await iterator.next();
    await numbers();
    // All of it was read meanwhile by somebody else; the slow one still gets each event once.
    for (let seen = 1; seen < 320; seen += 1) expect((await iterator.next()).value.event.revision).toBe(BigInt(seen));
    await subscription.unsubscribe();
  });
});

describe('a cluster', () => {
  it('names its leader to whoever needs one', async () => {
    const leader = await EventStorePeer.start();
    const follower = await EventStorePeer.start({ leader: leader.endpoint });
    const one = EventStoreDBClient.connectionString(follower.url);
    const options = { credentials: { username: 'any', password: 'thing' }, requiresLeader: true } as const;
    const { host: address, port } = leader.endpoint;
    await expect(one.appendToStream(stream, events(1), options)).rejects.toMatchObject({
      type: 'not-leader',
      leader: { address, port },
    });
    await one.appendToStream(stream, events(1), options);
    const nodes = `127.0.0.1:${follower.endpoint.port},127.0.0.1:${port}`;
    const discovering = EventStoreDBClient.connectionString(`esdb://${nodes}?tls=false`);
    await discovering.appendToStream(stream, events(2), { ...options, expectedRevision: 0n });
    await Promise.all([one.dispose(), discovering.dispose(), leader.stop(), follower.stop()]);
  });
});

/** The client finds out that its server is another one by failing once. */
async function again<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch {
    return question();
  }
}
