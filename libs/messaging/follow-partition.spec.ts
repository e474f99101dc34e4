import { offset, type Offset } from '#kernel';
import { followPartition } from './follow-partition.js';
import { inTime, NoAnswer } from './in-time.js';
import type { IncomingRecord, Subscription } from './record-stream.js';
import { Replaceable } from './replaceable.js';

const never = new Promise<never>(() => undefined);

describe('following a partition', () => {
  const records = [0, 1, 2].map((at): IncomingRecord => ({ offset: offset(at), value: Buffer.of(at), headers: {} }));

  /** Follows until three records are handled in a row, with a source that may fail. */
  async function follow(read: (from: Offset) => Promise<readonly IncomingRecord[]>, given: Partial<Subscription> = {}) {
    const stop = new AbortController();
    const handled: number[] = [];
    const troubles: unknown[] = [];
    const source = { extent: async () => ({ earliest: offset(0), next: offset(3) }), read };
    const subscription: Subscription = {
      topic: 'ledger.entries.v1',
      group: 'projectors',
      startAt: async () => null,
      troubled: (error) => troubles.push(error),
      ...given,
      handle: async (partition, batch, signal) => {
        handled.push(...batch.map((record) => Number(record.offset)));
        await given.handle?.(partition, batch, signal);
        if (batch.at(-1)?.offset === 2) stop.abort();
      },
    };
    await followPartition(source, { subscription, partition: 0, pause: 0 }, stop.signal);
    return { handled, troubles };
  }

  it('starts again where the subscription says after reading failed', async () => {
    const lost = new Error('connection lost');
    let failures = 1;
    const read = async (from: Offset) => {
      if (from === 1 && failures-- > 0) throw lost;
      return records.slice(from, from + 1);
    };
    expect(await follow(read)).toEqual({ handled: [0, 0, 1, 2], troubles: [lost] });
  });

  it('says nothing of what fails because it was told to stop', async () => {
    const read = async () => records;
    const handle = async () => Promise.resolve();
    expect(await follow(read, { handle })).toEqual({ handled: [0, 1, 2], troubles: [] });
  });
});

describe('a replaceable client', () => {
  const opened: string[] = [];
  const closed: string[] = [];
  const clients = (): Replaceable<string> =>
    new Replaceable({
      open: async () => {
        opened.push(`client ${opened.length}`);
        return opened.at(-1) ?? '';
      },
      close: async (client) => closed.push(client),
    });

  beforeEach(() => {
    opened.length = 0;
    closed.length = 0;
  });

  it('is opened once and closed at the end', async () => {
    const client = clients();
    expect([await client.use(async (each) => each), await client.use(async (each) => each)]).toEqual([
      'client 0',
      'client 0',
    ]);
    await client.close();
    expect(closed).toEqual(['client 0']);
  });

  it('is thrown away after an error, once everybody who uses it is done', async () => {
    const client = clients();
    const gate = Promise.withResolvers<string>();
    const slow = client.use(() => gate.promise);
    await expect(client.use(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(closed).toEqual([]);
    expect(await client.use(async (each) => each)).toBe('client 1');
    gate.resolve('done');
    expect(await slow).toBe('done');
    await client.close();
    expect(closed).toEqual(['client 0', 'client 1']);
  });

  it('that cannot be opened is opened anew', async () => {
    let failures = 1;
    const client = new Replaceable({
      open: async () => {
        if (failures-- > 0) throw new Error('unreachable');
        return 'client';
      },
      close: async () => undefined,
    });
    await expect(client.use(async (each) => each)).rejects.toThrow('unreachable');
    expect(await client.use(async (each) => each)).toBe('client');
  });
});

describe('waiting', () => {
  it('for an answer ends, though the answer never comes', async () => {
    await expect(inTime(1, never)).rejects.toThrow(NoAnswer);
    await expect(inTime(10_000, Promise.resolve('answer'))).resolves.toBe('answer');
  });
});
