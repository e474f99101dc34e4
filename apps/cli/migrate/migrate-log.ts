import { largestBatch, WrongExpectedRevision, type EventStore, type StreamName } from '#event-store';
import { leafIndex, logNames, treeSize, type TreeSize } from '#kernel';
import { LogRefused } from './log-refused.js';
import { batchesOf, proveLog, type Progress, type ProvenLog } from './proven-log.js';

/** What an append takes at most, by the law of the event store. */
const largestAppend = 800 * 1024;

/**
 * Heads before leaves: whoever starts a ledger on a target that was left half-way finds fewer leaves than were
 * signed, and the start is refused. `registry` before `entries`, whose leaves name its sizes.
 */
const order = ['registry.checkpoints', 'entries.checkpoints', 'registry', 'entries'] as const satisfies StreamName[];

/**
 * Copies both logs with every tree head that was signed, and proves the copy equal, root by root, from the bytes read
 * back. Nothing is written before the source is known to be whole and the target to hold nothing else. Cut off
 * anywhere, it is asked again and goes on. Nobody else may write to either store meanwhile.
 *
 * @returns the logs as they were read back from the target
 * @throws LogRefused when the source is damaged or not signed to its end, when the target holds something else, and
 *   when what was read back is not what was written
 * @throws StoreUnavailable when a store does not answer
 */
export async function migrateLog(from: EventStore, to: EventStore, progress: Progress): Promise<readonly ProvenLog[]> {
  const source: ProvenLog[] = [];
  for (const log of logNames) {
    const proven = await proveLog({ store: from, place: 'source', log }, progress);
    requireSigned(proven);
    source.push(proven);
  }
  for (const stream of order) await requireSame(from, to, stream, progress);
  for (const stream of order) await copy(from, to, stream, progress);
  const target: ProvenLog[] = [];
  for (const proven of source) target.push(await proveCopy(from, to, proven, progress));
  return target;
}

function requireSigned({ log, size, head }: ProvenLog): void {
  const signed = head?.size ?? treeSize(0);
  if (signed === size) return;
  const what = 'under no signed tree head yet; start the ledger on this data and stop it again';
  throw new LogRefused('source', log, signed, what);
}

/** @throws LogRefused unless the target's records are the source's first ones */
async function requireSame(from: EventStore, to: EventStore, stream: StreamName, progress: Progress): Promise<void> {
  const [expected, found] = [await from.size(stream), await to.size(stream)];
  const common = treeSize(Math.min(expected, found));
  const theirs = batchesOf(to, { place: 'target', stream, to: common });
  let compared = 0;
  for await (const batch of theirs) {
    const ours = await from.read(stream, leafIndex(compared), batch.length);
    const differing = batch.findIndex(({ bytes }, at) => ours[at]?.bytes.equals(bytes) !== true);
    if (differing !== -1) throw new LogRefused('target', stream, compared + differing, 'something else stands here');
    compared += batch.length;
    progress(`${stream}, compared`, compared, common);
  }
  if (found > expected) throw new LogRefused('target', stream, expected, 'the source ends before this record');
}

async function copy(from: EventStore, to: EventStore, stream: StreamName, progress: Progress): Promise<void> {
  const size = await from.size(stream);
  let next = await to.size(stream);
  while (next < size) {
    const records = upTo(largestAppend, await from.read(stream, leafIndex(next), Math.min(largestBatch, size - next)));
    try {
      await to.append(stream, next, records);
    } catch (cause) {
      if (!(cause instanceof WrongExpectedRevision)) throw cause;
      throw new LogRefused('target', stream, next, 'somebody else writes to this stream', { cause });
    }
    next = treeSize(next + records.length);
    progress(`${stream}, copied`, next, size);
  }
}

/** The first records that have so many bytes together, at least one. */
function upTo(limit: number, records: readonly { readonly bytes: Buffer }[]): readonly Buffer[] {
  let bytes = 0;
  const taken = records.findIndex((record) => (bytes += record.bytes.length) > limit);
  return (taken === -1 ? records : records.slice(0, Math.max(taken, 1))).map((record) => record.bytes);
}

async function proveCopy(
  from: EventStore,
  to: EventStore,
  { log, size, root, heads }: ProvenLog,
  progress: Progress,
): Promise<ProvenLog> {
  await requireSame(from, to, `${log}.checkpoints`, progress);
  try {
    const proven = await proveLog({ store: to, place: 'target', log }, progress);
    requireEqual('size', log, proven.size, size);
    requireEqual('number of tree heads', log, proven.heads, heads);
    if (!proven.root.equals(root)) throw new LogRefused('target', log, size, 'the last root is not the source’s');
    return proven;
  } catch (error) {
    // A wrong root says that a leaf is wrong; comparing byte by byte says which.
    if (error instanceof LogRefused) await requireSame(from, to, log, progress);
    throw error;
  }
}

function requireEqual(what: string, log: StreamName, found: TreeSize, expected: TreeSize): void {
  if (found !== expected) throw new LogRefused('target', log, found, `the ${what} is ${found}, not ${expected}`);
}
