import { ProduceAcks, Producer, type BaseOptions } from '@platformatic/kafka';
import { inBatches } from '../in-batches.js';
import type { OutgoingRecord } from '../record-stream.js';
import { Replaceable } from '../replaceable.js';

/**
 * Sends records with an idempotent producer, one partition a send, each awaited. After any error the producer is
 * thrown away. Where a broker forgot the producer, the library itself sends again under a new identity: that may
 * store a batch twice, which readers are ready for.
 */
export class Publisher {
  readonly #producers: Replaceable<Producer>;

  constructor(options: BaseOptions) {
    this.#producers = new Replaceable({
      open: async () => new Producer({ ...options, idempotent: true, acks: ProduceAcks.ALL }),
      close: (producer) => producer.close(true),
    });
  }

  async publish(topic: string, partition: number, records: readonly OutgoingRecord[]): Promise<void> {
    for (const batch of inBatches(records)) {
      const messages = batch.map(({ value, headers }) => ({ topic, partition, value, headers: asBytes(headers) }));
      await this.#producers.use((producer) => producer.send({ messages }));
    }
  }

  close(): Promise<void> {
    return this.#producers.close();
  }
}

const asBytes = (headers: Readonly<Record<string, string>>): Map<Buffer, Buffer> =>
  new Map(Object.entries(headers).map(([name, text]) => [Buffer.from(name), Buffer.from(text)]));
