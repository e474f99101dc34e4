import { offset, type Offset } from '#kernel';
import { Admin, ConfigResourceTypes, ListOffsetTimestamps, type BaseOptions } from '@platformatic/kafka';
import type { BrokerOptions } from '../broker-options.js';
import type { BrokerClient, Membership } from '../broker-record-stream.js';
import type { NewTopic } from '../prepare-topics.js';
import type { Extent, IncomingRecord, OutgoingRecord } from '../record-stream.js';
import { Replaceable } from '../replaceable.js';
import { settingNames, type TopicSettings } from '../topic-settings.js';
import { connectionOptions } from './connection.js';
import { takePart } from './group-member.js';
import { PartitionReader } from './partition-reader.js';
import { Publisher } from './publisher.js';
import { protocolErrorOf, reasonOf } from './reasons.js';

/** @platformatic/kafka behind the record stream: what was learned with kafkajs holds here, too. */
export class PlatformaticClient implements BrokerClient {
  readonly protocolErrorOf = protocolErrorOf;
  readonly reasonOf = reasonOf;
  readonly #options: BaseOptions;
  readonly #admin: Replaceable<Admin>;
  readonly #publisher: Publisher;

  constructor(options: BrokerOptions) {
    this.#options = connectionOptions(options);
    this.#admin = new Replaceable({
      open: async () => new Admin({ ...this.#options }),
      close: (admin) => admin.close(),
    });
    this.#publisher = new Publisher(this.#options);
  }

  list(): Promise<readonly string[]> {
    return this.#admin.use((admin) => admin.listTopics());
  }

  async create({ topic, partitions, replication, settings }: NewTopic): Promise<void> {
    const configs = Object.entries(settings).map(([name, value]) => ({ name, value }));
    try {
      await this.#admin.use((admin) =>
        admin.createTopics({ topics: [topic], partitions, replicas: replication, configs }),
      );
    } catch (error) {
      if (protocolErrorOf(error) !== 'TOPIC_ALREADY_EXISTS') throw error;
    }
  }

  async leaders(names: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const { topics } = await this.#admin.use((admin) => admin.metadata({ topics: [...names], forceUpdate: true }));
    return new Map([...topics].map(([name, { partitions }]) => [name, partitions.map(({ leader }) => leader)]));
  }

  async settings(names: readonly string[]): Promise<ReadonlyMap<string, TopicSettings>> {
    const resources = names.map((resourceName) => ({
      resourceType: ConfigResourceTypes.TOPIC,
      resourceName,
      configurationKeys: [...settingNames],
    }));
    const found = await this.#admin.use((admin) => admin.describeConfigs({ resources }));
    return new Map(
      found.map(({ resourceName, configs }) => [
        resourceName,
        Object.fromEntries(configs.map(({ name, value }) => [name, value])),
      ]),
    );
  }

  publish(topic: string, partition: number, records: readonly OutgoingRecord[]): Promise<void> {
    return this.#publisher.publish(topic, partition, records);
  }

  async extents(topic: string): Promise<ReadonlyMap<number, Extent>> {
    const { topics } = await this.#admin.use((admin) => admin.metadata({ topics: [topic] }));
    const count = topics.get(topic)?.partitionsCount ?? 0;
    const earliest = await this.#offsets(topic, count, ListOffsetTimestamps.EARLIEST);
    const next = await this.#offsets(topic, count, ListOffsetTimestamps.LATEST);
    return new Map(
      [...earliest].map(([partition, at]) => [partition, { earliest: at, next: next.get(partition) ?? at }]),
    );
  }

  async last(topic: string, partition: number, { earliest, next }: Extent): Promise<IncomingRecord | null> {
    const readers = new Replaceable({
      open: async () => new PartitionReader(this.#options, topic, partition),
      close: (reader) => reader.close(),
    });
    try {
      return await readers.use(async (reader) => {
        // The last offset has a record unless somebody's transaction left a marker there.
        for (let back = 1; ; back *= 2) {
          const from = offset(Math.max(earliest, next - back));
          const found = (await reader.read(from)).at(-1);
          if (found !== undefined || from === earliest) return found ?? null;
        }
      });
    } finally {
      await readers.close();
    }
  }

  async prune(topic: string, partition: number, before: Offset): Promise<void> {
    const partitions = [{ partition, offset: BigInt(before) }];
    await this.#admin.use((admin) => admin.deleteRecords({ topics: [{ name: topic, partitions }] }));
  }

  takePart(membership: Membership, signal: AbortSignal): Promise<void> {
    return takePart(this.#options, membership, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#admin.close(), this.#publisher.close()]);
  }

  async #offsets(topic: string, count: number, timestamp: bigint): Promise<Map<number, Offset>> {
    const partitions = Array.from({ length: count }, (_, partitionIndex) => ({ partitionIndex, timestamp }));
    const found = await this.#admin.use((admin) => admin.listOffsets({ topics: [{ name: topic, partitions }] }));
    return new Map(
      found.flatMap((each) =>
        each.partitions.map(({ partitionIndex, offset: at }) => [partitionIndex, offset(Number(at))]),
      ),
    );
  }
}
