import type { Offset } from '#kernel';
import { Consumer, type BaseOptions } from '@platformatic/kafka';
import { ConsumerStalled, type Membership } from '../broker-record-stream.js';
import { followPartition } from '../follow-partition.js';
import { aborted, within } from '../rest.js';
import { PartitionReader } from './partition-reader.js';

const leavePatience = 5_000;

/**
 * Joins a group for its share of the partitions and follows each of them with a reader of its own. Offsets in Kafka
 * are advisory: where to begin is asked of the subscription.
 *
 * @throws whatever ended the membership; join anew
 */
export async function takePart(options: BaseOptions, membership: Membership, signal: AbortSignal): Promise<void> {
  const consumer = new Consumer({
    ...options,
    groupId: membership.group,
    autocommit: false,
    sessionTimeout: 10_000,
    rebalanceTimeout: 30_000,
    heartbeatInterval: 1_000,
    heartbeatStallTimeout: membership.stallAfter,
  });
  const share = new Share(consumer, options, membership);
  const failed = Promise.withResolvers<never>();
  consumer.on('consumer:group:join', ({ assignments }) => {
    share.begin(assignments?.find(({ topic }) => topic === membership.topic)?.partitions ?? []);
  });
  consumer.on('consumer:group:rebalance', () => share.end());
  consumer.on('consumer:heartbeat:stalled', () =>
    failed.reject(new ConsumerStalled(`no place in ${membership.group}`)),
  );
  // Under this name the library tells of a group that it could not join again.
  consumer.on('error', (error: unknown) => failed.reject(error));
  consumer.topics.track(membership.topic);
  const joined = consumer.joinGroup({});
  try {
    await Promise.race([joined.then(() => aborted(signal)), failed.promise, aborted(signal)]);
  } finally {
    share.end();
    await share.settled();
    await within(leavePatience, joined);
    share.end();
    await within(leavePatience, consumer.close(true));
    await share.settled();
  }
}

/** The partitions that a member has now. */
class Share {
  readonly #consumer: Consumer;
  readonly #options: BaseOptions;
  readonly #membership: Membership;
  readonly #following = new Set<Promise<void>>();
  #generation = new AbortController();

  constructor(consumer: Consumer, options: BaseOptions, membership: Membership) {
    this.#consumer = consumer;
    this.#options = options;
    this.#membership = membership;
  }

  begin(partitions: readonly number[]): void {
    this.end();
    const generation = new AbortController();
    this.#generation = generation;
    // The batches at work end first, so that no partition is handled twice at once.
    void this.settled().then(() => {
      for (const partition of partitions) this.#follow(partition, generation.signal);
    });
  }

  end(): void {
    this.#generation.abort();
  }

  async settled(): Promise<void> {
    await Promise.all(this.#following);
  }

  #follow(partition: number, signal: AbortSignal): void {
    const { topic, subscription, pause, extents, told } = this.#membership;
    const reader = new PartitionReader(this.#options, topic, partition);
    const source = {
      extent: async () => {
        const extent = (await extents()).get(partition);
        if (extent === undefined) throw new Error(`topic ${topic} has lost partition ${partition}`);
        return extent;
      },
      read: (from: Offset) =>
        reader.read(from).catch((error: unknown) => {
          throw told(error);
        }),
      handled: (next: number) => this.#commit(partition, next, signal),
    };
    const following = followPartition(source, { subscription, partition, pause }, signal);
    const ended = following.then(() => within(leavePatience, reader.close()));
    this.#following.add(ended);
    void ended.then(() => this.#following.delete(ended));
  }

  /** Tells Kafka how far the group is. Only people and their tools read that, so nobody waits for it. */
  #commit(partition: number, next: number, signal: AbortSignal): void {
    if (signal.aborted) return;
    const { topic, subscription, told } = this.#membership;
    const offsets = [{ topic, partition, offset: BigInt(next), leaderEpoch: -1 }];
    this.#consumer.commit({ offsets }).catch((error: unknown) => {
      if (!signal.aborted) subscription.troubled?.(told(error));
    });
  }
}
