import { binaryEvent, type EventData, type ResolvedEvent } from '@eventstore/db-client';
import { leafIndex, type LeafIndex } from '#kernel';
import { leafHash } from '#transparency';
import type { StoredRecord, StreamName } from '../event-store.js';
import { propertyOf } from './failures.js';
import { StoreRefused } from '../store-refused.js';

/** What the ledger's events are called in the store. Part of the stored format: never changed, only followed by v2. */
const leafType = 'nachweis.leaf.v1';
const treeHeadType = 'nachweis.tree-head.v1';

const typeOf = (stream: StreamName): string => (stream.endsWith('.checkpoints') ? treeHeadType : leafType);

/**
 * The id of the event that holds these bytes: a UUID of version 8 (RFC 9562 section 5.8) made of the first 122 bits of
 * their leaf hash. Equal ids mean equal bytes, so what the store takes for a repetition is one.
 */
export function eventIdOf(bytes: Uint8Array): string {
  const hex = leafHash(bytes).toString('hex');
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A record as it goes to the store. The metadata is advisory: it never tells records apart. */
export function eventFrom(stream: StreamName, bytes: Uint8Array, traceparent: string | undefined): EventData {
  return binaryEvent({
    id: eventIdOf(bytes),
    type: typeOf(stream),
    data: bytes,
    metadata: { log: stream, ...(traceparent === undefined ? {} : { traceparent }) },
  });
}

interface Place {
  readonly stream: StreamName;
  /** the stream's name in the store */
  readonly name: string;
  readonly index: LeafIndex;
}

/**
 * The record that stands at a place.
 *
 * @throws StoreRefused when another event came: a later one (`truncated`), one the ledger did not write (`foreign`), or
 *   one whose bytes do not fit its id (`changed`)
 */
export function recordFrom({ event }: ResolvedEvent, { stream, name, index }: Place): StoredRecord {
  const refuse = (reason: StoreRefused['reason'], what: string): StoreRefused =>
    new StoreRefused(reason, `stream ${name} of the event store, index ${index}: ${what}`);
  if (event === undefined) throw refuse('foreign', 'a link, where a record should be');
  if (event.revision !== BigInt(index)) throw refuse('truncated', `missing, event ${event.revision} came instead`);
  const metadata: unknown = event.metadata;
  if (event.streamId !== name || event.type !== typeOf(stream) || !(event.data instanceof Uint8Array))
    throw refuse('foreign', `an event of type ${event.type}`);
  if (textOf(metadata, 'log') !== stream) throw refuse('foreign', 'an event that does not name this log');
  const bytes = Buffer.from(event.data);
  if (event.id !== eventIdOf(bytes)) throw refuse('changed', 'its bytes do not fit its id');
  const traceparent = textOf(metadata, 'traceparent');
  return { index: leafIndex(index), bytes, ...(traceparent === undefined ? {} : { traceparent }) };
}

/** The records from `place` on. @throws StoreRefused as {@link recordFrom} */
export function recordsFrom(events: readonly ResolvedEvent[], place: Place): StoredRecord[] {
  return events.map((event, offset) => recordFrom(event, { ...place, index: leafIndex(place.index + offset) }));
}

function textOf(metadata: unknown, key: 'log' | 'traceparent'): string | undefined {
  const value = propertyOf(metadata, key);
  return typeof value === 'string' ? value : undefined;
}
