import { largestBatch, type EventStore, type StoredRecord, type StreamName } from '#event-store';
import { leafIndex, treeSize, type LogName, type TreeSize } from '#kernel';
import { Frontier, leafHash, parseTreeHead, type TreeHead } from '#transparency';
import { LogRefused, type Place } from './log-refused.js';

/** Hears how far a step is. */
export type Progress = (step: string, done: number, total: number) => void;

/** All that reading a log needs. */
export type Reading = Pick<EventStore, 'size' | 'read'>;

/** A log that was read whole, with the figures two logs are compared by. */
export interface ProvenLog {
  readonly log: LogName;
  readonly size: TreeSize;
  /** over all leaves, 32 bytes */
  readonly root: Buffer;
  /** how many tree heads were signed, each of which is the root of its leaves */
  readonly heads: TreeSize;
  /** the last of them; null when none was signed */
  readonly head: TreeHead | null;
}

interface Read {
  readonly store: Reading;
  readonly place: Place;
  readonly log: LogName;
}

/**
 * Reads a log whole and computes, from the bytes, the root at every size that was ever signed.
 *
 * @returns what was found; leaves behind the last head are under no signature yet: callers look at `size`
 * @throws LogRefused when a record is missing, a head is malformed, of another log or no larger than the one before,
 *   or its root is not that of its leaves
 */
export async function proveLog({ store, place, log }: Read, progress: Progress): Promise<ProvenLog> {
  const size = await store.size(log);
  const heads = headsOf(store, place, log);
  const frontier = Frontier.empty();
  let head: TreeHead | null = null;
  let next = await heads.next();
  const settle = async (): Promise<void> => {
    while (!next.done && next.value.size === frontier.size) {
      head = next.value;
      requireRoot(head, frontier.root(), { place, log });
      next = await heads.next();
    }
  };
  await settle();
  for await (const batch of batchesOf(store, { place, stream: log, to: size })) {
    for (const { bytes } of batch) {
      frontier.append(leafHash(bytes));
      await settle();
    }
    progress(`${log}, read from the ${place}`, frontier.size, size);
  }
  if (!next.done) throw new LogRefused(place, log, size, `missing; the log was signed at size ${next.value.size}`);
  return { log, size, root: frontier.root(), heads: await store.size(`${log}.checkpoints`), head };
}

/**
 * A stream's records from its start, in batches.
 *
 * @throws LogRefused when one is missing
 */
export async function* batchesOf(
  store: Reading,
  { place, stream, to }: { readonly place: Place; readonly stream: StreamName; readonly to: TreeSize },
): AsyncGenerator<readonly StoredRecord[], void, undefined> {
  for (let from = leafIndex(0); from < to;) {
    const batch = await store.read(stream, from, Math.min(largestBatch, to - from));
    const gap = batch.findIndex(({ index }, at) => index !== from + at);
    if (batch.length === 0 || gap !== -1) throw new LogRefused(place, stream, from + Math.max(gap, 0), 'missing');
    yield batch;
    from = leafIndex(from + batch.length);
  }
}

async function* headsOf(store: Reading, place: Place, log: LogName): AsyncGenerator<TreeHead, void, undefined> {
  const stream: StreamName = `${log}.checkpoints`;
  let before: TreeHead | undefined;
  for await (const batch of batchesOf(store, { place, stream, to: await store.size(stream) })) {
    for (const { index, bytes } of batch) {
      const head = headIn(bytes, (what, cause) => new LogRefused(place, stream, index, what, { cause }));
      if (before && head.origin !== before.origin) {
        throw new LogRefused(place, stream, index, `of ${head.origin}, the heads before are of ${before.origin}`);
      }
      if (before && head.size <= before.size) {
        throw new LogRefused(place, stream, index, `of size ${head.size}, after one of size ${before.size}`);
      }
      yield (before = head);
    }
  }
}

function headIn(bytes: Buffer, refused: (what: string, cause: unknown) => LogRefused): TreeHead {
  try {
    return parseTreeHead(bytes.toString());
  } catch (error) {
    throw refused('no tree head', error);
  }
}

function requireRoot({ size, root }: TreeHead, computed: Buffer, { place, log }: Omit<Read, 'store'>): void {
  if (computed.equals(root)) return;
  const last = treeSize(Math.max(0, size - 1));
  throw new LogRefused(place, log, last, `the root over the leaves up to here is not the one signed at size ${size}`);
}
