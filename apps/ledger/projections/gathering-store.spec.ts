import { largestBatch, type EventStore, type StoredRecord } from '#event-store';
import { leafIndex } from '#kernel';
import { GatheringStore } from './gathering-store.js';

const batchOf = (length: number): StoredRecord[] =>
  Array.from({ length }, (_, index) => ({ index: leafIndex(index), bytes: Buffer.of() }));

type Store = Pick<EventStore, 'subscribe' | 'read'>;

const storeOf = (...batches: readonly StoredRecord[][]): Store => ({
  read: async () => batches.flat(),
  async *subscribe() {
    yield* batches;
  },
});

/** Longer than any test may take: whoever waits that long was not woken. */
const forever = 3_600_000;

describe('a subscription that gathers', () => {
  let end: AbortController;
  beforeEach(() => {
    end = new AbortController();
  });

  const subscribe = (store: GatheringStore): AsyncGenerator<readonly StoredRecord[], void> =>
    store.subscribe('entries', leafIndex(0), end.signal);

  async function isWaiting(answer: Promise<unknown>): Promise<boolean> {
    const turn = new Promise((resolve) => setImmediate(() => resolve('waiting')));
    return (await Promise.race([answer, turn])) === 'waiting';
  }

  it('passes everything on, in order', async () => {
    const given = [batchOf(3), batchOf(largestBatch), batchOf(1)];
    const found: (readonly StoredRecord[])[] = [];
    for await (const batch of subscribe(new GatheringStore(storeOf(...given), 1))) found.push(batch);
    expect(found).toEqual(given);
  });

  it('waits after a batch that was not full until somebody wants an answer', async () => {
    const store = new GatheringStore(storeOf(batchOf(1), batchOf(2)), forever);
    const batches = subscribe(store);
    expect((await batches.next()).value).toHaveLength(1);
    const next = batches.next();
    expect(await isWaiting(next)).toBe(true);
    store.hurry();
    expect((await next).value).toHaveLength(2);
  });

  it('hurries everybody who waits', async () => {
    const store = new GatheringStore(storeOf(batchOf(1), batchOf(2)), forever);
    const all = [subscribe(store), subscribe(store)];
    await Promise.all(all.map((batches) => batches.next()));
    const next = all.map((batches) => batches.next());
    expect(await isWaiting(Promise.any(next))).toBe(true);
    store.hurry();
    expect((await Promise.all(next)).map(({ value }) => value?.length)).toEqual([2, 2]);
  });

  it('does not wait after a full batch: there is more', async () => {
    const batches = subscribe(new GatheringStore(storeOf(batchOf(largestBatch), batchOf(2)), forever));
    await batches.next();
    expect((await batches.next()).value).toHaveLength(2);
  });

  it('stops waiting when it is ended, and does not begin to after that', async () => {
    const store = new GatheringStore(storeOf(batchOf(1), batchOf(1)), forever);
    const batches = subscribe(store);
    await batches.next();
    const next = batches.next();
    expect(await isWaiting(next)).toBe(true);
    end.abort();
    expect((await next).value).toHaveLength(1);
    expect(await batches.next()).toEqual({ done: true, value: undefined });
  });

  it('leaves reading as it is', async () => {
    const store = new GatheringStore(storeOf(batchOf(2)), forever);
    expect(await store.read('registry', leafIndex(0), 2)).toEqual(batchOf(2));
  });

  it('leaves failures of the store to whoever subscribed', async () => {
    const failing: Store = {
      read: async () => [],
      async *subscribe() {
        yield batchOf(largestBatch);
        throw new Error('away');
      },
    };
    const batches = subscribe(new GatheringStore(failing, forever));
    await batches.next();
    await expect(batches.next()).rejects.toThrow('away');
  });
});
