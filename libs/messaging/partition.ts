import { createHmac, type KeyObject } from 'node:crypto';
import { topics } from './record-stream.js';

/**
 * The partition of an `entries` leaf: HMAC-SHA256 (RFC 2104) of the id, its first four bytes as a big-endian number,
 * modulo the number of partitions. The entries of one exchange share a partition, so their order is kept; without the
 * key nobody can tell which partition an exchange went to, or test a guess.
 *
 * @param key secret, the same for the whole life of the topic
 * @param id of the exchange; of the entry where there is no exchange
 */
export function partitionOf(key: Buffer | KeyObject, id: string): number {
  const digest = createHmac('sha256', key).update(id, 'utf8').digest();
  return digest.readUInt32BE(0) % topics['ledger.entries.v1'].partitions;
}
