import { DatabaseSync } from 'node:sqlite';
import { streamNames, StoreUnavailable, type EventStore } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { SqliteEventStore } from '#event-store/sqlite';
import { leafIndex, treeSize } from '#kernel';
import { admission, operation, police, request } from '../../../libs/recording/testing/entries.js';
import { Scratch } from '../../../libs/recording/testing/scratch.js';
import { openWriteSide } from '../../../libs/recording/testing/write-side.js';
import { FaultPlan } from '../../../test/support/fault-plan.js';
import { FaultyEventStore } from '../../../test/support/faulty-event-store.js';
import { migrateLog } from './migrate-log.js';
import { LogRefused } from './log-refused.js';

const quiet = (): void => {};

describe('a log that is migrated', () => {
  let scratch: Scratch;
  let from: EventStore;
  let to: SqliteEventStore;

  beforeAll(async () => {
    scratch = new Scratch();
    const side = await openWriteSide(scratch);
    await side.recorder.record([admission(1, police)]);
    await side.advance();
    await side.recorder.record([request(2, 1), operation(3, { exchange: 1 })]);
    await side.advance();
    await side.recorder.record(Array.from({ length: 6 }, (_, number) => operation(10 + number)));
    await side.advance();
    await side.drop();
  });
  afterAll(() => scratch.remove());

  let target: string;
  let targets = 0;
  beforeEach(() => {
    from = SqliteEventStore.open(scratch.file('log.sqlite'));
    target = scratch.file(`target-${++targets}.sqlite`);
    to = SqliteEventStore.open(target);
  });
  afterEach(async () => {
    await from.close();
    await to.close();
  });

  const everything = async (store: EventStore) =>
    Promise.all(streamNames.map(async (stream) => [stream, await store.read(stream, leafIndex(0), 400)] as const));

  /** Changes what lies in a store past the port. */
  function edit(file: string, sql: string): void {
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }

  const flip = (stream: string, index: number): string =>
    `UPDATE "${stream}" SET bytes = CAST(substr(bytes, 1, 20) || char(1) || substr(bytes, 22) AS BLOB) WHERE idx = ${index}`;

  /** A copy of the source that a test may damage. */
  async function sourceWith(damage: string): Promise<EventStore> {
    const file = scratch.file(`source-${targets}.sqlite`);
    edit(scratch.file('log.sqlite'), `VACUUM INTO '${file}'`);
    edit(file, damage);
    await from.close();
    return (from = SqliteEventStore.open(file));
  }

  const refusal = (store: EventStore = to) =>
    migrateLog(from, store, quiet).then(
      () => 'migrated',
      (error: unknown) => {
        if (!(error instanceof LogRefused)) throw error;
        return `${error.place} ${error.stream}/${error.index}`;
      },
    );

  it('is byte for byte the same, and every root that was signed is found again', async () => {
    const logs = await migrateLog(from, to, quiet);
    expect(await everything(to)).toEqual(await everything(from));
    expect(logs).toMatchObject([
      { log: 'entries', size: 8, heads: 3, head: { size: 8 } },
      { log: 'registry', size: 1, heads: 2, head: { size: 1 } },
    ]);
    for (const { root, head } of logs) expect(root).toEqual(head?.root);
  });

  it('may be migrated again: nothing is written, and equality is proven again', async () => {
    const memory = new MemoryEventStore();
    const first = await migrateLog(from, memory, quiet);
    const plan = new FaultPlan();
    for (const stream of streamNames) plan.fail(`append ${stream}`, 'not done');
    expect(await migrateLog(from, new FaultyEventStore(memory, plan), quiet)).toEqual(first);
  });

  it('may be empty', async () => {
    const logs = await migrateLog(new MemoryEventStore(), to, quiet);
    expect(logs.map(({ size, head }) => [size, head])).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it('tells how far each step is, up to its end', async () => {
    const told = new Map<string, string>();
    await migrateLog(from, to, (step, done, total) => told.set(step, `${done} of ${total}`));
    expect([...told].filter(([step]) => step.startsWith('entries,'))).toEqual([
      ['entries, read from the source', '8 of 8'],
      ['entries, copied', '8 of 8'],
      ['entries, read from the target', '8 of 8'],
    ]);
  });

  describe.each(streamNames)('cut off at stream %s', (stream) => {
    it.each(['done', 'not done'] as const)('is finished by asking again, the append being %s', async (failure) => {
      const plan = new FaultPlan();
      const memory = new MemoryEventStore();
      const faulty = new FaultyEventStore(memory, plan);
      plan.fail(`append ${stream}`, failure);
      await expect(migrateLog(from, faulty, quiet)).rejects.toThrow(StoreUnavailable);
      plan.mend();
      await migrateLog(from, faulty, quiet);
      expect(await everything(memory)).toEqual(await everything(from));
    });
  });

  it('is finished also where only a part of a stream was copied', async () => {
    for (const stream of streamNames) {
      const [first] = await from.read(stream, leafIndex(0), 1);
      if (first) await to.append(stream, treeSize(0), [first.bytes]);
    }
    await migrateLog(from, to, quiet);
    expect(await everything(to)).toEqual(await everything(from));
  });

  it('left half-way never has a leaf before its signed heads are there, so no ledger starts on it', async () => {
    for (let appends = 0; appends < streamNames.length; appends += 1) {
      let left = appends;
      const memory = new MemoryEventStore();
      const append = memory.append.bind(memory);
      memory.append = (...given) => ((left -= 1) < 0 ? Promise.reject(new StoreUnavailable('cut')) : append(...given));
      await expect(migrateLog(from, memory, quiet)).rejects.toThrow('cut');
      const [entries, heads] = [await memory.size('entries'), await memory.size('entries.checkpoints')];
      expect(entries === 0 || heads === 3).toBe(true);
      if (appends > 1) expect([heads, entries]).toEqual([3, 0]);
    }
  });

  it.each(streamNames)(
    'is refused by a target that holds something else in %s, and nothing is written',
    async (stream) => {
      await to.append(stream, treeSize(0), [Buffer.from('somebody else’s')]);
      expect(await refusal()).toBe(`target ${stream}/0`);
      const sizes = await Promise.all(streamNames.map((name) => to.size(name)));
      expect(sizes.reduce((sum: number, size) => sum + size, 0)).toBe(1);
    },
  );

  it('is refused by a target that went on', async () => {
    await migrateLog(from, to, quiet);
    await to.append('entries', treeSize(8), [Buffer.from('later')]);
    expect(await refusal()).toBe('target entries/8');
  });

  it('is refused when somebody else writes to the target meanwhile', async () => {
    const memory = new MemoryEventStore();
    const append = memory.append.bind(memory);
    memory.append = async (stream, expected, records) => {
      if (stream === 'entries') await append(stream, expected, [Buffer.from('theirs')]);
      await append(stream, expected, records);
    };
    expect(await refusal(memory)).toBe('target entries/0');
  });

  it.each([
    ['a flipped bit of a leaf', flip('entries', 4), 'source entries/7'],
    ['a flipped bit of an early leaf', flip('entries', 0), 'source entries/1'],
    ['a lost leaf', 'DELETE FROM entries WHERE idx = 3', 'source entries/3'],
    ['a lost end', 'DELETE FROM entries WHERE idx > 5', 'source entries/6'],
    ['a lost registry', 'DELETE FROM registry', 'source registry/0'],
    ['a flipped bit of a tree head', flip('entries.checkpoints', 1), 'source entries.checkpoints/1'],
    ['a lost tree head', 'DELETE FROM "entries.checkpoints" WHERE idx = 1', 'source entries.checkpoints/1'],
    ['leaves that were never signed', 'DELETE FROM "entries.checkpoints" WHERE idx = 2', 'source entries/2'],
    [
      'a tree head that stands twice',
      'INSERT INTO "entries.checkpoints" SELECT 3, bytes FROM "entries.checkpoints" WHERE idx = 2',
      'source entries.checkpoints/3',
    ],
    [
      'a tree head of another ledger',
      `UPDATE "entries.checkpoints" SET bytes = CAST(replace(CAST(bytes AS TEXT), 'ledger.', 'danger.') AS BLOB) WHERE idx = 2`,
      'source entries.checkpoints/2',
    ],
  ])('is refused when the source has %s, and nothing is written', async (_, damage, where) => {
    await sourceWith(damage);
    expect(await refusal()).toBe(where);
    expect((await everything(to)).every(([, records]) => records.length === 0)).toBe(true);
  });

  it.each([
    ['entries', 5],
    ['registry', 0],
    ['entries.checkpoints', 1],
  ] as const)(
    'is found unequal when a byte of %s/%d flips in the target after it was copied',
    async (stream, index) => {
      const append = to.append.bind(to);
      to.append = async (...given) => {
        await append(...given);
        if (given[0] === 'entries') edit(target, flip(stream, index));
      };
      expect(await refusal()).toBe(`target ${stream}/${index}`);
      expect(await refusal()).toBe(`target ${stream}/${index}`);
    },
  );

  it('is found unequal when the target lost a leaf after it was copied', async () => {
    const append = to.append.bind(to);
    to.append = async (...given) => {
      await append(...given);
      if (given[0] === 'entries') edit(target, 'DELETE FROM entries WHERE idx = 2');
    };
    expect(await refusal()).toBe('target entries/2');
  });
});
