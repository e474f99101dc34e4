import { jest } from '@jest/globals';
import { offset, realPause } from '#kernel';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import type { Membership } from '../broker-record-stream.js';
import { takePart } from './group-member.js';

const stallAfter = 10_000;
const topic = 'ledger.entries.v1';

/** A consumer that is given two partitions, and is brought records when the test says so. */
class GivenConsumer {
  readonly events = { CRASH: 'crash', GROUP_JOIN: 'join', REBALANCING: 'rebalancing' };
  readonly #listeners = new Map<string, (event: unknown) => void>();
  #each: (payload: EachBatchPayload) => Promise<void> = async () => {};
  readonly kafka = { consumer: () => this } as unknown as Kafka;

  on(event: string, listener: (event: unknown) => void): void {
    this.#listeners.set(event, listener);
  }

  async run({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }): Promise<void> {
    this.#each = eachBatch;
    this.give();
  }

  give(): void {
    this.#listeners.get('join')?.({ payload: { memberAssignment: { [topic]: [0, 1] } } });
  }

  bring(partition: number, at: number): Promise<void> {
    const messages = [{ offset: String(at), value: Buffer.of(1), headers: {} }];
    const payload = { batch: { partition, messages }, heartbeat: async () => {}, resolveOffset: () => {} };
    return this.#each({ ...payload, isStale: () => false } as unknown as EachBatchPayload);
  }

  async connect(): Promise<void> {}
  async subscribe(): Promise<void> {}
  async disconnect(): Promise<void> {}
  async commitOffsets(): Promise<void> {}
  pause(): void {}
  resume(): void {}
  seek(): void {}
}

/** Both partitions have more than anybody reads. @param handling milliseconds a batch takes */
const membership = (handling: number): Membership => ({
  topic,
  group: 'group',
  stallAfter,
  pause: 100,
  subscription: {
    topic,
    group: 'group',
    startAt: async () => offset(0),
    handle: (_partition, _records, signal) => realPause(handling, signal),
  },
  extents: async () => new Map([0, 1].map((one) => [one, { earliest: offset(0), next: offset(1_000) }])),
  told: (error) => error as Error,
});

describe('a consumer that moves nothing in one partition', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** How taking part ended, while the first partition is always at work. */
  async function ending(handling: number): Promise<unknown> {
    const consumer = new GivenConsumer();
    const stopping = new AbortController();
    const ended = takePart(consumer.kafka, membership(handling), stopping.signal).then(
      () => 'stopped',
      (error: unknown) => (error as Error).message,
    );
    await jest.advanceTimersByTimeAsync(0);
    const working = (async () => {
      for (let at = 0; !stopping.signal.aborted; at += 1) {
        await consumer.bring(0, at);
        await realPause(1, stopping.signal);
      }
    })();
    await jest.advanceTimersByTimeAsync(4.5 * stallAfter);
    stopping.abort();
    await jest.advanceTimersByTimeAsync(stallAfter);
    await working;
    return ended;
  }

  it('is stalled, though another partition is always at work', async () => {
    expect(await ending(stallAfter * 0.7)).toBe(`${topic} 1 stays at offset 0 though it has more`);
  });

  it('is not, while the batch of another one takes so long that nothing more is fetched', async () => {
    expect(await ending(stallAfter * 10)).toBe('stopped');
  });
});

describe('a consumer that leaves', () => {
  it('handles nothing of what it is given while it leaves', async () => {
    const consumer = new GivenConsumer();
    const leaving = Promise.withResolvers<void>();
    consumer.disconnect = () => leaving.promise;
    const stopping = new AbortController();
    const asked: number[] = [];
    const handled: number[] = [];
    const given = membership(0);
    const ended = takePart(
      consumer.kafka,
      {
        ...given,
        subscription: {
          ...given.subscription,
          startAt: async (partition) => {
            asked.push(partition);
            return offset(0);
          },
          handle: async (partition) => void handled.push(partition),
        },
      },
      stopping.signal,
    );
    await new Promise(setImmediate);
    await consumer.bring(0, 0);
    expect([asked, handled]).toEqual([[0, 1], [0]]);
    stopping.abort();
    await new Promise(setImmediate);
    consumer.give();
    await new Promise(setImmediate);
    await consumer.bring(1, 0);
    leaving.resolve();
    await ended;
    expect([asked, handled]).toEqual([[0, 1], [0]]);
  });
});
