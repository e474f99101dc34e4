import { PartitionAssigners, type Cluster, type Kafka, type KafkaMessage } from 'kafkajs';
import type { Extent, IncomingRecord } from '../record-stream.js';
import { incoming } from './incoming.js';

interface FetchResponse {
  readonly responses: readonly { readonly partitions: readonly { readonly messages: readonly KafkaMessage[] }[] }[];
}

/**
 * Reads single records without a consumer group. kafkajs offers its cluster only to partition assigners, which it
 * asks for when a consumer is made: this consumer is never connected, never joins, and leaves nothing on the brokers.
 */
export class RecordReader {
  readonly #cluster: Cluster;
  #fetching: Promise<unknown> = Promise.resolve();

  constructor(kafka: Kafka) {
    const captured: { cluster?: Cluster } = {};
    kafka.consumer({
      groupId: 'never-joined',
      allowAutoTopicCreation: false,
      partitionAssigners: [
        (config) => {
          captured.cluster = config.cluster;
          return PartitionAssigners.roundRobin(config);
        },
      ],
    });
    if (captured.cluster === undefined) throw new Error('kafkajs does not show its cluster');
    this.#cluster = captured.cluster;
  }

  connect(): Promise<void> {
    return this.#cluster.connect();
  }

  disconnect(): Promise<void> {
    return this.#cluster.disconnect();
  }

  /** The last record within the extent; null when there is none. */
  async last(topic: string, partition: number, { earliest, next }: Extent): Promise<IncomingRecord | null> {
    await this.#cluster.addMultipleTargetTopics([topic]);
    // The last offset has a record unless somebody's transaction left a marker there.
    for (let back = 1; next - earliest > 0; back *= 2) {
      const from = Math.max(earliest, next - back);
      const last = (await this.#fetch(topic, partition, from)).at(-1);
      if (last !== undefined) return incoming(last);
      if (from === earliest) return null;
    }
    return null;
  }

  // kafkajs opens its connection for fetches at the first one: of several at once each would open one, and all but the
  // last stay open for ever.
  #fetch(topic: string, partition: number, from: number): Promise<readonly KafkaMessage[]> {
    const fetched = this.#fetching.then(() => this.#fetchNow(topic, partition, from));
    this.#fetching = fetched.catch(() => undefined);
    return fetched;
  }

  async #fetchNow(topic: string, partition: number, from: number): Promise<readonly KafkaMessage[]> {
    const [nodeId] = Object.keys(this.#cluster.findLeaderForPartitions(topic, [partition]));
    if (nodeId === undefined) throw new Error(`${topic} has no partition ${partition}`);
    const broker = await this.#cluster.findBroker({ nodeId });
    const response = (await broker.fetch({
      maxWaitTime: 1_000,
      minBytes: 1,
      maxBytes: 1_048_576,
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(from), maxBytes: 1_048_576 }] }],
    })) as FetchResponse;
    const messages = response.responses.flatMap(({ partitions }) => partitions.flatMap((each) => each.messages));
    return messages.filter((message) => Number(message.offset) >= from && !isControl(message));
  }
}

const isControl = (message: KafkaMessage): boolean => 'isControlRecord' in message && message.isControlRecord === true;
