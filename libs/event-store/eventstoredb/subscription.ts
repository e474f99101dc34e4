import { leafIndex, type LeafIndex } from '#kernel';
import { largestBatch, StoreUnavailable, type StoredRecord, type StreamName } from '../event-store.js';
import { backOff } from './back-off.js';
import type { Connection } from './connection.js';
import type { EventFeed } from './event-feed.js';
import { asStoreError, failureOf, streamDeleted } from './failures.js';
import type { RepeatingParts } from './repeated.js';
import type { SeenSizes } from './seen-sizes.js';
import { recordsFrom } from './stored-event.js';

export interface SubscriptionParts extends RepeatingParts {
  readonly stream: StreamName;
  /** the stream's name in the store */
  readonly name: string;
  readonly seen: SeenSizes;
}

/**
 * A subscription that resumes by itself after whatever breaks it, where it stood: nothing is lost, nothing comes twice.
 *
 * @throws StoreRefused when what arrives is not the next record
 */
export async function* subscription(
  connection: Connection,
  parts: SubscriptionParts,
  from: LeafIndex,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredRecord[], void, undefined> {
  const { name, seen, pause, troubled } = parts;
  let next = from;
  for (let failures = 0; !signal.aborted; failures += 1) {
    let feed: EventFeed | undefined;
    try {
      for (;;) {
        const records = await (feed === undefined
          ? stored(connection, parts, next, signal)
          : arriving(feed, parts, next, signal));
        if (records.length < largestBatch) feed ??= await connection.subscribe(name, next + records.length);
        if (records.length === 0) continue;
        failures = 0;
        next = leafIndex(next + records.length);
        seen.raise(name, next);
        yield records;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (failureOf(error) === 'deleted') throw streamDeleted(name, error);
      const trouble = asStoreError(error, connection.hosts);
      if (!(trouble instanceof StoreUnavailable)) throw trouble;
      troubled(trouble);
    } finally {
      feed?.close();
    }
    await pause(backOff(failures), signal);
  }
}

// What is stored is read in whole batches: subscriptions deliver event by event.
async function stored(
  connection: Connection,
  { stream, name, seen }: SubscriptionParts,
  next: LeafIndex,
  signal: AbortSignal,
): Promise<StoredRecord[]> {
  const before = seen.of(name);
  const events = await connection.read(name, next, largestBatch, signal);
  const records = recordsFrom(events, { stream, name, index: next });
  seen.require(name, Math.min(before, next + largestBatch), next + events.length);
  return records;
}

async function arriving(
  feed: EventFeed,
  { stream, name }: SubscriptionParts,
  next: LeafIndex,
  signal: AbortSignal,
): Promise<StoredRecord[]> {
  const events = await feed.take(largestBatch, signal);
  if (events.length === 0) throw new StoreUnavailable(`the event store ended a subscription to ${name}`);
  // Asked for a place beyond the end, a server may send what lies before it, too.
  const wanted = events.filter(({ event }) => event === undefined || event.revision >= BigInt(next));
  return recordsFrom(wanted, { stream, name, index: next });
}
