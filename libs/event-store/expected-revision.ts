import type { TreeSize } from '#kernel';
import { WrongExpectedRevision, type StoredRecord, type StreamName } from './event-store.js';

interface Attempt {
  readonly stream: StreamName;
  readonly expected: TreeSize;
  readonly records: readonly Uint8Array[];
}

/**
 * The law of the expected revision, for stores that have to apply it themselves. Call it inside the transaction that
 * writes.
 *
 * @param actual the size of the stream
 * @param stored answers what stands at `expected`, as many records as the attempt has; asked only when needed
 * @returns `write`, or `repeated` when the very same records stand there already
 * @throws WrongExpectedRevision
 */
export function judgeAppend(
  { stream, expected, records }: Attempt,
  actual: TreeSize,
  stored: () => readonly StoredRecord[],
): 'write' | 'repeated' {
  if (actual === expected) return 'write';
  if (actual >= expected + records.length && sameBytes(records, stored())) return 'repeated';
  throw new WrongExpectedRevision(stream, expected, actual);
}

function sameBytes(records: readonly Uint8Array[], stored: readonly StoredRecord[]): boolean {
  return records.every((record, place) => stored[place]?.bytes.equals(record) === true);
}
