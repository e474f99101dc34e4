import { type LeafIndex, treeSize, type TreeSize } from '#kernel';
import { emptyRoot, hashLength, nodeHash } from './hash.js';
import type { NodeReader } from './tree.js';

/** Told of every complete subtree at the moment its last leaf arrives; its places are those of {@link NodeReader}. */
export type NodeListener = (level: number, index: number, node: Buffer) => void;

/**
 * The right edge of a growing tree: the roots of the complete subtrees its size falls into, largest first. All that is
 * needed to append leaves and know each new root, in memory that grows with log2 of the size.
 */
export class Frontier {
  private constructor(
    private leaves: TreeSize,
    private readonly peaks: Buffer[],
  ) {}

  static empty(): Frontier {
    return new Frontier(treeSize(0), []);
  }

  /** Resumes at a size whose nodes were kept: one read for each bit set in the size. */
  static at(size: TreeSize, reader: NodeReader): Frontier {
    const peaks: Buffer[] = [];
    for (let level = 0, count: number = size; count > 0; level += 1, count = Math.floor(count / 2)) {
      if (count % 2 === 1) peaks.unshift(reader.node(level, count - 1));
    }
    return new Frontier(size, peaks);
  }

  get size(): TreeSize {
    return this.leaves;
  }

  /**
   * @param completed hears of the leaf itself (level 0) and of each subtree it completes, lowest first
   * @returns the place of the new leaf
   * @throws RangeError when the hash is not 32 bytes or the tree is full at 2^53 - 1 leaves; nothing is appended then.
   */
  append(leafHash: Buffer, completed?: NodeListener): LeafIndex {
    if (leafHash.length !== hashLength) throw new RangeError('a tree hash has 32 bytes');
    const index = this.leaves;
    this.leaves = treeSize(index + 1);
    const nodes = [leafHash];
    let node = leafHash;
    for (let place: number = index; place % 2 === 1; place = Math.floor(place / 2)) {
      const left = this.peaks.pop();
      if (left === undefined) throw new Error('the frontier lost a subtree');
      node = nodeHash(left, node);
      nodes.push(node);
    }
    this.peaks.push(node);
    if (completed) nodes.forEach((each, level) => completed(level, Math.floor(index / 2 ** level), each));
    return index;
  }

  /** Root of the tree over all leaves so far (RFC 9162 section 2.1.1). */
  root(): Buffer {
    return (
      this.peaks.reduceRight<Buffer | undefined>(
        (right, peak) => (right === undefined ? peak : nodeHash(peak, right)),
        undefined,
      ) ?? emptyRoot
    );
  }
}
