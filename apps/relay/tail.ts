import type { EventStore, StoredRecord } from '#event-store';
import type { LeafIndex, LogName } from '#kernel';
import { InvalidRecord, readLeafRecord } from '#messaging';
import type { IncomingRecord, LeafMac, LeafSource, RecordStream } from '#messaging';
import { RelayRefused } from './relay-refused.js';
import { logLeaf, topicOf, type Route } from './route.js';

export interface TailPorts {
  readonly origin: string;
  readonly log: LogName;
  readonly store: Pick<EventStore, 'read'>;
  readonly stream: Pick<RecordStream, 'tail' | 'extent'>;
  readonly route: Route;
  /** null for the registry */
  readonly mac: LeafMac | null;
}

/**
 * How far a partition is, as it says itself: the relay keeps no position of its own, so none can contradict the topic.
 * The tail is believed only when a relay with this key vouches for it, it is this log's leaf at its index, byte for byte,
 * and belongs in this partition, and so does the leaf it says stands before it.
 *
 * @returns the index of its last leaf; null when nothing was ever published to it
 * @throws RelayRefused naming topic and partition
 */
export async function lastPublished(partition: number, ports: TailPorts): Promise<LeafIndex | null> {
  const { origin, log, stream, mac } = ports;
  const topic = topicOf[log];
  const refuse = (why: string, cause?: unknown): never => {
    throw new RelayRefused(`partition ${partition} of ${topic} ${why}`, { cause });
  };
  const tail = await stream.tail(topic, partition);
  if (tail === null) {
    const { next } = await stream.extent(topic, partition);
    return next === 0 ? null : refuse('was emptied: how far it was cannot be known');
  }
  const { index, previous, bytes } = leafOf(tail, { origin, log, partition, mac }, refuse);
  const stored = await recordAt(index, ports);
  if (stored === undefined) return refuse(`ends with leaf ${index}, which ${log} does not have`);
  if (!stored.bytes.equals(bytes)) return refuse(`ends with another leaf ${index} than ${log} has`);
  const before = previous === null ? undefined : await recordAt(previous, ports);
  for (const record of before === undefined ? [stored] : [before, stored]) {
    const [home] = await ports.route([logLeaf(log, record)]);
    if (home !== partition)
      refuse(`holds leaf ${record.index}, which belongs in ${home}: the partition key is another`);
  }
  return index;
}

function leafOf(tail: IncomingRecord, source: LeafSource, refuse: (why: string, cause?: unknown) => never) {
  try {
    return readLeafRecord(tail, source);
  } catch (cause) {
    if (!(cause instanceof InvalidRecord)) throw cause;
    if (cause.reason === 'mac-lies') {
      return refuse(
        'ends with a leaf, but no relay of ours published it there: it is forged, or the partition key is another',
        cause,
      );
    }
    return refuse(`ends with a record that is not ours: ${cause.message}`, cause);
  }
}

async function recordAt(index: LeafIndex, { store, log }: TailPorts): Promise<StoredRecord | undefined> {
  const [record] = await store.read(log, index, 1);
  return record?.index === index ? record : undefined;
}
