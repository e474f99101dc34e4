import { offset, type Offset } from '#kernel';
import kafkajs, { type Admin } from 'kafkajs';
import type { BrokerOptions } from '../broker-options.js';
import type { BrokerClient, Membership } from '../broker-record-stream.js';
import type { NewTopic } from '../prepare-topics.js';
import type { Extent, IncomingRecord, OutgoingRecord } from '../record-stream.js';
import { Replaceable } from '../replaceable.js';
import { settingNames, type TopicSettings } from '../topic-settings.js';
import { connected, kafkaClient } from './client.js';
import { Connections } from './connections.js';
import { takePart } from './group-member.js';
import { Publisher } from './publisher.js';
import { protocolErrorOf, reasonOf } from './reasons.js';
import { RecordReader } from './record-reader.js';

/** kafkajs 2.2.4 behind the record stream. Nothing of it is ever repaired: every part is replaced after an error. */
export class KafkajsClient implements BrokerClient {
  readonly protocolErrorOf = protocolErrorOf;
  readonly reasonOf = reasonOf;
  readonly #options: BrokerOptions;
  readonly #admin: Replaceable<Admin>;
  readonly #reader: Replaceable<RecordReader>;
  readonly #publisher: Publisher;

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#admin = new Replaceable(connected(options, (kafka) => kafka.admin()));
    this.#reader = new Replaceable(connected(options, (kafka) => new RecordReader(kafka)));
    this.#publisher = new Publisher(options);
  }

  list(): Promise<readonly string[]> {
    return this.#admin.use((admin) => admin.listTopics());
  }

  async create({ topic, partitions, replication, settings }: NewTopic): Promise<void> {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const topics = [{ topic, numPartitions: partitions, replicationFactor: replication, configEntries }];
    await this.#admin.use((admin) => admin.createTopics({ waitForLeaders: false, topics }));
  }

  async leaders(names: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
    const { topics } = await this.#admin.use((admin) => admin.fetchTopicMetadata({ topics: [...names] }));
    return new Map(topics.map(({ name, partitions }) => [name, partitions.map(({ leader }) => leader)]));
  }

  async settings(names: readonly string[]): Promise<ReadonlyMap<string, TopicSettings>> {
    const type = kafkajs.ConfigResourceTypes.TOPIC;
    const wanted = names.map((name) => ({ type, name, configNames: [...settingNames] }));
    const found = await this.#admin.use((admin) =>
      admin.describeConfigs({ includeSynonyms: false, resources: wanted }),
    );
    return new Map(
      found.resources.map(({ resourceName, configEntries }) => [
        resourceName,
        Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
      ]),
    );
  }

  publish(topic: string, partition: number, records: readonly OutgoingRecord[]): Promise<void> {
    return this.#publisher.publish(topic, partition, records);
  }

  async extents(topic: string): Promise<ReadonlyMap<number, Extent>> {
    const found = await this.#admin.use((admin) => admin.fetchTopicOffsets(topic));
    return new Map(
      found.map(({ partition, low, high }) => [
        partition,
        { earliest: offset(Number(low)), next: offset(Number(high)) },
      ]),
    );
  }

  last(topic: string, partition: number, extent: Extent): Promise<IncomingRecord | null> {
    return this.#reader.use((reader) => reader.last(topic, partition, extent));
  }

  async prune(topic: string, partition: number, before: Offset): Promise<void> {
    const partitions = [{ partition, offset: String(before) }];
    await this.#admin.use((admin) => admin.deleteTopicRecords({ topic, partitions }));
  }

  async takePart(membership: Membership, signal: AbortSignal): Promise<void> {
    const connections = new Connections();
    try {
      await takePart(kafkaClient(this.#options, connections), membership, signal);
    } finally {
      connections.end();
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#admin.close(), this.#reader.close(), this.#publisher.close()]);
  }
}
