import type { Offset } from '#kernel';
import { followPartition } from '../follow-partition.js';
import {
  RecordStream,
  StreamUnavailable,
  topics,
  type Extent,
  type IncomingRecord,
  type OutgoingRecord,
  type Subscription,
  type TopicName,
} from '../record-stream.js';
import { aborted } from '../rest.js';
import { Memory, type MemoryPartition } from './memory.js';

/** For tests: everything is lost with the process. */
export class MemoryRecordStream extends RecordStream {
  readonly #memory: Memory;
  readonly #pause: number;
  readonly #closing = new AbortController();
  readonly #consuming = new Set<Promise<void>>();

  /** @param pause milliseconds between a failure and the next attempt */
  constructor(memory = new Memory(), { pause = 1_000 }: { pause?: number } = {}) {
    super();
    this.#memory = memory;
    this.#pause = pause;
  }

  override async prepare(): Promise<void> {
    this.#open();
  }

  override async publish(topic: TopicName, partition: number, records: readonly OutgoingRecord[]): Promise<void> {
    this.#partition(topic, partition).append(records);
  }

  override async tail(topic: TopicName, partition: number): Promise<IncomingRecord | null> {
    return this.#partition(topic, partition).tail();
  }

  override async extent(topic: TopicName, partition: number): Promise<Extent> {
    return this.#partition(topic, partition).extent;
  }

  override async consume(subscription: Subscription, signal: AbortSignal): Promise<void> {
    const consuming = this.#consume(subscription, AbortSignal.any([signal, this.#closing.signal]));
    this.#consuming.add(consuming);
    await consuming.finally(() => this.#consuming.delete(consuming));
  }

  override async prune(topic: TopicName, partition: number, before: Offset): Promise<void> {
    this.#partition(topic, partition).prune(before);
  }

  override async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#consuming);
  }

  async #consume(subscription: Subscription, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { topic, group } = subscription;
    const follow = (partition: number, turn: AbortSignal): Promise<void> => {
      const stored = this.#memory.partition(topic, partition);
      const source = {
        extent: async () => stored.extent,
        read: (from: Offset, stop: AbortSignal) => stored.read(from, stop),
      };
      return followPartition(source, { subscription, partition, pause: this.#pause }, turn);
    };
    await this.#memory.group(topic, group).join(follow);
    await aborted(signal);
    await this.#memory.group(topic, group).leave(follow);
  }

  #partition(topic: TopicName, partition: number): MemoryPartition {
    this.#open();
    if (!Number.isInteger(partition) || partition < 0 || partition >= topics[topic].partitions) {
      throw new StreamUnavailable(`${topic} has no partition ${partition}`);
    }
    return this.#memory.partition(topic, partition);
  }

  #open(): void {
    if (this.#closing.signal.aborted) throw new StreamUnavailable('the record stream is closed');
  }
}
