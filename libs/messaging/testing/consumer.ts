import type { IncomingRecord, RecordStream, Subscription, TopicName } from '../record-stream.js';

export const topic: TopicName = 'ledger.entries.v1';

/** Starts a consumer that the test ends. */
export type Consume = (stream: RecordStream, given?: Partial<Subscription>) => Consumer;

/** Follows a topic and remembers what it was given. Tests wait for what it has, never for time. */
export class Consumer {
  readonly ended: Promise<void>;
  readonly batches: (readonly IncomingRecord[])[] = [];
  /** How often a batch came while another one of its partition was at work. */
  overlaps = 0;
  readonly #records = new Map<number, IncomingRecord[]>();
  readonly #working = new Set<number>();
  readonly #stopping = new AbortController();
  readonly #waiting = new Set<() => void>();

  constructor(stream: RecordStream, given: Partial<Subscription>) {
    const subscription: Subscription = {
      topic,
      group: 'projectors',
      startAt: async () => null,
      ...given,
      handle: async (partition, records, signal) => {
        this.#take(partition, records);
        try {
          await given.handle?.(partition, records, signal);
        } finally {
          this.#working.delete(partition);
        }
      },
    };
    this.ended = stream.consume(subscription, this.#stopping.signal);
  }

  /** Records of a partition in the order they came, those that came again included. */
  of(partition: number): readonly IncomingRecord[] {
    return this.#records.get(partition) ?? [];
  }

  texts(partition: number): string[] {
    return this.of(partition).map(({ value }) => String(value));
  }

  /** Partitions that a record with this value came from. */
  partitionsOf(text: string): number[] {
    return [...this.#records.keys()].filter((partition) => this.texts(partition).includes(text));
  }

  async reaches(count: number): Promise<void> {
    await this.until(() => this.batches.flat().length >= count);
  }

  /** Looks whenever a batch came. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.add(resolve);
      await promise;
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.ended;
  }

  #take(partition: number, records: readonly IncomingRecord[]): void {
    if (this.#working.has(partition)) this.overlaps += 1;
    this.#working.add(partition);
    this.batches.push(records);
    this.#records.set(partition, [...this.of(partition), ...records]);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}
