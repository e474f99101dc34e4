import { leafIndex, treeSize, type LeafIndex, type TreeSize } from '#kernel';
import {
  EventStore,
  StoreUnavailable,
  WrongExpectedRevision,
  largestBatch,
  streamNames,
  type StoredRecord,
  type StreamName,
} from '../event-store.js';
import { modelTest } from './model.js';

/** A store under test with data of its own. */
export interface OpenedEventStore {
  readonly store: EventStore;
  /** Another store on the same data; those opened before stay as they are. */
  reopen(): Promise<EventStore>;
  /** Closes all of them and removes the data. */
  close(): Promise<void>;
}

const stream: StreamName = 'entries';
const start = leafIndex(0);
const empty = treeSize(0);

export const record = (text: string): Buffer => Buffer.from(text);
const records = (count: number, name = 'record'): Buffer[] =>
  Array.from({ length: count }, (_, place) => record(`${name} ${place}`));
const texts = (stored: readonly StoredRecord[]): string[] => stored.map(({ bytes }) => bytes.toString());

/** The promises of {@link EventStore}. Every adapter runs all of them. */
export function eventStoreContract(name: string, open: () => Promise<OpenedEventStore>): void {
  describe(`an event store ${name}`, () => {
    let opened: OpenedEventStore;
    let store: EventStore;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    appending(() => store);
    reading(() => store);
    subscribing(
      () => store,
      () => opened.reopen(),
    );
    sharing(
      () => store,
      () => opened.reopen(),
    );

    it('forgets nothing that was acknowledged', async () => {
      await store.append(stream, empty, records(3));
      await store.close();
      const again = await opened.reopen();
      expect(texts(await again.read(stream, start, 9))).toEqual(texts3);
      expect(await again.size(stream)).toBe(3);
    });

    it('says that it is unavailable once it is closed, and lets itself be closed again', async () => {
      await store.close();
      await store.close();
      await expect(store.append(stream, empty, records(1))).rejects.toThrow(StoreUnavailable);
      await expect(store.size(stream)).rejects.toThrow(StoreUnavailable);
      await expect(store.read(stream, start, 1)).rejects.toThrow(StoreUnavailable);
    });
  });

  describe(`an event store ${name}, compared with plain arrays`, () => modelTest(open));
}

const texts3 = ['record 0', 'record 1', 'record 2'];

function appending(store: () => EventStore): void {
  describe('appending', () => {
    // Sizes 0 to 3 against every expectation around them: only the exact one writes.
    const cases = [0, 1, 2, 3].flatMap((size) => [0, 1, 2, 3, 4].map((expected) => ({ size, expected })));

    it.each(cases)('new bytes to $size records when $expected are expected', async ({ size, expected }) => {
      await store().append(stream, empty, records(size));
      const attempt = store().append(stream, treeSize(expected), [record('other'), record('bytes')]);
      if (size === expected) await expect(attempt).resolves.toBeUndefined();
      else
        await expect(attempt).rejects.toMatchObject({ name: 'WrongExpectedRevision', stream, expected, actual: size });
      expect(await store().size(stream)).toBe(size === expected ? size + 2 : size);
    });

    it('the same bytes at the same place succeeds and writes nothing', async () => {
      await store().append(stream, empty, records(5));
      await store().append(stream, empty, records(5));
      await store().append(stream, treeSize(2), records(5).slice(2, 4));
      await store().append(stream, treeSize(4), records(5).slice(4));
      expect(texts(await store().read(stream, start, 9))).toEqual(texts(await store().read(stream, start, 5)));
      expect(await store().size(stream)).toBe(5);
    });

    it('the same bytes at the end stores them a second time', async () => {
      await store().append(stream, empty, [record('twin')]);
      await store().append(stream, treeSize(1), [record('twin')]);
      expect(texts(await store().read(stream, start, 9))).toEqual(['twin', 'twin']);
    });

    it.each([
      ['reaches beyond the end', 1, [record('record 1'), record('record 2'), record('record 3')]],
      ['differs in its last record', 0, [record('record 0'), record('record 1'), record('another')]],
      ['differs in its first record', 0, [record('another'), record('record 1')]],
      ['differs in one byte', 2, [record('record 3')]],
      ['is longer by one byte', 2, [record('record 2 ')]],
      ['stands at another place', 1, [record('record 0')]],
    ])('is refused when a repetition %s', async (_, expected, batch) => {
      await store().append(stream, empty, records(3));
      await expect(store().append(stream, treeSize(expected), batch)).rejects.toThrow(WrongExpectedRevision);
      expect(texts(await store().read(stream, start, 9))).toEqual(texts3);
    });

    it('nothing writes nothing, but not beyond the end', async () => {
      await store().append(stream, empty, records(2));
      await store().append(stream, empty, []);
      await store().append(stream, treeSize(2), []);
      await expect(store().append(stream, treeSize(3), [])).rejects.toThrow(WrongExpectedRevision);
      expect(await store().size(stream)).toBe(2);
    });

    it('keeps any bytes, up to 65,535 a record and 400 records an append', async () => {
      const everyByte = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
      const batch = [everyByte, Buffer.alloc(0), Buffer.alloc(65_535, 0xff), Buffer.from([0]), ...records(396)];
      await store().append(stream, empty, batch);
      const stored = await store().read(stream, start, 400);
      expect(stored.map(({ index }) => index)).toEqual(batch.map((_, place) => place));
      expect(
        stored.every(({ bytes }, place) => Buffer.isBuffer(bytes) && bytes.equals(batch[place] ?? everyByte)),
      ).toBe(true);
    });

    it('800 KiB at once', async () => {
      const batch = Array.from({ length: 400 }, (_, place) => Buffer.alloc(2_048, place % 256));
      await store().append(stream, empty, batch);
      const stored = await store().read(stream, start, 400);
      expect(Buffer.concat(stored.map(({ bytes }) => bytes)).equals(Buffer.concat(batch))).toBe(true);
    });

    it('takes plain byte arrays and views into larger buffers', async () => {
      const view = Buffer.from('..middle..').subarray(2, 8);
      await store().append(stream, empty, [Uint8Array.of(1, 2), view]);
      const stored = await store().read(stream, start, 2);
      expect(stored.map(({ bytes }) => bytes.toString('hex'))).toEqual(['0102', record('middle').toString('hex')]);
    });

    it('leaves callers their buffers', async () => {
      const mine = record('first');
      await store().append(stream, empty, [mine]);
      mine.fill('x');
      const [read] = await store().read(stream, start, 1);
      read?.bytes.fill('y');
      expect(texts(await store().read(stream, start, 1))).toEqual(['first']);
    });

    it('to one stream leaves the others alone', async () => {
      for (const [place, each] of streamNames.entries()) await store().append(each, empty, records(place + 1, each));
      for (const [place, each] of streamNames.entries()) {
        expect(texts(await store().read(each, start, 9))).toEqual(texts(asStored(records(place + 1, each))));
      }
    });
  });
}

function reading(store: () => EventStore): void {
  describe('reading', () => {
    const indexes = async (from: number, limit: number): Promise<LeafIndex[]> =>
      (await store().read(stream, leafIndex(from), limit)).map(({ index }) => index);

    it('answers the range that was asked for and nothing beyond the end', async () => {
      await store().append(stream, empty, records(10));
      expect(await indexes(0, 3)).toEqual([0, 1, 2]);
      expect(await indexes(4, 2)).toEqual([4, 5]);
      expect(await indexes(8, 100)).toEqual([8, 9]);
      expect(await indexes(9, 1)).toEqual([9]);
      expect(await indexes(10, 1)).toEqual([]);
      expect(await indexes(2 ** 40, 5)).toEqual([]);
      expect(await indexes(0, 0)).toEqual([]);
    });

    it('answers nothing for a stream without records', async () => {
      expect(await indexes(0, 5)).toEqual([]);
      expect(await store().size(stream)).toBe(0);
    });

    it.each([-1, 0.5, Number.NaN])('refuses the limit %s', async (limit) => {
      await expect(indexes(0, limit)).rejects.toThrow(RangeError);
    });
  });
}

function subscribing(store: () => EventStore, reopen: () => Promise<EventStore>): void {
  describe('subscribing', () => {
    const never = new AbortController().signal;

    it('delivers what is stored, then what arrives, in order and without gaps', async () => {
      await store().append(stream, empty, records(3, 'old'));
      const got = collect(store().subscribe(stream, leafIndex(1), never), 5);
      await store().append(stream, treeSize(3), records(2, 'new'));
      await store().append(stream, treeSize(5), [record('last')]);
      expect(texts(await got)).toEqual(['old 1', 'old 2', 'new 0', 'new 1', 'last']);
    });

    it('waits for a place that is still to come', async () => {
      const got = collect(store().subscribe(stream, leafIndex(2), never), 1);
      await store().append(stream, empty, records(2));
      await store().append(stream, treeSize(2), [record('awaited')]);
      expect(texts(await got)).toEqual(['awaited']);
    });

    it('hears only its own stream', async () => {
      const got = collect(store().subscribe('registry', start, never), 1);
      await store().append(stream, empty, records(3));
      await store().append('registry', empty, [record('registered')]);
      expect(texts(await got)).toEqual(['registered']);
    });

    it('gives each of several subscribers everything, while others append', async () => {
      const subscribers = [0, 0, 7, 40].map((from) =>
        collect(store().subscribe(stream, leafIndex(from), never), 100 - from),
      );
      for (let size = 0; size < 100; size += 4) {
        await store().append(stream, treeSize(size), records(100).slice(size, size + 4));
      }
      const [first, ...others] = await Promise.all(subscribers);
      expect(texts(first ?? [])).toEqual(texts(asStored(records(100))));
      for (const other of others) expect(other).toEqual(first?.slice(100 - other.length));
    });

    it('lets a slow consumer pull, in batches of bounded size', async () => {
      const batches = store().subscribe(stream, start, never)[Symbol.asyncIterator]();
      await store().append(stream, empty, records(1));
      const sizes = [(await batches.next()).value?.length];
      for (let size = 1; size < 1_200; size += 400) await store().append(stream, treeSize(size), records(400));
      for (let seen = 1; seen < 1_201;) {
        const batch = await batches.next();
        if (batch.done) throw new Error('the subscription ended');
        expect(batch.value[0]?.index).toBe(seen);
        sizes.push(batch.value.length);
        seen += batch.value.length;
      }
      expect(Math.max(...sizes.map(Number))).toBeLessThanOrEqual(largestBatch);
      expect(Math.min(...sizes.map(Number))).toBeGreaterThan(0);
      await batches.return?.();
    });

    it('ends when the signal aborts: before it starts, while it waits, and between batches', async () => {
      const before = store().subscribe(stream, start, AbortSignal.abort());
      expect(await collect(before)).toEqual([]);

      const waiting = new AbortController();
      const ended = collect(store().subscribe(stream, start, waiting.signal));
      await store().append(stream, empty, records(2));
      await store().read(stream, start, 1);
      waiting.abort();
      expect((await ended).length).toBeLessThanOrEqual(2);

      const between = new AbortController();
      const seen: StoredRecord[] = [];
      for await (const batch of store().subscribe(stream, start, between.signal)) {
        seen.push(...batch);
        between.abort();
      }
      expect(texts(seen)).toEqual(['record 0', 'record 1']);
    });

    it('ends when the store closes, but not when another store on the same data does', async () => {
      const other = await reopen();
      const mine = collect(store().subscribe(stream, start, never), 1);
      const ended = collect(other.subscribe(stream, start, never));
      await other.close();
      expect(await ended).toEqual([]);
      expect(await collect(other.subscribe(stream, start, never))).toEqual([]);
      await store().append(stream, empty, [record('still here')]);
      expect(texts(await mine)).toEqual(['still here']);
    });

    it('hears what another store on the same data appends', async () => {
      const other = await reopen();
      const got = collect(store().subscribe(stream, start, never), 2);
      await other.append(stream, empty, [record('from elsewhere')]);
      await other.append(stream, treeSize(1), [record('and again')]);
      expect(texts(await got)).toEqual(['from elsewhere', 'and again']);
    });
  });
}

function sharing(store: () => EventStore, reopen: () => Promise<EventStore>): void {
  describe('shared by two writers', () => {
    async function race(writer: EventStore, name: string, count: number): Promise<number> {
      let expected: TreeSize = empty;
      let lost = 0;
      for (let written = 0; written < count;) {
        try {
          await writer.append(stream, expected, [record(`${name} ${written}`)]);
          written += 1;
          expected = treeSize(expected + 1);
        } catch (error) {
          if (!(error instanceof WrongExpectedRevision)) throw error;
          expect(error.actual).toBeGreaterThan(expected);
          expected = error.actual;
          lost += 1;
        }
      }
      return lost;
    }

    it('gives each place to one of them, keeps every record once, and tells the loser the size', async () => {
      const other = await reopen();
      const lost = await Promise.all([race(store(), 'one', 60), race(other, 'two', 60)]);
      const stored = await store().read(stream, start, 400);
      expect(stored.map(({ index }) => index)).toEqual(records(120).map((_, place) => place));
      const byWriter = (name: string): string[] => texts(stored).filter((text) => text.startsWith(name));
      expect(byWriter('one')).toEqual(texts(asStored(records(60, 'one'))));
      expect(byWriter('two')).toEqual(texts(asStored(records(60, 'two'))));
      expect(Math.max(...lost)).toBeGreaterThan(0);
    });

    it('lets exactly one of two appends at the same place win', async () => {
      const other = await reopen();
      const outcomes = await Promise.allSettled([
        store().append(stream, empty, records(2, 'one')),
        other.append(stream, empty, records(3, 'two')),
      ]);
      const winner = outcomes[0].status === 'fulfilled' ? records(2, 'one') : records(3, 'two');
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(texts(await other.read(stream, start, 9))).toEqual(texts(asStored(winner)));
    });

    it('accepts from both the very same append', async () => {
      const other = await reopen();
      await Promise.all([store().append(stream, empty, records(3)), other.append(stream, empty, records(3))]);
      expect(await store().size(stream)).toBe(3);
    });
  });
}

const asStored = (batch: readonly Buffer[]): StoredRecord[] =>
  batch.map((bytes, place) => ({ index: leafIndex(place), bytes }));

/** Everything a subscription delivers, or its first `count` records; checks that batches are never empty. */
async function collect(
  subscription: AsyncIterable<readonly StoredRecord[]>,
  count = Number.POSITIVE_INFINITY,
): Promise<StoredRecord[]> {
  const seen: StoredRecord[] = [];
  for await (const batch of subscription) {
    expect(batch.length).toBeGreaterThan(0);
    seen.push(...batch);
    if (seen.length >= count) break;
  }
  return seen;
}
