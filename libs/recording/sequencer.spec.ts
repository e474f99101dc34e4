import { DomainError, instantAt, leafIndex, millisecondsOf, treeSize } from '#kernel';
import type { EventStore } from '#event-store';
import { parseLeaf } from '#statement';
import { leafHash } from '#transparency';
import { FaultPlan } from '../../test/support/fault-plan.js';
import { FaultyDatabase } from '../../test/support/faulty-database.js';
import { FaultyEventStore } from '../../test/support/faulty-event-store.js';
import type { PreparedEntry } from './entry.js';
import type { SequencedEntry } from './sequencer.js';
import { admission, clinic, now, operation, police, request, youthOffice } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, SetClock, type Wrapping, type WriteSide } from './testing/write-side.js';

let scratch: Scratch;
let open: WriteSide[];

beforeEach(() => {
  scratch = new Scratch();
  open = [];
});
afterEach(async () => {
  for (const side of open) await side.drop();
  scratch.remove();
});

/** A write side to which police, youth office and clinic are admitted. */
async function opened(wrapping: Wrapping = {}): Promise<WriteSide> {
  const side = await openWriteSide(scratch, wrapping);
  open.push(side);
  if (side.register.size('registry') === 0) {
    const agencies = [police, youthOffice, clinic];
    await side.sequencers.registry.submit(agencies.map((agency, i) => admission(9_000_000 + i, agency)));
  }
  return side;
}

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
const operations = (from: number, count: number): PreparedEntry[] => numbers(from, count).map((n) => operation(n));
const indexes = (sequenced: readonly SequencedEntry[]): number[] => sequenced.map(({ place }) => place.index);
const coded = (code: string) => expect.objectContaining({ name: 'DomainError', code });

/** Notes the size of each append to `entries`, and holds appends back while the gate is closed. */
class Watch {
  readonly appends: number[] = [];
  readonly #reached = Promise.withResolvers<void>();
  #gate: Promise<void> = Promise.resolve();

  readonly store = (inner: EventStore): EventStore => {
    const append = inner.append.bind(inner);
    inner.append = async (stream, expected, records) => {
      if (stream === 'entries') this.#reached.resolve();
      await this.#gate;
      if (stream === 'entries') this.appends.push(records.length);
      return append(stream, expected, records);
    };
    return inner;
  };

  /** Resolves with the first append to `entries`, whether or not it is held back. */
  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  close(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }
}

/** Appends as a store across the network does: others get their turn meanwhile. */
function slow(inner: EventStore): EventStore {
  const append = inner.append.bind(inner);
  inner.append = async (...given) => {
    await new Promise(setImmediate);
    return append(...given);
  };
  return inner;
}

describe('group commit', () => {
  it('appends together what waits together', async () => {
    const watch = new Watch();
    const side = await opened({ store: watch.store });
    const sequenced = await Promise.all(numbers(0, 300).map((n) => side.sequencers.entries.submit([operation(n)])));
    expect(sequenced.flatMap(indexes)).toEqual(numbers(0, 300));
    expect(watch.appends.length).toBeLessThanOrEqual(2);
  });

  it('never splits a submission, whatever waits beside it', async () => {
    const watch = new Watch();
    const side = await opened({ store: watch.store, queueLimit: 10_000 });
    const sizes = [1, 399, 2, 400, 1, 1, 200, 201, 398, 3, 57, 400, 399];
    let next = 0;
    const submitted = sizes.map((size) => side.sequencers.entries.submit(operations((next += size) - size, size)));
    const placed = (await Promise.all(submitted)).map(indexes);
    placed.forEach((places) => expect(places).toEqual(numbers(places[0] ?? -1, places.length)));
    expect(placed.flat()).toEqual(numbers(0, next));
    const edges = new Set<number>();
    watch.appends.reduce((end, size) => (edges.add(end + size), end + size), 0);
    expect(placed.every((places) => ![...edges].some((edge) => places.slice(1).includes(edge)))).toBe(true);
    expect(Math.max(...watch.appends)).toBeLessThanOrEqual(400);
  });

  it('keeps an append below 800 KiB of leaves', async () => {
    const watch = new Watch();
    const side = await opened({ store: watch.store });
    const large = (n: number): PreparedEntry => ({ ...operation(n), statement: 'x'.repeat(60_000) });
    const submitted = [0, 8, 16].map((from) => side.sequencers.entries.submit(numbers(from, 8).map(large)));
    await Promise.all(submitted);
    expect(watch.appends).toEqual([8, 8, 8]);
    await expect(side.sequencers.entries.submit(numbers(50, 14).map(large))).rejects.toEqual(coded('too-large'));
  });

  it('refuses more than 400 entries at once', async () => {
    const side = await opened();
    await expect(side.sequencers.entries.submit(operations(0, 401))).rejects.toEqual(coded('too-large'));
    expect(await side.store.size('entries')).toBe(0);
  });

  it('answers an empty submission at once', async () => {
    const side = await opened();
    expect(await side.sequencers.entries.submit([])).toEqual([]);
  });
});

describe('what is sequenced', () => {
  it('has the hash of its stored bytes, its index and its time', async () => {
    const side = await opened();
    const sequenced = await side.sequencers.entries.submit(operations(0, 20));
    const records = await side.store.read('entries', leafIndex(0), 20);
    sequenced.forEach(({ entry, place, recordedAt, leafHash: hash }, i) => {
      const { bytes, index } = records[i] ?? { bytes: Buffer.of(), index: -1 };
      const leaf = parseLeaf(bytes);
      expect([place.index, entry.id, recordedAt]).toEqual([index, leaf.statement.jti, leaf.recordedAt]);
      expect(leafHash(bytes).equals(hash)).toBe(true);
      expect(leaf).toMatchObject({ log: 'entries', registry: 3 });
    });
  });

  it('has its blocks in the vault before its leaf is in the log', async () => {
    const side = await opened();
    const append = side.store.append.bind(side.store);
    const blocksAtAppend: number[] = [];
    side.store.append = async (stream, expected, records) => {
      const ids = records.map((bytes) => parseLeaf(bytes).statement.jti);
      blocksAtAppend.push((await side.vault.open(ids)).size);
      return append(stream, expected, records);
    };
    await side.sequencers.entries.submit(operations(0, 10));
    expect(blocksAtAppend).toEqual([10]);
  });
});

describe('time', () => {
  it('never decreases in a log, however the clock jumps, and is read once an append', async () => {
    const clock = new SetClock();
    const behind: number[] = [];
    const side = await opened({ clock, onClockBehind: (milliseconds) => behind.push(milliseconds) });
    const times: string[] = [];
    for (const [step, jump] of [0, 10, -4_000, -1_000, 1, -1, 20_000, -60_000, 70_000].entries()) {
      clock.move(jump);
      const sequenced = await side.sequencers.entries.submit(operations(step * 10, 2));
      times.push(...new Set(sequenced.map(({ recordedAt }) => recordedAt)));
    }
    expect(times).toHaveLength(9);
    expect(times).toEqual(times.toSorted());
    expect(times[2]).toBe(times[1]);
    expect(behind).toEqual([60_000]);
    expect(times.at(-1)).toBe(clock.now());
  });

  it('does not alarm at 5 s exactly', async () => {
    const clock = new SetClock();
    const behind: number[] = [];
    const side = await opened({ clock, onClockBehind: (milliseconds) => behind.push(milliseconds) });
    await side.sequencers.entries.submit([operation(1)]);
    clock.move(-5_000);
    await side.sequencers.entries.submit([operation(2)]);
    expect(behind).toEqual([]);
    clock.move(-1);
    await side.sequencers.entries.submit([operation(3)]);
    expect(behind).toEqual([5_001]);
  });

  it('goes on from the last leaf after a start with a clock that is behind', async () => {
    const first = await opened();
    await first.sequencers.entries.submit([operation(1)]);
    const clock = new SetClock();
    clock.move(-3_600_000);
    const second = await opened({ clock, ledger: 'two' });
    const [sequenced] = await second.sequencers.entries.submit([operation(2)]);
    expect(sequenced?.recordedAt).toBe(now);
    expect(millisecondsOf(clock.now())).toBeLessThan(millisecondsOf(instantAt(Date.parse(now))));
  });
});

describe('a full queue', () => {
  it('turns away what comes too much, keeps what it took, and opens again', async () => {
    const watch = new Watch();
    const side = await opened({ store: watch.store, queueLimit: 10 });
    const letThrough = watch.close();
    const taken = [operations(0, 4), operations(4, 4), operations(8, 2)].map((entries) =>
      side.sequencers.entries.submit(entries),
    );
    await expect(side.sequencers.entries.submit([operation(10)])).rejects.toEqual(coded('queue-full'));
    expect(side.sequencers.entries.waiting).toBe(10);
    letThrough();
    expect((await Promise.all(taken)).flatMap(indexes)).toEqual(numbers(0, 10));
    expect(side.sequencers.entries.waiting).toBe(0);
    expect(indexes(await side.sequencers.entries.submit(operations(10, 10)))).toEqual(numbers(10, 10));
    expect(side.sequencers.entries.waiting).toBe(0);
  });

  it('counts what was refused no longer', async () => {
    const side = await opened({ queueLimit: 3 });
    for (let attempt = 0; attempt < 5; attempt++) {
      const stranger = operation(attempt, { by: 'stranger.example' as typeof police });
      await expect(side.sequencers.entries.submit([stranger])).rejects.toEqual(coded('agency-not-admitted'));
    }
    expect(side.sequencers.entries.waiting).toBe(0);
    expect(indexes(await side.sequencers.entries.submit(operations(10, 3)))).toEqual([0, 1, 2]);
  });
});

describe('judging', () => {
  it('lets each line of a batch see the lines before it', async () => {
    const side = await opened();
    const batch = [
      request(1, 1, { data: { addressee: youthOffice }, expectedVersion: 0 }),
      operation(2, { exchange: 1, expectedVersion: 1 }),
      operation(3, { exchange: 1, expectedVersion: 2 }),
    ];
    expect(indexes(await side.sequencers.entries.submit(batch))).toEqual([0, 1, 2]);
    const [first, second] = [request(4, 2, { expectedVersion: 0 }), operation(5, { exchange: 2, expectedVersion: 0 })];
    await expect(side.sequencers.entries.submit([first, second])).rejects.toEqual(coded('exchange-moved-on'));
    expect(await side.store.size('entries')).toBe(3);
  });

  it('lets submissions of one append see those before them, and nothing of those that were refused', async () => {
    const watch = new Watch();
    const side = await opened({ store: watch.store });
    const { entries } = side.sequencers;
    const results = await Promise.allSettled([
      entries.submit([request(1, 1, { data: { addressee: youthOffice } })]),
      entries.submit([operation(2, { by: youthOffice, exchange: 1, expectedVersion: 1 })]),
      entries.submit([operation(3, { by: clinic, exchange: 1 })]),
      // Opens exchange 2 and is refused as a whole: for the others it was never opened.
      entries.submit([request(4, 2), operation(5, { exchange: 2, expectedVersion: 7 })]),
      entries.submit([request(6, 2, { by: clinic, expectedVersion: 0 })]),
    ]);
    const outcomes = results.map((result) =>
      result.status === 'fulfilled' ? indexes(result.value) : (result.reason as DomainError).code,
    );
    expect(outcomes).toEqual([[0], [1], 'not-found', 'exchange-moved-on', [2]]);
    expect(watch.appends).toEqual([3]);
  });

  it('lets an agency record in the append after its admission, and names the registry it was judged by', async () => {
    const side = await opened();
    const late = 'late.example' as typeof police;
    await expect(side.sequencers.entries.submit([operation(1, { by: late })])).rejects.toEqual(
      coded('agency-not-admitted'),
    );
    await side.sequencers.registry.submit([admission(2, late)]);
    await side.sequencers.entries.submit([operation(1, { by: late })]);
    const [record] = await side.store.read('entries', leafIndex(0), 1);
    expect(record && parseLeaf(record.bytes)).toMatchObject({ registry: 4 });
  });

  it('names the line of the batch that was refused', async () => {
    const side = await opened();
    await side.sequencers.entries.submit([request(1, 1, { by: clinic })]);
    const batch = [operation(2, { line: 1 }), operation(3, { line: 2, exchange: 1 })];
    await expect(side.sequencers.entries.submit(batch)).rejects.toMatchObject({
      code: 'not-found',
      faults: [{ line: 2 }],
    });
  });
});

describe('an id', () => {
  it('cannot stand twice in one submission', async () => {
    const side = await opened();
    await expect(side.sequencers.entries.submit([operation(1), operation(1)])).rejects.toEqual(coded('duplicate-id'));
    expect(await side.store.size('entries')).toBe(0);
    expect(indexes(await side.sequencers.entries.submit([operation(1)]))).toEqual([0]);
  });

  it('sent several times at once is recorded once, and all senders get the same receipt', async () => {
    const side = await opened();
    const singles = numbers(0, 30).map((n) => side.recorder.record([operation(n % 3)]));
    const batches = numbers(0, 10).map(() => side.recorder.record(numbers(0, 5).map((n) => operation(n))));
    const answers = (await Promise.all([...singles, ...batches])).flat();
    expect(await side.store.size('entries')).toBe(5);
    expect(new Set(answers.map(({ receipt }) => receipt)).size).toBe(5);
    expect(answers.filter(({ repeated }) => repeated === null)).toHaveLength(5);
  });

  it('sent to both logs at once gets a place in one of them, and both go on', async () => {
    const side = await opened({ store: slow });
    const outcomes = await Promise.allSettled([
      side.recorder.record([admission(1, 'late.example' as typeof police)]),
      side.recorder.record([operation(1)]),
      side.recorder.record([operation(2)]),
    ]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason as DomainError)).toEqual([coded('id-taken')]);
    expect((await side.store.size('entries')) + (await side.store.size('registry'))).toBe(3 + 2);
    await side.recorder.record([operation(3)]);
    await side.recorder.record([admission(4, 'later.example' as typeof police)]);
    await opened({ ledger: 'two' });
  });
});

describe('closing', () => {
  it('finishes what waits and takes nothing more', async () => {
    const side = await opened();
    const waiting = numbers(0, 20).map((n) => side.sequencers.entries.submit([operation(n)]));
    const closed = side.sequencers.entries.close();
    await expect(side.sequencers.entries.submit([operation(99)])).rejects.toEqual(coded('store-unavailable'));
    await closed;
    expect((await Promise.all(waiting)).flatMap(indexes)).toEqual(numbers(0, 20));
  });
});

describe('after a failure', () => {
  it('an entry whose mark on the register failed is acknowledged, and its exchange goes on where it was', async () => {
    const plan = new FaultPlan();
    const side = await opened({ database: (file, part) => new FaultyDatabase(file, part, plan) });
    plan.fail('register commit', 'not done', 1);
    expect(indexes(await side.sequencers.entries.submit([request(1, 1)]))).toEqual([0]);
    expect(side.register.size('entries')).toBe(0);
    const next = operation(2, { exchange: 1, expectedVersion: 1 });
    expect(indexes(await side.sequencers.entries.submit([next]))).toEqual([1]);
    expect(plan.struck('register commit')).toBe(1);
  });

  it('nothing new is written before the log can be read again', async () => {
    const plan = new FaultPlan();
    const side = await opened({ store: (inner) => new FaultyEventStore(inner, plan) });
    plan.fail('append entries', 'done', 1);
    plan.fail('read entries', 'not done');
    for (const n of [1, 2, 3]) {
      await expect(side.sequencers.entries.submit([operation(n)])).rejects.toEqual(coded('store-unavailable'));
    }
    expect(await side.store.size('entries')).toBe(1);
    plan.mend();
    const [again] = await side.recorder.record([operation(1)]);
    expect(again).toMatchObject({ index: 0, repeated: 'whole' });
    expect(indexes(await side.sequencers.entries.submit([operation(2)]))).toEqual([1]);
  });

  it('a log that lost leaves takes no more', async () => {
    const side = await opened();
    await side.sequencers.entries.submit(operations(0, 5));
    const size = side.store.size.bind(side.store);
    const read = side.store.read.bind(side.store);
    const append = side.store.append.bind(side.store);
    // The store answers as if it had been restored from a backup of two leaves ago.
    side.store.size = async (stream) => treeSize(Math.min(await size(stream), 3));
    side.store.read = async (stream, from, limit) => (await read(stream, from, limit)).filter(({ index }) => index < 3);
    side.store.append = async (stream, expected, records) => append(stream, treeSize(expected + 100), records);
    for (const n of [10, 11]) {
      await expect(side.sequencers.entries.submit([operation(n)])).rejects.toEqual(coded('store-unavailable'));
    }
    side.store.append = append;
    await expect(side.sequencers.entries.submit([operation(12)])).rejects.toEqual(coded('store-unavailable'));
    expect(await size('entries')).toBe(5);
  });
});

describe('a sequencer whose store hangs', () => {
  it('refuses within its patience what was sent, and what waits behind it; sending it again is safe', async () => {
    const watch = new Watch();
    const { sequencers, register, store } = await opened({ store: watch.store, patience: 50 });
    const open = watch.close();
    const begun = sequencers.entries.submit([operation(1)]);
    await watch.reached;
    const waiting = sequencers.entries.submit([operation(2)]);
    await expect(begun).rejects.toEqual(coded('store-unavailable'));
    await expect(waiting).rejects.toEqual(coded('store-unavailable'));
    expect(sequencers.entries.standstill).toBeGreaterThan(0);
    const again = sequencers.entries.submit([operation(2), operation(3)]);
    open();
    expect(indexes(await again)).toEqual([1, 2]);
    expect(register.placeOf(operation(1).id)).toEqual({ log: 'entries', index: 0 });
    expect(await store.size('entries')).toBe(3);
    expect([sequencers.entries.waiting, sequencers.entries.standstill]).toEqual([0, 0]);
  });
});
