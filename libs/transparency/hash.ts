import { hash } from 'node:crypto';

/** Bytes of every hash of the tree: SHA-256. */
export const hashLength = 32;

const leafInput = Buffer.alloc(1 + 65_535, 0);
const nodeInput = Buffer.alloc(1 + 2 * hashLength, 1);

// One-shot digests as 'binary' text are about twice as fast as digests returned as Buffers.
const sha256 = (input: Uint8Array): Buffer => Buffer.from(hash('sha256', input, 'binary'), 'latin1');

/** Root of the tree without leaves: SHA-256 of nothing (RFC 9162 section 2.1.1). */
export const emptyRoot: Buffer = sha256(Buffer.alloc(0));

/** Hash of a leaf: SHA-256(0x00 || bytes) (RFC 9162 section 2.1.1). */
export function leafHash(bytes: Uint8Array): Buffer {
  if (bytes.length >= leafInput.length) return sha256(Buffer.concat([Buffer.alloc(1), bytes]));
  leafInput.set(bytes, 1);
  return sha256(leafInput.subarray(0, 1 + bytes.length));
}

/**
 * Hash of an inner node: SHA-256(0x01 || left || right) (RFC 9162 section 2.1.1).
 * @throws RangeError when a child is not 32 bytes.
 */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== hashLength || right.length !== hashLength) throw new RangeError('a tree hash has 32 bytes');
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + hashLength);
  return sha256(nodeInput);
}
