import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { LeafIndex, LogName } from '#kernel';

/** A leaf and the place in a topic that it was published for. */
export interface PlacedLeaf {
  readonly origin: string;
  readonly log: LogName;
  readonly partition: number;
  readonly index: LeafIndex;
  /** index of the leaf before it in the same partition; null for the first */
  readonly previous: LeafIndex | null;
  /** 32 bytes (RFC 9162 section 2.1.1) */
  readonly leafHash: Buffer;
}

const keyBytes = 32;
const label = 'nachweis/leaf-mac/v1';

/**
 * What a relay says about a leaf and nobody else can: that the log has these bytes at this index, and that in this
 * partition they come right after that other leaf. HMAC-SHA256 (RFC 2104) under a key of its own, derived by
 * HKDF-SHA256 (RFC 5869) from the secret that also deals the partitions.
 */
export class LeafMac {
  readonly #key: KeyObject;

  /** @param partitionKey the secret of `partition.key` */
  constructor(partitionKey: Buffer | KeyObject) {
    // Made into a key once: for each leaf that would cost more than the digest.
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', partitionKey, '', label, keyBytes)));
  }

  /** @returns 32 bytes */
  of({ origin, log, partition, index, previous, leafHash }: PlacedLeaf): Buffer {
    // A list in JSON says where each part ends, and tells no index from any index.
    const text = JSON.stringify([origin, log, partition, index, previous, leafHash.toString('base64')]);
    return createHmac('sha256', this.#key).update(text, 'utf8').digest();
  }

  /** @param mac base64, as it came */
  isOf(leaf: PlacedLeaf, mac: string): boolean {
    const own = this.of(leaf);
    const given = Buffer.from(mac, 'base64');
    return given.length === own.length && timingSafeEqual(given, own) && mac === own.toString('base64');
  }
}
