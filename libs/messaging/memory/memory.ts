import { offset, type Offset } from '#kernel';
import type { Extent, IncomingRecord, OutgoingRecord, TopicName } from '../record-stream.js';
import { MemoryGroup } from './memory-group.js';

/** One partition: an array whose beginning can be cut off. */
export class MemoryPartition {
  readonly #records: IncomingRecord[] = [];
  readonly #waiting = new Set<() => void>();
  #earliest = offset(0);

  append(records: readonly OutgoingRecord[]): void {
    for (const { value, headers } of records) {
      this.#records.push({ offset: this.extent.next, value: Buffer.from(value), headers: { ...headers } });
    }
    for (const wake of this.#waiting) wake();
  }

  get extent(): Extent {
    return { earliest: this.#earliest, next: offset(this.#earliest + this.#records.length) };
  }

  tail(): IncomingRecord | null {
    const last = this.#records.at(-1);
    return last === undefined ? null : copied(last);
  }

  prune(before: Offset): void {
    const { earliest, next } = this.extent;
    if (before > next) throw new RangeError(`offset ${before} is beyond the end, ${next}`);
    if (before <= earliest) return;
    this.#records.splice(0, before - earliest);
    this.#earliest = before;
  }

  /** Records from this offset on; waits for the first one. None when the signal aborts. */
  async read(from: Offset, signal: AbortSignal): Promise<readonly IncomingRecord[]> {
    while (!signal.aborted && this.extent.next <= from) await this.#arrival(signal);
    if (signal.aborted) return [];
    if (from < this.#earliest) throw new RangeError(`offset ${from} is not there any more`);
    return this.#records.slice(from - this.#earliest).map(copied);
  }

  async #arrival(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => resolve();
    this.#waiting.add(wake);
    signal.addEventListener('abort', wake);
    await promise;
    this.#waiting.delete(wake);
    signal.removeEventListener('abort', wake);
  }
}

const copied = ({ offset: at, value, headers }: IncomingRecord): IncomingRecord => ({
  offset: at,
  value: value === null ? null : Buffer.from(value),
  headers: { ...headers },
});

/** What several streams in memory share, as several clients share brokers. */
export class Memory {
  readonly #partitions = new Map<string, MemoryPartition>();
  readonly #groups = new Map<string, MemoryGroup>();

  partition(topic: TopicName, partition: number): MemoryPartition {
    return madeOnce(this.#partitions, `${topic}/${partition}`, () => new MemoryPartition());
  }

  group(topic: TopicName, group: string): MemoryGroup {
    return madeOnce(this.#groups, `${topic}/${group}`, () => new MemoryGroup(topic));
  }
}

function madeOnce<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
