import { leafIndex, type LeafIndex, type LogName } from '#kernel';
import { InvalidLeaf, parseLeaf } from '#statement';
import { leafHash, parseDecimal } from '#transparency';
import {
  InvalidRecord,
  cloudEventTypes,
  eventHeaders,
  openEvent,
  traceparentOf,
  type RecordSource,
} from './cloud-event.js';
import type { IncomingRecord, OutgoingRecord } from './record-stream.js';

/** A leaf on its way into the record stream. */
export interface PublishedLeaf {
  readonly origin: string;
  readonly log: LogName;
  readonly index: LeafIndex;
  /** exactly as stored */
  readonly bytes: Buffer;
  /** index of the leaf before it in the same partition; null for the first */
  readonly previous: LeafIndex | null;
  readonly traceparent?: string;
}

/** A leaf that came through the record stream and is what it says. */
export interface ReceivedLeaf {
  readonly index: LeafIndex;
  readonly previous: LeafIndex | null;
  readonly bytes: Buffer;
  /** 32 bytes (RFC 9162 section 2.1.1), computed from the bytes */
  readonly leafHash: Buffer;
  readonly traceparent?: string;
}

/**
 * The record of a leaf: a CloudEvent in binary content mode whose value is the stored bytes. It has no subject: the
 * pseudonym of an exchange would show who deals with whom.
 *
 * @throws InvalidLeaf when the bytes are not a leaf of this log
 */
export function leafRecord({ origin, log, index, bytes, previous, traceparent }: PublishedLeaf): OutgoingRecord {
  const leaf = parseLeaf(bytes);
  if (leaf.log !== log) throw new InvalidLeaf(`of log ${leaf.log}, not of ${log}`);
  const headers = eventHeaders({
    origin,
    log,
    type: cloudEventTypes.leaf,
    place: index,
    contentType: 'application/json',
    time: leaf.recordedAt,
    ...(traceparent === undefined ? {} : { traceparent }),
  });
  headers['ce_index'] = String(index);
  headers['ce_leafhash'] = leafHash(bytes).toString('base64');
  if (previous !== null) headers['ce_previous'] = String(previous);
  return { value: bytes, headers };
}

/**
 * Reads a record that claims to be a leaf. That it stands where it should is not said: its index may be any, compare
 * `previous` with the leaf handled before it.
 *
 * @throws InvalidRecord when the value is not a leaf of this log, or a header about it is missing, malformed or lies
 */
export function readLeafRecord(record: IncomingRecord, source: RecordSource): ReceivedLeaf {
  const { headers } = record;
  const indexText = headers['ce_index'] ?? '';
  const bytes = openEvent(record, { ...source, type: cloudEventTypes.leaf, place: indexText, fault: 'not-a-leaf' });
  const index = parseDecimal(indexText);
  if (index === undefined) throw new InvalidRecord('index-malformed', 'its index is no number');
  const hash = leafHash(bytes);
  if (headers['ce_leafhash'] !== hash.toString('base64')) {
    throw new InvalidRecord('hash-lies', `index ${index} has not the leaf hash that its header says`);
  }
  const log = logOf(bytes, index);
  if (log !== source.log) throw new InvalidRecord('other-log', `index ${index} is a leaf of ${log}`);
  const previous = previousOf(headers['ce_previous'], index);
  return { index: leafIndex(index), previous, bytes, leafHash: hash, ...traceparentOf(record) };
}

function logOf(bytes: Buffer, index: number): LogName {
  try {
    return parseLeaf(bytes).log;
  } catch (cause) {
    throw new InvalidRecord('not-a-leaf', `the value of index ${index}`, { cause });
  }
}

function previousOf(text: string | undefined, index: number): LeafIndex | null {
  if (text === undefined) return null;
  const previous = parseDecimal(text);
  if (previous === undefined || previous >= index) {
    throw new InvalidRecord('previous-malformed', `what comes before index ${index} is no index below it`);
  }
  return leafIndex(previous);
}
