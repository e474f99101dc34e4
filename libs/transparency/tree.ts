import type { TreeSize } from '#kernel';
import { emptyRoot, nodeHash } from './hash.js';

/** Where proofs and roots get the hashes of a tree from: tiles, memory, a database. */
export interface NodeReader {
  /**
   * Root of the complete subtree of 2^level leaves that starts at leaf `index * 2^level`.
   * Asked only for subtrees that lie wholly inside the tree.
   */
  node(level: number, index: number): Buffer;
}

/** Levels of a tree over so many leaves: the smallest h with 2^h >= leaves. */
export function heightOf(leaves: number): number {
  let height = 0;
  for (let width = 1; width < leaves; width *= 2) height += 1;
  return height;
}

/**
 * Root over the leaves [begin, end) of a larger tree, where `begin` is a multiple of the next power of two.
 * One read for each complete subtree, hence at most log2(end - begin) + 1 reads.
 */
export function rangeRoot(begin: number, end: number, reader: NodeReader): Buffer {
  const height = heightOf(end - begin);
  const width = 2 ** height;
  if (end - begin === width) return reader.node(height, begin / width);
  const split = begin + width / 2;
  return nodeHash(rangeRoot(begin, split, reader), rangeRoot(split, end, reader));
}

/** Root of the tree over the first `size` leaves (RFC 9162 section 2.1.1), from at most log2(size) + 1 reads. */
export const rootAt = (size: TreeSize, reader: NodeReader): Buffer =>
  size === 0 ? emptyRoot : rangeRoot(0, size, reader);
