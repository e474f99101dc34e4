import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Admin } from 'kafkajs';
import type { TopicName } from '#messaging';

/** A record as a broker gives it. */
export interface RawRecord {
  readonly partition: number;
  readonly offset: number;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** What somebody at the topic writes by hand. */
export interface RawMessage {
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

const readPatience = 60_000;

/** The topics of a ledger, read and written with a client of Kafka and nothing of ours in between. */
export class RawTopics {
  readonly #kafka: Kafka;
  readonly #prefix: string;

  constructor(brokers: readonly string[], prefix: string) {
    const retry = { retries: 20, initialRetryTime: 100, maxRetryTime: 2_000 };
    this.#kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, retry });
    this.#prefix = prefix;
  }

  /** Everything that stands in a topic, by partition and offset. */
  async read(topic: TopicName): Promise<readonly RawRecord[]> {
    const name = this.#prefix + topic;
    const ends = await this.ends(topic);
    const open = new Map([...ends].filter(([, end]) => end > 0));
    if (open.size === 0) return [];
    const records: RawRecord[] = [];
    const consumer = this.#kafka.consumer({
      groupId: `${this.#prefix}check-${randomUUID()}`,
      sessionTimeout: 10_000,
      // A consumer ends only when the brokers have answered.
      maxWaitTimeInMs: 100,
    });
    const { promise: all, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => reject(new Error(`topic ${topic} could not be read to its end`)), readPatience);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [name], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          for (const { offset, value, headers } of batch.messages) {
            records.push({ partition: batch.partition, offset: Number(offset), value, headers: textOf(headers) });
          }
          const end = open.get(batch.partition);
          if (end !== undefined && Number(batch.lastOffset()) >= end - 1) open.delete(batch.partition);
          if (open.size === 0) resolve();
        },
      });
      await all;
    } finally {
      clearTimeout(late);
      await consumer.disconnect();
    }
    const once = new Map(records.map((record) => [`${record.partition}/${record.offset}`, record]));
    return [...once.values()].toSorted((a, b) => a.partition - b.partition || a.offset - b.offset);
  }

  /** The offset after the last record of each partition. */
  ends(topic: TopicName): Promise<ReadonlyMap<number, number>> {
    return this.administer(async (admin) => {
      const offsets = await admin.fetchTopicOffsets(this.#prefix + topic);
      return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
    });
  }

  /** The node that leads a partition. */
  leader(topic: TopicName, partition: number): Promise<number> {
    return this.administer(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [this.#prefix + topic] });
      return topics[0]?.partitions.find((one) => one.partitionId === partition)?.leader ?? 1;
    });
  }

  /** How many replicas of the topic's partitions are not in sync. */
  outOfSync(topic: TopicName): Promise<number> {
    return this.administer(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [this.#prefix + topic] });
      const partitions = topics[0]?.partitions ?? [];
      return partitions.reduce((sum, { replicas, isr }) => sum + replicas.length - isr.length, 0);
    });
  }

  /** Writes records of one partition, as somebody could who has the brokers' password. */
  async write(topic: TopicName, partition: number, messages: readonly RawMessage[]): Promise<void> {
    const producer = this.#kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    try {
      const own = messages.map(({ value, headers }) => ({ partition, value, headers: { ...headers } }));
      await producer.send({ topic: this.#prefix + topic, acks: -1, messages: own });
    } finally {
      await producer.disconnect();
    }
  }

  async administer<Result>(work: (admin: Admin) => Promise<Result>): Promise<Result> {
    const admin = this.#kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

function textOf(headers: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
