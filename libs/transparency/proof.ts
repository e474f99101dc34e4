import type { LeafIndex, TreeSize } from '#kernel';
import { InvalidProof } from './errors.js';
import { emptyRoot, hashLength, nodeHash } from './hash.js';
import { heightOf, type NodeReader, rangeRoot } from './tree.js';

/**
 * Shows that a leaf is in the tree of `size` leaves (RFC 9162 section 2.1.3.1): the leaf's sibling first, a child of
 * the root last. O(log size) reads.
 * @throws RangeError when the tree has no such leaf.
 */
export function inclusionProof(index: LeafIndex, size: TreeSize, reader: NodeReader): Buffer[] {
  if (index >= size) throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`);
  return inclusionPath(index, 0, size, reader);
}

function inclusionPath(index: number, begin: number, end: number, reader: NodeReader): Buffer[] {
  if (end - begin === 1) return [];
  const split = splitOf(begin, end);
  return index < split
    ? [...inclusionPath(index, begin, split, reader), rangeRoot(split, end, reader)]
    : [...inclusionPath(index, split, end, reader), rangeRoot(begin, split, reader)];
}

/**
 * Shows that the tree of `older` leaves is a prefix of the tree of `newer` leaves (RFC 9162 section 2.1.4.1). Empty
 * when nothing is to be shown: from the empty tree, and between equal sizes. O(log newer) reads.
 * @throws RangeError when `older` is the larger one.
 */
export function consistencyProof(older: TreeSize, newer: TreeSize, reader: NodeReader): Buffer[] {
  if (older > newer) throw new RangeError(`a tree does not shrink from ${older} to ${newer} leaves`);
  return older === 0 ? [] : consistencyPath(older, 0, newer, true, reader);
}

/** @param known whether the verifier holds the root of [begin, older) already, because it is the older root itself */
function consistencyPath(older: number, begin: number, end: number, known: boolean, reader: NodeReader): Buffer[] {
  if (older === end) return known ? [] : [rangeRoot(begin, end, reader)];
  const split = splitOf(begin, end);
  return older <= split
    ? [...consistencyPath(older, begin, split, known, reader), rangeRoot(split, end, reader)]
    : [...consistencyPath(older, split, end, false, reader), rangeRoot(begin, split, reader)];
}

const splitOf = (begin: number, end: number): number => begin + 2 ** (heightOf(end - begin) - 1);

/**
 * Checks that the leaf stands at `index` under `root` (RFC 9162 section 2.1.3.2). Size and root must come from one
 * signed tree head: alone, a proof fits every size at which the path to the leaf has the same turns.
 * @throws InvalidProof
 */
export function verifyInclusion(
  index: LeafIndex,
  size: TreeSize,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): void {
  requireHashes([leafHash, ...proof, root]);
  if (index >= size) throw new InvalidProof(`a tree of ${size} leaves has no leaf ${index}`);
  const sides = siblingSides(index, size - 1);
  requireLength(proof, sides.length);
  let hash = leafHash;
  for (const [step, sibling] of proof.entries()) {
    hash = sides[step] === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  if (!equal(hash, root)) throw new InvalidProof('the leaf is not at this place under this root');
}

/**
 * Checks that the older tree is a prefix of the newer one (RFC 9162 section 2.1.4.2; for the empty tree the rule of
 * c2sp.org/tlog-witness). Sizes and roots must come from signed tree heads, as for {@link verifyInclusion}.
 * @throws InvalidProof
 */
export function verifyConsistency(
  older: TreeSize,
  newer: TreeSize,
  olderRoot: Uint8Array,
  newerRoot: Uint8Array,
  proof: readonly Uint8Array[],
): void {
  requireHashes([olderRoot, newerRoot, ...proof]);
  if (older > newer) throw new InvalidProof(`a tree does not shrink from ${older} to ${newer} leaves`);
  if (older === 0 && !equal(olderRoot, emptyRoot)) throw new InvalidProof('the root of the empty tree is another one');
  if (older === newer && !equal(olderRoot, newerRoot)) throw new InvalidProof('one size has two roots');
  if (older > 0 && older < newer) return verifyGrowth(older, newer, olderRoot, newerRoot, proof);
  requireLength(proof, 0);
}

function verifyGrowth(
  older: number,
  newer: number,
  olderRoot: Uint8Array,
  newerRoot: Uint8Array,
  proof: readonly Uint8Array[],
): void {
  const sides = growthSides(older, newer);
  // A complete older tree is itself the subtree the path starts from, so provers leave it out.
  const isComplete = older === 2 ** heightOf(older);
  requireLength(proof, isComplete ? sides.length : sides.length + 1);
  const [start = olderRoot, ...siblings] = isComplete ? [olderRoot, ...proof] : proof;
  let olderHash = start;
  let newerHash = start;
  for (const [step, sibling] of siblings.entries()) {
    const isLeft = sides[step] === 'left';
    if (isLeft) olderHash = nodeHash(sibling, olderHash);
    newerHash = isLeft ? nodeHash(sibling, newerHash) : nodeHash(newerHash, sibling);
  }
  if (!equal(olderHash, olderRoot)) throw new InvalidProof('the proof does not lead to the older root');
  if (!equal(newerHash, newerRoot)) throw new InvalidProof('the proof does not lead to the newer root');
}

type Side = 'left' | 'right';

/** On which side each sibling stands on the way up from place `place` of a level whose last place is `last`. */
function siblingSides(place: number, last: number): Side[] {
  const sides: Side[] = [];
  for (; last > 0; place = Math.floor(place / 2), last = Math.floor(last / 2)) {
    if (place % 2 === 1) sides.push('left');
    else if (place < last) sides.push('right');
  }
  return sides;
}

/** The same way, from the largest complete subtree that ends where the older tree ends. */
function growthSides(older: number, newer: number): Side[] {
  let place = older - 1;
  let last = newer - 1;
  for (; place % 2 === 1; place = Math.floor(place / 2)) last = Math.floor(last / 2);
  return siblingSides(place, last);
}

function requireHashes(hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== hashLength)) throw new InvalidProof('a tree hash has 32 bytes');
}

function requireLength(proof: readonly Uint8Array[], expected: number): void {
  if (proof.length !== expected) throw new InvalidProof(`the proof has ${proof.length} hashes instead of ${expected}`);
}

const equal = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
