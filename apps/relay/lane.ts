import type { LeafIndex } from '#kernel';
import { leafRecord, type LeafSource, type OutgoingRecord } from '#messaging';
import type { LogLeaf } from './route.js';

/** No publish takes more than this. */
const largest = { records: 200, bytes: 512 * 1024 };

interface Waiting {
  readonly index: LeafIndex;
  readonly record: OutgoingRecord;
  readonly bytes: number;
  readonly traceparent: string | undefined;
}

/** What goes out in one publish. */
export interface LaneBatch {
  readonly partition: number;
  readonly records: readonly OutgoingRecord[];
  /** of the requests that the leaves were recorded under */
  readonly traceparents: readonly (string | undefined)[];
}

export interface LaneParts extends LeafSource {
  /** index of the last leaf in the partition */
  readonly last: LeafIndex | null;
  publish(batch: LaneBatch): Promise<void>;
  /** a publish was confirmed: this lane has room again */
  confirmed(): void;
  failed(error: unknown): void;
}

/**
 * The way of leaves into one partition: in order, one publish at a time. A record is published only when every earlier
 * one of its partition was confirmed, by this relay or, at its start, by the tail. That is what keeps the order, also
 * when an older relay wakes up and goes on: whatever it repeats, nothing comes before what belongs in front of it.
 */
export class Lane {
  readonly #waiting: Waiting[] = [];
  #last: LeafIndex | null;
  #bytes = 0;
  #running: Promise<void> | null = null;
  #isUrgent = false;
  #stopped = false;

  constructor(private readonly parts: LaneParts) {
    this.#last = parts.last;
  }

  /** Index of the last leaf that is in the partition or on its way. */
  get last(): LeafIndex | null {
    return this.#last;
  }

  /** The first leaf that is not confirmed; null when every one is. */
  get firstWaiting(): LeafIndex | null {
    return this.#waiting[0]?.index ?? null;
  }

  get waitingRecords(): number {
    return this.#waiting.length;
  }

  get waitingBytes(): number {
    return this.#bytes;
  }

  /** Puts a leaf in the queue. @returns false when the partition has it already */
  offer({ index, bytes, traceparent, leaf }: LogLeaf): boolean {
    if (this.#last !== null && index <= this.#last) return false;
    const { origin, log, partition, mac } = this.parts;
    const previous = this.#last;
    const record = leafRecord({
      origin,
      log,
      partition,
      mac,
      index,
      bytes,
      previous,
      leaf,
      ...(traceparent !== undefined && { traceparent }),
    });
    this.#waiting.push({ index, record, bytes: bytes.length, traceparent });
    this.#bytes += bytes.length;
    this.#last = index;
    return true;
  }

  /**
   * Publishes what waits, beside what is under way already.
   *
   * @param everything also what would be more with what comes next: a small publish costs as much as a large one
   */
  flush(everything = true): void {
    this.#isUrgent ||= everything;
    if (this.#isDue()) this.#running ??= this.#run();
  }

  /** Starts nothing more. Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { partition, publish, confirmed, failed } = this.parts;
    try {
      while (this.#isDue()) {
        const batch = this.#next();
        await publish({
          partition,
          records: batch.map(({ record }) => record),
          traceparents: batch.map(({ traceparent }) => traceparent),
        });
        this.#waiting.splice(0, batch.length);
        this.#bytes -= bytesOf(batch);
        confirmed();
      }
    } catch (error) {
      this.#stopped = true;
      failed(error);
    } finally {
      this.#running = null;
    }
  }

  #isDue(): boolean {
    if (this.#waiting.length === 0) this.#isUrgent = false;
    const isFull = this.#waiting.length >= largest.records || this.#bytes >= largest.bytes;
    return !this.#stopped && (isFull || this.#isUrgent);
  }

  #next(): readonly Waiting[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((one, position) => {
      bytes += one.bytes;
      return position === largest.records || (position > 0 && bytes > largest.bytes);
    });
    return this.#waiting.slice(0, end < 0 ? undefined : end);
  }
}

const bytesOf = (batch: readonly Waiting[]): number => batch.reduce((sum, { bytes }) => sum + bytes, 0);
