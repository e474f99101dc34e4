import { offset, realPause, type Offset } from '#kernel';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { firstOffset } from '../first-offset.js';
import type { Membership } from '../broker-record-stream.js';
import { inBatches } from '../in-batches.js';
import { incoming } from './incoming.js';
import { protocolErrorOf } from './reasons.js';

/** Milliseconds between signs of life to the group's coordinator, also while a batch is handled. */
export const heartbeatInterval = 1_000;

/** Errors that say: the partitions are being given to somebody. Joining again follows. */
const lostMembership = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID']);

/**
 * The partitions that a consumer has. Offsets in Kafka are advisory: a partition is paused until the subscription has
 * said where to begin, and again after every batch that could not be handled.
 */
export class Assignment {
  readonly #consumer: Consumer;
  readonly #membership: Membership;
  /** Where each partition goes on; absent while that is asked. */
  readonly #next = new Map<number, Offset>();
  readonly #atWork = new Map<Promise<void>, number>();
  #generation: AbortController | undefined;
  #isOver = false;

  constructor(consumer: Consumer, membership: Membership) {
    this.#consumer = consumer;
    this.#membership = membership;
  }

  get given(): boolean {
    return this.#generation?.signal.aborted === false;
  }

  /** Batches under way, each with its partition. */
  get atWork(): ReadonlyMap<Promise<void>, number> {
    return this.#atWork;
  }

  get next(): ReadonlyMap<number, Offset> {
    return this.#next;
  }

  begin(partitions: readonly number[]): void {
    this.end();
    for (const partition of partitions) this.#halt(partition);
    if (this.#isOver) return;
    const generation = new AbortController();
    this.#generation = generation;
    for (const partition of partitions) void this.#position(partition, generation.signal);
  }

  /** The partitions are taken away: whoever handles a batch hears it. */
  end(): void {
    this.#generation?.abort();
    this.#next.clear();
  }

  /** Nothing is handled any more, also when kafkajs, while it leaves, is given partitions once again. */
  close(): void {
    this.#isOver = true;
    this.end();
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#atWork.keys());
  }

  /** Handles what kafkajs fetched of one partition. It throws only what makes kafkajs join again or give up. */
  async each(payload: EachBatchPayload): Promise<void> {
    const work = this.#each(payload);
    this.#atWork.set(work, payload.batch.partition);
    try {
      await work;
    } finally {
      this.#atWork.delete(work);
    }
  }

  async #each({ batch, heartbeat, resolveOffset, isStale }: EachBatchPayload): Promise<void> {
    const generation = this.#generation;
    const { partition } = batch;
    if (generation === undefined || !this.#next.has(partition)) return;
    const { signal } = generation;
    const heart = beating(heartbeat, generation);
    try {
      for (const records of inBatches(batch.messages.map(incoming))) {
        if (signal.aborted || isStale()) break;
        await this.#membership.subscription.handle(partition, records, signal);
        const last = records.at(-1)?.offset ?? offset(0);
        resolveOffset(String(last));
        if (!signal.aborted) this.#next.set(partition, offset(last + 1));
      }
      this.#commit(partition, signal);
    } catch (error) {
      if (!signal.aborted) this.#startAgain(partition, error, signal);
    } finally {
      heart.stop();
    }
    heart.check();
  }

  #startAgain(partition: number, error: unknown, signal: AbortSignal): void {
    const { subscription, pause } = this.#membership;
    this.#halt(partition);
    subscription.troubled?.(error);
    void realPause(pause, signal).then(() => this.#position(partition, signal));
  }

  #halt(partition: number): void {
    this.#next.delete(partition);
    this.#consumer.pause([{ topic: this.#membership.topic, partitions: [partition] }]);
  }

  async #position(partition: number, signal: AbortSignal): Promise<void> {
    const { topic, subscription, pause, extents } = this.#membership;
    while (!signal.aborted) {
      try {
        // In this order: a position that somebody saves meanwhile must not look as if it were beyond the end.
        const wanted = await subscription.startAt(partition, signal);
        const extent = (await extents()).get(partition);
        if (extent === undefined) throw new Error(`topic ${topic} has lost partition ${partition}`);
        if (signal.aborted) return;
        const next = firstOffset(wanted, extent);
        this.#consumer.seek({ topic, partition, offset: String(next) });
        this.#consumer.resume([{ topic, partitions: [partition] }]);
        this.#next.set(partition, next);
        return;
      } catch (error) {
        if (signal.aborted) return;
        subscription.troubled?.(error);
        await realPause(pause, signal);
      }
    }
  }

  /** Tells Kafka how far the group is. Only people and their tools read that, so nobody waits for it. */
  #commit(partition: number, signal: AbortSignal): void {
    const next = this.#next.get(partition);
    if (next === undefined || signal.aborted) return;
    const { topic, subscription, told } = this.#membership;
    this.#consumer.commitOffsets([{ topic, partition, offset: String(next) }]).catch((error: unknown) => {
      if (!signal.aborted) subscription.troubled?.(told(error));
    });
  }
}

/** Keeps the membership alive while a batch is handled, and ends the generation when it is lost. */
function beating(heartbeat: () => Promise<void>, generation: AbortController): { stop(): void; check(): void } {
  const failures: unknown[] = [];
  const timer = setInterval(() => {
    heartbeat().catch((error: unknown) => {
      failures.push(error);
      if (lostMembership.has(protocolErrorOf(error) ?? '')) generation.abort();
    });
  }, heartbeatInterval);
  return {
    stop: () => clearInterval(timer),
    check: () => {
      if (failures.length > 0) throw failures[0];
    },
  };
}
