import type { LeafIndex, TreeSize } from '#kernel';

/** The leaves of both logs, and every tree head ever signed for them. */
export const streamNames = ['entries', 'registry', 'entries.checkpoints', 'registry.checkpoints'] as const;
export type StreamName = (typeof streamNames)[number];

/** One record as it was appended, byte for byte. In the streams of leaves, `index` is the leaf index. */
export interface StoredRecord {
  readonly index: LeafIndex;
  readonly bytes: Buffer;
  /** W3C trace context it was recorded under, where the store kept it. Advisory: no part of the record. */
  readonly traceparent?: string;
}

/** No batch of a subscription holds more records than this. */
export const largestBatch = 400;

/**
 * Append-only streams of records, numbered from 0 without gaps. What is stored never changes.
 * Streams are independent of each other. Several stores, also in several processes, may be open on the same
 * data: the expected revision is the only fence between them.
 *
 * Each append takes up to 400 records of up to 65,535 bytes, 800 KiB together. Bytes are copied in and out:
 * callers may reuse their buffers. Every method but `subscribe` and `close` rejects with {@link StoreUnavailable}
 * when the store is closed or cannot answer.
 */
export abstract class EventStore {
  /**
   * Stores all records or none at `expected`, `expected + 1`, ...; on return they survive power loss.
   * Repeating an append at the same place with the same bytes succeeds and writes nothing, so that whoever lost the
   * answer may ask again. No records: writes nothing, succeeds at or below the size.
   *
   * @param expected the size of the stream as the caller knows it
   * @param traceparents one for each record, or none. A store may drop them; they never tell records apart
   * @throws WrongExpectedRevision when the stream has another size and the records do not all stand there already
   * @throws StoreUnavailable in every other case; whether the records were stored is then unknown
   */
  abstract append(
    stream: StreamName,
    expected: TreeSize,
    records: readonly Uint8Array[],
    traceparents?: readonly (string | undefined)[],
  ): Promise<void>;

  /** @returns how many records the stream has: the index of its next one */
  abstract size(stream: StreamName): Promise<TreeSize>;

  /**
   * @param limit the most records wanted; 0 answers none
   * @returns the records from `from` on, in order; none when `from` is at or beyond the end
   * @throws RangeError when the limit is negative or no integer
   */
  abstract read(stream: StreamName, from: LeafIndex, limit: number): Promise<readonly StoredRecord[]>;

  /**
   * Everything from `from` on, first what is stored, then what arrives: in order, without gaps, each record once.
   * Batches have 1 to {@link largestBatch} records. The consumer pulls: nothing is read ahead of it, so a slow one
   * costs no memory. Ends without error when the signal aborts or the store closes, also while it waits.
   */
  abstract subscribe(stream: StreamName, from: LeafIndex, signal: AbortSignal): AsyncIterable<readonly StoredRecord[]>;

  /** Ends every subscription. Closing again does nothing. */
  abstract close(): Promise<void>;
}

/** The stream has another size than the caller expected: somebody else appended, or the caller is ahead of it. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';

  constructor(
    readonly stream: StreamName,
    readonly expected: TreeSize,
    readonly actual: TreeSize,
  ) {
    super(`stream ${stream} has ${actual} records, expected ${expected}`);
  }
}

/** The store cannot answer. After an append, what was stored is unknown until the stream is read again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}
