import { createHash } from 'node:crypto';
import type { NodeReader } from '../tree.js';

const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const joined = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.of(1), left, right);
const powerBelow = (n: number): number => (n <= 2 ? 1 : 2 * powerBelow(Math.ceil(n / 2)));

/** RFC 6962 section 2.1 word by word, over all its leaves: slow, and hard to get wrong. The oracle of the tests. */
export class NaiveTree implements NodeReader {
  private readonly roots = new Map<string, Buffer>();
  readonly leafHashes: readonly Buffer[];

  constructor(leaves: readonly Uint8Array[]) {
    this.leafHashes = leaves.map((leaf) => sha256(Buffer.of(0), leaf));
  }

  node(level: number, index: number): Buffer {
    if ((index + 1) * 2 ** level > this.leafHashes.length) throw new Error('asked for an incomplete subtree');
    return this.root(index * 2 ** level, (index + 1) * 2 ** level);
  }

  /** MTH(D[begin:end]) */
  root(begin: number, end: number): Buffer {
    if (begin === end) return sha256();
    const key = `${begin}-${end}`;
    const root = this.roots.get(key) ?? this.computeRoot(begin, end);
    this.roots.set(key, root);
    return root;
  }

  private computeRoot(begin: number, end: number): Buffer {
    const leaf = this.leafHashes[begin];
    if (leaf === undefined || end > this.leafHashes.length) throw new Error('no such leaf');
    if (end - begin === 1) return leaf;
    const split = begin + powerBelow(end - begin);
    return joined(this.root(begin, split), this.root(split, end));
  }

  /** PATH(m, D[begin:end]) with m counted from the first leaf of the tree */
  path(m: number, begin: number, end: number): Buffer[] {
    if (end - begin === 1) return [];
    const split = begin + powerBelow(end - begin);
    return m < split
      ? [...this.path(m, begin, split), this.root(split, end)]
      : [...this.path(m, split, end), this.root(begin, split)];
  }

  /** SUBPROOF(m, D[begin:end], b) with m counted from the first leaf of the tree */
  subproof(m: number, begin: number, end: number, b: boolean): Buffer[] {
    if (m === end) return b ? [] : [this.root(begin, end)];
    const split = begin + powerBelow(end - begin);
    return m <= split
      ? [...this.subproof(m, begin, split, b), this.root(split, end)]
      : [...this.subproof(m, split, end, false), this.root(begin, split)];
  }
}

/** The root an inclusion proof leads to, by recursion from the root down; `undefined` when its length is wrong. */
export function naiveInclusionRoot(m: number, n: number, leaf: Buffer, proof: readonly Buffer[]): Buffer | undefined {
  if (m >= n) return undefined;
  if (n === 1) return proof.length === 0 ? leaf : undefined;
  const last = proof.at(-1);
  if (last === undefined) return undefined;
  const k = powerBelow(n);
  const isLeft = m < k;
  const below = naiveInclusionRoot(isLeft ? m : m - k, isLeft ? k : n - k, leaf, proof.slice(0, -1));
  return below && (isLeft ? joined(below, last) : joined(last, below));
}

/** The two roots a consistency proof leads to; `undefined` when its length is wrong. */
export function naiveConsistencyRoots(
  m: number,
  n: number,
  proof: readonly Buffer[],
  olderRoot: Buffer | undefined,
): readonly [Buffer, Buffer] | undefined {
  if (m > n) return undefined;
  const last = proof.at(-1);
  if (m === n) {
    const root = proof.length === (olderRoot ? 0 : 1) ? (olderRoot ?? last) : undefined;
    return root && [root, root];
  }
  if (last === undefined) return undefined;
  const k = powerBelow(n);
  const rest = proof.slice(0, -1);
  if (m <= k) {
    const below = naiveConsistencyRoots(m, k, rest, olderRoot);
    return below && [below[0], joined(below[1], last)];
  }
  const below = naiveConsistencyRoots(m - k, n - k, rest, undefined);
  return below && [joined(last, below[0]), joined(last, below[1])];
}
