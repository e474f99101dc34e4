import { EventStoreDBClient } from '@eventstore/db-client';
import { leafIndex, treeSize } from '#kernel';
import type { StoredRecord } from '#event-store';
import { EventStoreDbEventStore, type EventStoreDbOptions } from '#event-store/eventstoredb';
import { setImmediate } from 'node:timers/promises';
import type { Fault } from '../../../test/event-store-peer/faults.js';
import { EventStorePeer } from '../../../test/support/event-store-peer.js';

const stream = 'entries';
const start = leafIndex(0);
const record = (place: number): Buffer => Buffer.from(`record ${place}`);
const records = (from: number, to: number): Buffer[] =>
  Array.from({ length: to - from }, (_, place) => record(from + place));
const noPause = async (): Promise<void> => {
  await setImmediate();
};

let peer: EventStorePeer;
let prefix: string;
let name: string;
let prefixes = 0;
let troubles: string[];
const opened: EventStoreDbEventStore[] = [];

async function open(options: Partial<EventStoreDbOptions> = {}): Promise<EventStoreDbEventStore> {
  const onTrouble = ({ message }: Error): unknown => troubles.push(message);
  const store = await EventStoreDbEventStore.open({ url: peer.url, prefix, pause: noPause, onTrouble, ...options });
  opened.push(store);
  return store;
}

/** Fails once, at the next call of that kind on the stream of the test. */
const next = (fault: Omit<Fault, 'stream'>): Promise<void> => peer.fault({ ...fault, stream: name });

async function expectStored(store: EventStoreDbEventStore, to: number): Promise<void> {
  expect((await store.read(stream, start, 1_000)).map(({ bytes }) => bytes)).toEqual(records(0, to));
  expect(await store.size(stream)).toBe(to);
}

/** What a subscription delivers, up to a size; fails when anything is missing or comes twice. */
async function followed(store: EventStoreDbEventStore, to: number, meanwhile?: (size: number) => unknown) {
  const seen: StoredRecord[] = [];
  for await (const batch of store.subscribe(stream, start, new AbortController().signal)) {
    seen.push(...batch);
    if (seen.length >= to) break;
    await meanwhile?.(seen.length);
  }
  expect(seen.map(({ index, bytes }) => `${index}: ${bytes.toString()}`)).toEqual(
    records(0, to).map((bytes, at) => `${at}: ${bytes.toString()}`),
  );
}

beforeAll(async () => {
  peer = await EventStorePeer.start();
});
beforeEach(() => {
  prefixes += 1;
  prefix = `faults-${prefixes}`;
  name = `${prefix}-${stream}`;
  troubles = [];
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await peer.clearFaults();
});
afterAll(() => peer.stop());

describe('an append whose answer is lost', () => {
  it.each(['drop-reply', 'lose-reply'] as const)(
    'by %s is unavailable, and stored once when repeated',
    async (what) => {
      const store = await open({ deadline: 250 });
      await store.append(stream, treeSize(0), records(0, 2));
      await next({ at: 'append', what });
      const lost = store.append(stream, treeSize(2), records(2, 5));
      await expect(lost).rejects.toMatchObject({
        name: 'StoreUnavailable',
        message: expect.stringContaining('127.0.0.1'),
      });
      await store.append(stream, treeSize(2), records(2, 5));
      await expectStored(store, 5);
    },
  );

  it.each(['kill-after', 'tear'] as const)(
    'because the server died (%s) is stored once when repeated',
    async (what) => {
      const store = await open();
      await store.append(stream, treeSize(0), records(0, 2));
      await next({ at: 'append', what });
      await expect(store.append(stream, treeSize(2), records(2, 5))).rejects.toThrow('what was stored is unknown');
      await peer.ended();
      await expect(store.append(stream, treeSize(5), records(5, 6))).rejects.toMatchObject({
        name: 'StoreUnavailable',
      });
      await peer.restart();
      await expectStored(store, 5);
      await store.append(stream, treeSize(2), records(2, 5));
      await store.append(stream, treeSize(5), records(5, 6));
      await expectStored(store, 6);
    },
  );
});

describe('an append that does nothing', () => {
  it.each(['kill', 'unavailable', 'silent', 'disk-full', 'denied'] as const)(
    'because of %s is unavailable, and stored when repeated',
    async (what) => {
      const store = await open({ deadline: 250 });
      await store.append(stream, treeSize(0), records(0, 2));
      await next({ at: 'append', what });
      await expect(store.append(stream, treeSize(2), records(2, 4))).rejects.toMatchObject({
        name: 'StoreUnavailable',
      });
      if (what === 'kill') {
        await peer.ended();
        await peer.restart();
      }
      await expectStored(store, 2);
      await store.append(stream, treeSize(2), records(2, 4));
      await expectStored(store, 4);
    },
  );

  it('because another node leads by now goes there by itself', async () => {
    const other = await EventStorePeer.start();
    const store = await open();
    await peer.follow(other.endpoint);
    await store.append(stream, treeSize(0), records(0, 3));
    await expectStored(store, 3);
    expect(troubles.join()).toContain('Leader');
    await peer.follow();
    expect(await (await open()).size(stream)).toBe(0);
    await other.stop();
  });

  it('because nobody leads ends', async () => {
    const store = await open();
    await next({ at: 'append', what: 'not-leader', times: 100 });
    await expect(store.append(stream, treeSize(0), records(0, 1))).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await peer.clearFaults();
    await store.append(stream, treeSize(0), records(0, 1));
  });

  it('because it is too large is refused before it is sent', async () => {
    const store = await open();
    const large = Array.from({ length: 20 }, () => Buffer.alloc(60_000));
    await expect(store.append(stream, treeSize(0), large)).rejects.toThrow(RangeError);
    await expect(store.append(stream, treeSize(0), records(0, 401))).rejects.toThrow(RangeError);
    await expectStored(store, 0);
  });
});

describe('a read', () => {
  it('is repeated when the server was away for a moment', async () => {
    const store = await open();
    await store.append(stream, treeSize(0), records(0, 3));
    await next({ at: 'read', what: 'unavailable', times: 2 });
    await expectStored(store, 3);
    expect(troubles).toHaveLength(2);
  });

  it('ends when the server stays away, and works again when it is back', async () => {
    const store = await open();
    await store.append(stream, treeSize(0), records(0, 3));
    await peer.kill();
    await expect(store.read(stream, start, 3)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await expect(store.size(stream)).rejects.toThrow('127.0.0.1');
    await peer.restart();
    await expectStored(store, 3);
  });

  it('ends by its deadline when the server says nothing', async () => {
    const store = await open({ deadline: 100 });
    await next({ at: 'read', what: 'silent' });
    await expect(store.size(stream)).rejects.toThrow('did not answer within 100 ms');
    expect(await store.size(stream)).toBe(0);
  });

  it('ends at once when the store closes', async () => {
    const store = await open();
    await next({ at: 'read', what: 'silent' });
    const [answer] = await Promise.allSettled([store.size(stream), setImmediate().then(() => store.close())]);
    expect(answer).toMatchObject({ status: 'rejected', reason: { message: 'the event store is closed' } });
  });
});

describe('a subscription', () => {
  it('goes on where it stood, however often it breaks', async () => {
    const store = await open();
    for (const after of [0, 1, 3]) await next({ at: 'subscribe', what: 'break', after });
    await next({ at: 'subscribe', what: 'end', after: 2 });
    await next({ at: 'subscribe', what: 'unavailable' });
    const all = followed(store, 60);
    for (let size = 0; size < 60; size += 2) await store.append(stream, treeSize(size), records(size, size + 2));
    await all;
    expect(troubles.length).toBeGreaterThanOrEqual(3);
  });

  it('survives that the server is killed while it delivers and while it waits', async () => {
    const away = Promise.withResolvers<void>();
    const store = await open({ pause: () => away.promise });
    await store.append(stream, treeSize(0), records(0, 400));
    await store.append(stream, treeSize(400), records(400, 500));
    await next({ at: 'subscribe', what: 'kill-after', after: 0 });
    const all = followed(store, 900);
    await peer.ended();
    await peer.restart();
    away.resolve();
    const writer = await open();
    await writer.append(stream, treeSize(500), records(500, 700));
    await peer.kill();
    await peer.restart();
    await expect(open()).resolves.toBeDefined();
    await writer.size(stream);
    await writer.append(stream, treeSize(700), records(700, 900));
    await all;
  });

  it('does not care what its listeners do', async () => {
    const store = await open({
      onTrouble: () => {
        throw new Error('a listener broke');
      },
    });
    await next({ at: 'subscribe', what: 'unavailable', times: 2 });
    await store.append(stream, treeSize(0), records(0, 3));
    await followed(store, 3);
  });

  it('ends while it waits for a server that is away', async () => {
    const over = new AbortController();
    const store = await open({
      pause: () => new Promise((resolve) => over.signal.addEventListener('abort', () => resolve())),
    });
    await next({ at: 'subscribe', what: 'unavailable', times: 1_000 });
    const batches = store.subscribe(stream, start, over.signal)[Symbol.asyncIterator]();
    const ended = batches.next();
    while (troubles.length === 0) await setImmediate();
    over.abort();
    expect((await ended).done).toBe(true);
  });

  it('lets a consumer take its time: it gets everything, in batches', async () => {
    const store = await open();
    for (let size = 0; size < 2_000; size += 400) await store.append(stream, treeSize(size), records(size, size + 400));
    let batches = 0;
    await followed(store, 2_400, async (size) => {
      batches += 1;
      if (size === 400) await store.append(stream, treeSize(2_000), records(2_000, 2_400));
    });
    expect(batches).toBeLessThan(12);
  });
});

describe('a stream that was tampered with', () => {
  let store: EventStoreDbEventStore;

  beforeEach(async () => {
    store = await open();
    await store.append(stream, treeSize(0), records(0, 5));
  });

  const subscribed = (): Promise<void> => followed(store, 5);
  const read = (): Promise<unknown> => store.read(stream, start, 9);

  it.each([
    ['other bytes', { data: Buffer.from('record X') }, 'changed'],
    ['the id of other bytes', { id: '00000000-0000-8000-8000-000000000000' }, 'changed'],
    ['another type', { type: 'order-placed' }, 'foreign'],
    ['another log', { metadata: '{"log":"registry"}' }, 'foreign'],
  ])('by an event with %s is not returned', async (_, change, reason) => {
    await peer.change(name, 3, change);
    const refusal = {
      name: 'StoreRefused',
      reason,
      message: expect.stringContaining(`${name} of the event store, index 3`),
    };
    await expect(read()).rejects.toMatchObject(refusal);
    await expect(subscribed()).rejects.toMatchObject(refusal);
    expect(await store.read(stream, start, 3)).toHaveLength(3);
  });

  it('at its end has no size any more', async () => {
    await peer.change(name, 4, { data: Buffer.from('record X') });
    await expect(store.size(stream)).rejects.toMatchObject({
      reason: 'changed',
      message: expect.stringContaining('index 4'),
    });
  });

  it('by truncation misses its first records', async () => {
    await peer.truncate(name, 2);
    const refusal = { reason: 'truncated', message: expect.stringContaining('index 0: missing') };
    await expect(read()).rejects.toMatchObject(refusal);
    await expect(subscribed()).rejects.toMatchObject(refusal);
  });

  it('by a soft deletion is not taken for an empty one', async () => {
    const client = EventStoreDBClient.connectionString(peer.url);
    await client.deleteStream(name);
    await expect(store.size(stream)).rejects.toMatchObject({ reason: 'truncated' });
    await expect(read()).rejects.toMatchObject({ reason: 'truncated' });
    await expect(subscribed()).rejects.toMatchObject({ reason: 'truncated' });
    await expect(store.append(stream, treeSize(0), [record(9)])).rejects.toMatchObject({ name: 'StoreUnavailable' });
    await client.dispose();
  });

  it('by a tombstone takes and answers nothing', async () => {
    const waiting = followed(store, 6);
    await peer.tombstone(name);
    const refusal = { reason: 'deleted', message: `stream ${name} of the event store was deleted` };
    await expect(waiting).rejects.toMatchObject(refusal);
    await expect(read()).rejects.toMatchObject(refusal);
    await expect(store.size(stream)).rejects.toMatchObject(refusal);
    await expect(subscribed()).rejects.toMatchObject(refusal);
    await expect(store.append(stream, treeSize(5), [record(5)])).rejects.toMatchObject({ name: 'StoreUnavailable' });
  });
});

describe('stores in one process', () => {
  it('never suffer from what happens to another', async () => {
    const [troubled, calm] = [await open(), await open()];
    await next({ at: 'append', what: 'drop-reply', times: 10 });
    await peer.fault({ at: 'batch-append', what: 'unavailable', times: 1_000 });
    const failing = Array.from({ length: 10 }, () => troubled.append(stream, treeSize(0), records(0, 1)));
    const working = Array.from({ length: 10 }, async (_, place) => {
      const other = place % 2 === 0 ? 'registry' : 'registry.checkpoints';
      await calm.append(other, treeSize(0), records(0, 1));
    });
    const outcomes = await Promise.allSettled(failing);
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'rejected'));
    await Promise.all(working);
    expect(await calm.size('registry')).toBe(1);
    await expectStored(calm, 1);
  });
});

describe('an event in the store', () => {
  it('has a type, an id made of its leaf hash, and metadata that never tell records apart', async () => {
    const store = await open();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await store.append(stream, treeSize(0), records(0, 2), [traceparent, undefined]);
    await store.append(stream, treeSize(0), records(0, 2));
    await store.append('entries.checkpoints', treeSize(0), [record(0)]);
    const client = EventStoreDBClient.connectionString(peer.url);
    const events = [];
    for (const each of [name, `${prefix}-entries.checkpoints`])
      for await (const { event } of client.readStream(each)) events.push(event);
    expect(events).toMatchObject([
      {
        id: '3b367d6d-b7bc-8172-ad91-8b18e9a79e0f',
        type: 'nachweis.leaf.v1',
        metadata: { log: 'entries', traceparent },
        isJson: false,
        revision: 0n,
      },
      { type: 'nachweis.leaf.v1', metadata: { log: 'entries' }, revision: 1n },
      {
        id: '3b367d6d-b7bc-8172-ad91-8b18e9a79e0f',
        type: 'nachweis.tree-head.v1',
        metadata: { log: 'entries.checkpoints' },
      },
    ]);
    expect((await store.read(stream, start, 2)).map((each) => each.traceparent)).toEqual([traceparent, undefined]);
    await client.dispose();
  });
});
