import { leafIndex, type LeafIndex } from '#kernel';
import type { Arrivals } from './arrivals.js';
import { largestBatch, type StoredRecord, type StreamName } from './event-store.js';

interface Source {
  readonly stream: StreamName;
  readonly arrivals: Arrivals;
  /** Milliseconds after which an idle subscription looks for records that nobody announced. */
  readonly patience?: number;
  read(from: LeafIndex, limit: number): readonly StoredRecord[];
}

/** A subscription over anything that can be read and announces what arrives. Reads only when the consumer pulls. */
export async function* follow(
  { stream, arrivals, patience, read }: Source,
  from: LeafIndex,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredRecord[], void, undefined> {
  let next = from;
  while (!signal.aborted) {
    const seen = arrivals.count(stream);
    const batch = read(next, largestBatch);
    const last = batch.at(-1);
    if (last === undefined) {
      await arrivals.after(stream, seen, signal, patience);
    } else {
      next = leafIndex(last.index + 1);
      yield batch;
    }
  }
}
