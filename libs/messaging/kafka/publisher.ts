import { Partitioners, type Producer } from 'kafkajs';
import type { BrokerOptions } from '../broker-options.js';
import { inBatches } from '../in-batches.js';
import type { OutgoingRecord } from '../record-stream.js';
import { Replaceable } from '../replaceable.js';
import { connected } from './client.js';

/**
 * Sends records with an idempotent producer. Each send goes to one partition and is awaited: kafkajs can store twice,
 * or lose, what one send spreads over several brokers. Its own retries repeat the same sequence numbers, so they
 * store once; after any error that is left the producer is thrown away.
 */
export class Publisher {
  readonly #producers: Replaceable<Producer>;

  constructor(options: BrokerOptions) {
    this.#producers = new Replaceable(
      connected(options, (kafka) =>
        kafka.producer({
          idempotent: true,
          maxInFlightRequests: 1,
          allowAutoTopicCreation: false,
          createPartitioner: Partitioners.DefaultPartitioner,
          retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 2_000 },
        }),
      ),
    );
  }

  async publish(topic: string, partition: number, records: readonly OutgoingRecord[]): Promise<void> {
    for (const batch of inBatches(records)) {
      const messages = batch.map(({ value, headers }) => ({ key: null, value, headers: { ...headers }, partition }));
      await this.#producers.use((producer) => producer.send({ topic, messages, acks: -1, timeout: 10_000 }));
    }
  }

  close(): Promise<void> {
    return this.#producers.close();
  }
}
