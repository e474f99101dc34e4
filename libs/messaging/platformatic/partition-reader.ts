import { offset, type Offset } from '#kernel';
import { Consumer, FetchIsolationLevels, type BaseOptions, type RecordsBatch } from '@platformatic/kafka';
import type { IncomingRecord } from '../record-stream.js';
import { textHeaders } from '../text-headers.js';

/** Batches of these kinds hold markers of transactions, no records of anybody. */
const controlBatch = 0b10_0000;

/**
 * Reads one partition with a Consumer of its own that never joins a group: a connection serves one request after the
 * other, so a reader that waits for records would hold up the others on it.
 */
export class PartitionReader {
  readonly #consumer: Consumer;
  readonly #topic: string;
  readonly #partition: number;

  constructor(options: BaseOptions, topic: string, partition: number) {
    this.#topic = topic;
    this.#partition = partition;
    this.#consumer = new Consumer({
      ...options,
      groupId: 'never-joined',
      minBytes: 1,
      maxBytes: 1024 * 1024,
      maxWaitTime: 500,
      isolationLevel: FetchIsolationLevels.READ_COMMITTED,
    });
    this.#consumer.topics.track(topic);
  }

  /** Some records from this offset on. Waits for them half a second; answers none when none came. */
  async read(from: Offset): Promise<readonly IncomingRecord[]> {
    const { topics } = await this.#consumer.metadata({ topics: [this.#topic] });
    const topic = topics.get(this.#topic);
    const leader = topic?.partitions[this.#partition]?.leader;
    if (topic === undefined || leader === undefined) throw new Error(`${this.#topic} has lost a partition`);
    const wanted = {
      partition: this.#partition,
      fetchOffset: BigInt(from),
      partitionMaxBytes: 512 * 1024,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
    };
    const { responses } = await this.#consumer.fetch({
      node: leader,
      topics: [{ topicId: topic.id, partitions: [wanted] }],
    });
    const batches = responses.flatMap(({ partitions }) => partitions.flatMap(({ records }) => records ?? []));
    return batches.flatMap(recordsOf).filter((record) => record.offset >= from);
  }

  async close(): Promise<void> {
    await this.#consumer.close(true);
  }
}

function recordsOf({ firstOffset, attributes, records }: RecordsBatch): IncomingRecord[] {
  if ((attributes & controlBatch) !== 0) return [];
  return records.map(({ offsetDelta, value, headers }) => ({
    offset: offset(Number(firstOffset) + offsetDelta),
    value,
    headers: textHeaders(headers),
  }));
}
