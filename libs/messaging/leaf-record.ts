import { leafIndex, type LeafIndex, type LogName } from '#kernel';
import { InvalidLeaf, parseLeaf, type Leaf } from '#statement';
import { leafHash, parseDecimal } from '#transparency';
import {
  InvalidRecord,
  cloudEventTypes,
  eventHeaders,
  openEvent,
  traceparentOf,
  type RecordSource,
} from './cloud-event.js';
import type { LeafMac, PlacedLeaf } from './leaf-mac.js';
import type { IncomingRecord, OutgoingRecord } from './record-stream.js';

/** The partition of a log's topic that leaves are published to, or read from. */
export interface LeafSource extends RecordSource {
  readonly partition: number;
  /** vouches for every record of `entries`; null for `registry`, whose relay has no key */
  readonly mac: LeafMac | null;
}

/** A leaf on its way into the record stream. */
export interface PublishedLeaf extends LeafSource {
  readonly index: LeafIndex;
  /** exactly as stored */
  readonly bytes: Buffer;
  /** index of the leaf before it in the same partition; null for the first */
  readonly previous: LeafIndex | null;
  readonly traceparent?: string;
  /** what the bytes say, where it is known already */
  readonly leaf?: Pick<Leaf, 'log' | 'recordedAt'>;
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
export function leafRecord(published: PublishedLeaf): OutgoingRecord {
  const { origin, log, index, bytes, previous, traceparent, leaf = parseLeaf(bytes) } = published;
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
  const hash = leafHash(bytes);
  headers['ce_leafhash'] = hash.toString('base64');
  if (previous !== null) headers['ce_previous'] = String(previous);
  const mac = macOf(published);
  if (mac !== null) headers['ce_mac'] = mac.of({ ...published, leafHash: hash }).toString('base64');
  return { value: bytes, headers };
}

/**
 * Reads a record that claims to be a leaf. That it comes in its turn is not said: old ones may come again, and others be
 * missing, so compare `previous` with the leaf handled before it. Of `registry` nothing is said about its place at all.
 *
 * @throws InvalidRecord when the value is not a leaf of this log, a header about it is missing, malformed or lies, or
 *   the relay of `entries` did not publish it for this place
 */
export function readLeafRecord(record: IncomingRecord, source: LeafSource): ReceivedLeaf {
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
  const leaf = { index: leafIndex(index), previous: previousOf(headers['ce_previous'], index), leafHash: hash };
  const { origin, partition } = source;
  requireMac(macOf(source), { origin, log, partition, ...leaf }, headers['ce_mac']);
  return { ...leaf, bytes, ...traceparentOf(record) };
}

/** @throws RangeError when nothing would vouch for leaves of `entries`: no caller may forget it */
function macOf({ log, mac }: LeafSource): LeafMac | null {
  if (mac === null && log === 'entries') throw new RangeError('records of entries go with a MAC');
  return mac;
}

function requireMac(mac: LeafMac | null, leaf: PlacedLeaf, text: string | undefined): void {
  if (mac === null) return;
  if (text === undefined) throw new InvalidRecord('mac-missing', `nobody vouches for index ${leaf.index}`);
  if (!mac.isOf(leaf, text)) {
    throw new InvalidRecord('mac-lies', `no relay with this key published it as index ${leaf.index} of the partition`);
  }
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
