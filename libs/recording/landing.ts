import type { TreeSize } from '#kernel';
import { leafIndex } from '#kernel';
import { WrongExpectedRevision, type EventStore, type StoredRecord, type StreamName } from '#event-store';

/**
 * What became of an append:
 * `stored` our bytes stand at their places · `nothing` proven not stored · `others` somebody else's entries stand
 * there · `unknown` the store could not be read, so nobody knows.
 */
export type Landing = 'stored' | 'nothing' | 'others' | 'unknown';

const attempts = 3;

/**
 * Appends and does not stop at an ambiguous answer: it reads back from the expected index and sends the identical
 * bytes again where nothing stands. The batch is never rebuilt, so the store sees one and the same append.
 */
export async function land(
  store: EventStore,
  stream: StreamName,
  expected: TreeSize,
  records: readonly Uint8Array[],
  traceparents?: readonly (string | undefined)[],
): Promise<{ landing: Landing; cause?: unknown }> {
  let cause: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      await store.append(stream, expected, records, traceparents);
      return { landing: 'stored' };
    } catch (error) {
      cause = error;
      if (error instanceof WrongExpectedRevision && error.actual < expected) return { landing: 'unknown', cause };
    }
    let found: readonly StoredRecord[];
    try {
      found = await store.read(stream, leafIndex(expected), records.length);
    } catch (error) {
      return { landing: 'unknown', cause: error };
    }
    const [first] = found;
    if (first !== undefined) return { landing: isOurs(found, records) ? 'stored' : 'others', cause };
  }
  return { landing: 'nothing', cause };
}

const isOurs = (found: readonly StoredRecord[], records: readonly Uint8Array[]): boolean =>
  found.length === records.length && found.every(({ bytes }, i) => bytes.equals(records[i] as Uint8Array));
