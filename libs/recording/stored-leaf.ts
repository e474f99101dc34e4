import type { EventStore } from '#event-store';
import { parseLeaf, type Leaf } from '#statement';
import type { Place } from './register.js';

/** The leaf at a place, with its stored bytes; undefined when nothing stands there. @throws InvalidLeaf */
export async function storedLeaf(
  store: Pick<EventStore, 'read'>,
  { log, index }: Place,
): Promise<{ readonly bytes: Buffer; readonly leaf: Leaf } | undefined> {
  const [record] = await store.read(log, index, 1);
  return record && { bytes: record.bytes, leaf: parseLeaf(record.bytes) };
}
