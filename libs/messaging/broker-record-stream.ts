import { realPause, type Offset } from '#kernel';
import { defaultPause, defaultReplication, defaultStallAfter, type BrokerOptions } from './broker-options.js';
import { NoAnswer } from './in-time.js';
import { prepareTopics, type TopicAdministration } from './prepare-topics.js';
import {
  RecordStream,
  StreamUnavailable,
  TopicRefused,
  topics,
  type Extent,
  type IncomingRecord,
  type OutgoingRecord,
  type Subscription,
  type TopicName,
} from './record-stream.js';
import { NoToken } from './token.js';

/** Taking part in a consumer group. */
export interface Membership {
  /** topic and group with their prefix */
  readonly topic: string;
  readonly group: string;
  readonly subscription: Subscription;
  readonly stallAfter: number;
  readonly pause: number;
  extents(): Promise<ReadonlyMap<number, Extent>>;
  /** An error of the library as the subscription may hear of it. */
  told(error: unknown): Error;
}

/** What a client library of Kafka does. Topics have their prefix here; errors are the library's own. */
export interface BrokerClient extends TopicAdministration {
  publish(topic: string, partition: number, records: readonly OutgoingRecord[]): Promise<void>;
  extents(topic: string): Promise<ReadonlyMap<number, Extent>>;
  /** The last record within the extent. */
  last(topic: string, partition: number, extent: Extent): Promise<IncomingRecord | null>;
  prune(topic: string, partition: number, before: Offset): Promise<void>;
  /** Joins the group and handles records until the signal aborts, or something fails that only a new try can mend. */
  takePart(membership: Membership, signal: AbortSignal): Promise<void>;
  /** What an error of the library means, in words that hold no secret; undefined when it is not of the library. */
  reasonOf(error: unknown): string | undefined;
  close(): Promise<void>;
}

/** Milliseconds until what failed at the start is tried once more. */
const secondTry = 1_000;

/** A consumer that lives but moves nothing. */
export class ConsumerStalled extends Error {
  override readonly name = 'ConsumerStalled';
}

/** The record stream on a Kafka cluster, whatever library talks to it. */
export abstract class BrokerRecordStream extends RecordStream {
  readonly #options: BrokerOptions;
  readonly #client: BrokerClient;
  readonly #closing = new AbortController();
  readonly #consuming = new Set<Promise<void>>();

  constructor(options: BrokerOptions, client: BrokerClient) {
    super();
    this.#options = options;
    this.#client = client;
  }

  override prepare(): Promise<void> {
    const { prefix = '', replication = defaultReplication } = this.#options;
    const prepare = (): Promise<void> => prepareTopics(this.#client, { prefix, replication }, this.#closing.signal);
    return this.#answered(() =>
      prepare().catch(async (error: unknown) => {
        if (error instanceof TopicRefused) throw error;
        // Brokers that have just started may know each other and their topics only in part.
        await realPause(secondTry, this.#closing.signal);
        await prepare();
      }),
    );
  }

  override publish(topic: TopicName, partition: number, records: readonly OutgoingRecord[]): Promise<void> {
    return this.#answered(() => this.#client.publish(this.#name(topic, partition), partition, records));
  }

  override tail(topic: TopicName, partition: number): Promise<IncomingRecord | null> {
    return this.#answered(async () => {
      const extent = await this.#extent(topic, partition);
      if (extent.next === extent.earliest) return null;
      return this.#client.last(this.#name(topic, partition), partition, extent);
    });
  }

  override extent(topic: TopicName, partition: number): Promise<Extent> {
    return this.#answered(() => this.#extent(topic, partition));
  }

  override async consume(subscription: Subscription, signal: AbortSignal): Promise<void> {
    const consuming = this.#consume(subscription, AbortSignal.any([signal, this.#closing.signal]));
    this.#consuming.add(consuming);
    await consuming.finally(() => this.#consuming.delete(consuming));
  }

  override prune(topic: TopicName, partition: number, before: Offset): Promise<void> {
    return this.#answered(async () => {
      if (before <= (await this.#extent(topic, partition)).earliest) return;
      await this.#client.prune(this.#name(topic, partition), partition, before);
    });
  }

  override async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#consuming);
    await this.#client.close();
  }

  /** Every consumer that fails is replaced by a new one, never repaired. */
  async #consume(subscription: Subscription, signal: AbortSignal): Promise<void> {
    const { stallAfter = defaultStallAfter, pause = defaultPause, prefix = '' } = this.#options;
    const topic = prefix + subscription.topic;
    const group = prefix + subscription.group;
    const extents = (): Promise<ReadonlyMap<number, Extent>> => this.#answered(() => this.#client.extents(topic));
    const told = (error: unknown): Error => (error instanceof ConsumerStalled ? error : this.#unavailable(error));
    const membership = { topic, group, subscription, stallAfter, pause, extents, told };
    while (!signal.aborted) {
      try {
        await this.#client.takePart(membership, signal);
      } catch (error) {
        if (signal.aborted) return;
        subscription.troubled?.(told(error));
        await realPause(pause, signal);
      }
    }
  }

  async #extent(topic: TopicName, partition: number): Promise<Extent> {
    const name = this.#name(topic, partition);
    const extent = (await this.#client.extents(name)).get(partition);
    if (extent === undefined) throw new StreamUnavailable(`topic ${name} has no partition ${partition}`);
    return extent;
  }

  #name(topic: TopicName, partition: number): string {
    const name = (this.#options.prefix ?? '') + topic;
    if (Number.isInteger(partition) && partition >= 0 && partition < topics[topic].partitions) return name;
    throw new StreamUnavailable(`topic ${name} has no partition ${partition}`);
  }

  async #answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    if (this.#closing.signal.aborted) throw new StreamUnavailable('the record stream is closed');
    try {
      return await ask();
    } catch (error) {
      throw this.#unavailable(error);
    }
  }

  /** Errors of libraries can hold what was sent, so they are told in our words and not handed on. */
  #unavailable(error: unknown): StreamUnavailable | TopicRefused {
    if (error instanceof StreamUnavailable || error instanceof TopicRefused) return error;
    const brokers = `Kafka at ${this.#options.brokers.join(', ')}`;
    const reason = this.#client.reasonOf(error) ?? ownReason(error);
    if (reason !== undefined) return new StreamUnavailable(`${brokers}: ${reason}`);
    return new StreamUnavailable(`${brokers} cannot be used`, { cause: error });
  }
}

function ownReason(error: unknown): string | undefined {
  if (error instanceof NoAnswer) return 'no answer in time';
  return error instanceof NoToken ? error.message : undefined;
}
