import type { LeafIndex, SavedPosition } from '#kernel';
import type { ReceivedLeaf } from '#messaging';

/** What a batch holds for somebody who has come as far as a position. */
export interface Sorted {
  /** continue the chain one after the other: what is to be folded */
  readonly fresh: readonly ReceivedLeaf[];
  /** leaves from before the position, or twice in the batch */
  readonly repeated: number;
  /** records at odds with the chain: they name a leaf before them that others have come after */
  readonly contradicting: number;
  /** the first leaf that is missing before others of the batch can be folded */
  readonly awaited: LeafIndex | null;
}

/** Two records say different things of one leaf and nothing tells which of them lies. */
export class LeafContradiction extends Error {
  override readonly name = 'LeafContradiction';
}

/** By index; leaves with the same index stay in the order they came. */
export const inOrder = (leaves: readonly ReceivedLeaf[]): readonly ReceivedLeaf[] =>
  leaves.toSorted((a, b) => a.index - b.index);

/**
 * Picks what continues the chain of a partition. A leaf counts only when it names the last one as the leaf before it,
 * so that neither a lost record nor one that lies about its place is passed over.
 *
 * @param leaves in order of index
 * @param position where the rows stand: the index after the last leaf of this partition in them
 * @throws LeafContradiction
 */
export function sortOut(leaves: readonly ReceivedLeaf[], position: SavedPosition): Sorted {
  const fresh: ReceivedLeaf[] = [];
  const waiting: ReceivedLeaf[] = [];
  let repeated = 0;
  let contradicting = 0;
  let last = position - 1;
  for (const leaf of leaves) {
    const previous = leaf.previous ?? -1;
    if (leaf.index <= last) {
      disagree(fresh.at(-1), leaf);
      repeated += 1;
    } else if (previous === last) {
      fresh.push(leaf);
      last = leaf.index;
    } else if (previous < last) contradicting += 1;
    else waiting.push(leaf);
  }
  const early = waiting.filter(({ index }) => index > last);
  return {
    fresh,
    repeated,
    contradicting: contradicting + waiting.length - early.length,
    awaited: early.map(({ previous }) => previous).reduce(lesser, null),
  };
}

const lesser = (one: LeafIndex | null, other: LeafIndex | null): LeafIndex | null =>
  one === null || (other !== null && other < one) ? other : one;

/**
 * @param last the last leaf that was folded
 * @param other a record of a leaf at or before it
 * @throws LeafContradiction when both cannot be true: they differ where they should be one leaf, or the other lies
 *   where the last one says there is none
 */
export function disagree(last: ReceivedLeaf | undefined, other: ReceivedLeaf): void {
  if (last === undefined) return;
  const isSame = other.index === last.index;
  const isBetween = other.index < last.index && other.index > (last.previous ?? -1);
  if (isBetween || (isSame && !other.leafHash.equals(last.leafHash))) {
    throw new LeafContradiction(`two records disagree about leaf ${other.index}`);
  }
}
