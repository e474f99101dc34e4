import type { Offset } from '#kernel';

/**
 * The topics of the record stream, a contract with everybody who subscribes: the number of partitions never changes.
 * A topic with another one would be `v2`. They carry leaves and tree heads, byte for byte; never content.
 */
export const topics = {
  'ledger.entries.v1': { partitions: 12 },
  'ledger.registry.v1': { partitions: 1 },
  'ledger.checkpoints.v1': { partitions: 1 },
} as const;
export type TopicName = keyof typeof topics;

/** A record on its way out. It has no key: the sender chooses the partition. */
export interface OutgoingRecord {
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record as it came in. Nothing of it is to be believed before it was checked. */
export interface IncomingRecord {
  readonly offset: Offset;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Which offsets a partition holds: from `earliest` up to but not including `next`. */
export interface Extent {
  readonly earliest: Offset;
  readonly next: Offset;
}

/** Who follows a topic, and how. Consumers of one group share the partitions among them; a group has one topic. */
export interface Subscription {
  readonly topic: TopicName;
  readonly group: string;
  /**
   * Where to begin in a partition that this consumer was just given; null: at its beginning. An offset that is not
   * there any more, or not yet, means the beginning, too. Asked again after every failure of `handle`.
   *
   * @param signal aborts when the partition is taken away or the consumer stops; the one that `handle` gets
   */
  startAt(partition: number, signal: AbortSignal): Promise<Offset | null>;
  /**
   * Takes records of one partition, in order, never empty, never two batches of one partition at once. The next batch
   * waits until it is done. When it rejects, the partition starts again at {@link startAt}, after a pause.
   *
   * @param signal aborts when the partition is taken away or the consumer stops
   */
  handle(partition: number, records: readonly IncomingRecord[], signal: AbortSignal): Promise<void>;
  /** Hears of what the consumer got over by itself: connections lost, consumers rebuilt, batches that failed. */
  troubled?(error: unknown): void;
}

/**
 * An ordered, partitioned, at-least-once stream of records: a derived copy of the logs, never read for decisions.
 * Every method but `consume` and `close` rejects with {@link StreamUnavailable} when the stream cannot answer.
 */
export abstract class RecordStream {
  /**
   * Creates the topics that are missing and checks those that are there: number of partitions, nothing compacted,
   * nothing deleted by age or size.
   *
   * @throws TopicRefused naming the topic and what is wrong with it
   */
  abstract prepare(): Promise<void>;

  /**
   * Appends records to one partition, in this order. Resolves once every in-sync replica has them. After a rejection
   * any prefix of them may have been stored, and some of them may yet appear: look at {@link tail} before going on.
   * Calls for one partition must not overlap.
   */
  abstract publish(topic: TopicName, partition: number, records: readonly OutgoingRecord[]): Promise<void>;

  /** The last record of a partition; null when it has none. */
  abstract tail(topic: TopicName, partition: number): Promise<IncomingRecord | null>;

  abstract extent(topic: TopicName, partition: number): Promise<Extent>;

  /** Follows a topic until the signal aborts, whatever happens to connections meanwhile. */
  abstract consume(subscription: Subscription, signal: AbortSignal): Promise<void>;

  /** Removes what is before `before`, for ever. */
  abstract prune(topic: TopicName, partition: number, before: Offset): Promise<void>;

  /** Ends every consumer. Closing again does nothing. */
  abstract close(): Promise<void>;
}

/** The stream cannot answer. After `publish`, what was stored is unknown. */
export class StreamUnavailable extends Error {
  override readonly name = 'StreamUnavailable';
}

/** A topic in the place of ours is not one of ours. */
export class TopicRefused extends Error {
  override readonly name = 'TopicRefused';
  readonly isForeign = true;
}
