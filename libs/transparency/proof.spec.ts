import { leafIndex, treeSize } from '#kernel';
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  InvalidProof,
  verifyConsistency,
  verifyInclusion,
} from '#transparency';
import { naiveConsistencyRoots, naiveInclusionRoot, NaiveTree } from './testing/naive-tree.js';
import { fromHex, toHex, vectors } from './testing/vectors.js';

const largest = 300;
const tree = new NaiveTree(Array.from({ length: largest }, (_, index) => Buffer.from(`entry-${index}`)));
const leaf = (index: number): Buffer => tree.root(index, index + 1);
const root = (size: number): Buffer => tree.root(0, size);
const same = (one: readonly Buffer[], other: readonly Buffer[]): boolean =>
  Buffer.concat(one).equals(Buffer.concat(other)) && one.length === other.length;

const includes = (index: number, size: number, hash: Buffer, proof: readonly Buffer[], under: Buffer): boolean =>
  accepts(() => verifyInclusion(leafIndex(index), treeSize(size), hash, proof, under));
const grows = (older: number, newer: number, from: Buffer, to: Buffer, proof: readonly Buffer[]): boolean =>
  accepts(() => verifyConsistency(treeSize(older), treeSize(newer), from, to, proof));

function accepts(verify: () => void): boolean {
  try {
    verify();
    return true;
  } catch (error) {
    if (error instanceof InvalidProof) return false;
    throw error;
  }
}

function* bitFlips(hashes: readonly Buffer[]): Generator<Buffer[]> {
  for (const [place, hash] of hashes.entries()) {
    for (let bit = 0; bit < hash.length * 8; bit += 1) {
      yield hashes.with(place, flipBit(hash, bit));
    }
  }
}

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(Math.floor(bit / 8)) ^ (1 << (bit % 8)), Math.floor(bit / 8));
  return flipped;
}

/** Everything one can do to a list of hashes without flipping bits. */
function mangled(proof: readonly Buffer[], strangers: readonly Buffer[]): Buffer[][] {
  const [first = emptyRoot, last = emptyRoot] = [proof[0], proof.at(-1)];
  return [
    ...proof.map((_, place) => proof.toSpliced(place, 1)),
    ...proof.map((hash, place) => proof.with(place, hash.subarray(1))),
    ...proof.map((hash, place) => proof.with(place, Buffer.concat([hash, Buffer.of(0)]))),
    ...proof.map((_, place) => proof.toSpliced(place, 2, ...proof.slice(place, place + 2).reverse())),
    ...[first, last, emptyRoot, ...strangers].flatMap((hash) => [
      [hash, ...proof],
      [...proof, hash],
    ]),
    [...proof, Buffer.alloc(0)],
    proof.toReversed(),
    [Buffer.concat(proof)],
  ].filter((each) => !same(each, proof));
}

describe('an inclusion proof', () => {
  it.each(vectors.merkle.inclusion)('of leaf $index in $size is that of other implementations', (vector) => {
    const { index, size } = vector;
    expect(toHex(inclusionProof(leafIndex(index), treeSize(size), tree))).toEqual(vector.proof);
    expect(includes(index, size, leaf(index), fromHex(vector.proof), root(size))).toBe(true);
  });

  it('of leaf 280 in 300 is that of other implementations', () => {
    expect(toHex(inclusionProof(leafIndex(280), treeSize(300), tree))).toEqual(vectors.merkle300.inclusion280);
  });

  it('is what RFC 6962 says and verifies, for every leaf of every size up to 300', () => {
    const wrong: string[] = [];
    for (let size = 1; size <= largest; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(leafIndex(index), treeSize(size), tree);
        const isRight = same(proof, tree.path(index, 0, size)) && includes(index, size, leaf(index), proof, root(size));
        if (!isRight) wrong.push(`${index} of ${size}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('fails with any bit flipped in it, in the leaf hash or in the root', () => {
    const accepted: string[] = [];
    for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 13]) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(leafIndex(index), treeSize(size), tree);
        for (const [hash = emptyRoot, under = emptyRoot, ...flipped] of bitFlips([leaf(index), root(size), ...proof])) {
          if (includes(index, size, hash, flipped, under)) accepted.push(`${index} of ${size}`);
        }
      }
    }
    expect(accepted).toEqual([]);
  });

  it('fails when hashes are missing, added, moved or of another length', () => {
    const accepted: string[] = [];
    for (let size = 1; size <= 33; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(leafIndex(index), treeSize(size), tree);
        for (const [kind, other] of mangled(proof, [leaf(index), root(size)]).entries()) {
          if (includes(index, size, leaf(index), other, root(size))) accepted.push(`${index} of ${size}: ${kind}`);
        }
      }
    }
    expect(accepted).toEqual([]);
  });

  it('proves no other leaf, no other place, and no tree whose root is another one', () => {
    const accepted: string[] = [];
    for (let size = 1; size <= 26; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = tree.path(index, 0, size);
        for (let other = 0; other <= 28; other += 1) {
          if (other !== index && includes(other, size, leaf(index), proof, root(size))) accepted.push('place');
          if (other !== index && includes(index, size, leaf(other), proof, root(size))) accepted.push('leaf');
          if (other !== size && includes(index, other, leaf(index), proof, root(other))) accepted.push('tree');
        }
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is judged as by a recursive verifier when size, place and root do not belong together', () => {
    const different: string[] = [];
    for (let size = 1; size <= 14; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = tree.path(index, 0, size);
        for (let claimed = 1; claimed <= 20; claimed += 1) {
          for (let place = 0; place <= claimed; place += 1) {
            const reached = naiveInclusionRoot(place, claimed, leaf(index), proof);
            const expected = reached?.equals(root(size)) ?? false;
            if (includes(place, claimed, leaf(index), proof, root(size)) !== expected)
              different.push(`${place}/${claimed}`);
          }
        }
      }
    }
    expect(different).toEqual([]);
  });

  it('does not exist for a leaf beyond the tree', () => {
    expect(() => inclusionProof(leafIndex(7), treeSize(7), tree)).toThrow(RangeError);
    expect(() => inclusionProof(leafIndex(0), treeSize(0), tree)).toThrow(RangeError);
    expect(includes(0, 0, leaf(0), [], leaf(0))).toBe(false);
    expect(includes(1, 1, leaf(0), [], leaf(0))).toBe(false);
  });

  it('takes no short leaf hash or root', () => {
    expect(includes(0, 1, Buffer.alloc(0), [], Buffer.alloc(0))).toBe(false);
    expect(includes(0, 1, Buffer.alloc(31), [], Buffer.alloc(31))).toBe(false);
  });
});

describe('a consistency proof', () => {
  it.each(vectors.merkle.consistency)('from $old to $new is that of other implementations', (vector) => {
    const { old, new: size } = vector;
    expect(toHex(consistencyProof(treeSize(old), treeSize(size), tree))).toEqual(vector.proof);
    expect(grows(old, size, root(old), root(size), fromHex(vector.proof))).toBe(true);
  });

  it('from 7 to 300 is that of other implementations', () => {
    expect(toHex(consistencyProof(treeSize(7), treeSize(300), tree))).toEqual(vectors.merkle300.consistency_7_300);
  });

  it('is what RFC 6962 says and verifies, for all pairs of sizes up to 300', () => {
    const wrong: string[] = [];
    for (let newer = 1; newer <= largest; newer += 1) {
      for (let older = 1; older <= newer; older += 1) {
        const proof = consistencyProof(treeSize(older), treeSize(newer), tree);
        const isRight =
          same(proof, tree.subproof(older, 0, newer, true)) && grows(older, newer, root(older), root(newer), proof);
        if (!isRight) wrong.push(`${older} to ${newer}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('fails with any bit flipped in it or in one of the roots', () => {
    const accepted: string[] = [];
    for (const newer of [1, 2, 3, 4, 5, 6, 7, 8, 13]) {
      for (let older = 1; older <= newer; older += 1) {
        const proof = consistencyProof(treeSize(older), treeSize(newer), tree);
        for (const [from = emptyRoot, to = emptyRoot, ...flipped] of bitFlips([root(older), root(newer), ...proof])) {
          if (grows(older, newer, from, to, flipped)) accepted.push(`${older} to ${newer}`);
        }
      }
    }
    expect(accepted).toEqual([]);
  });

  it('fails when hashes are missing, added, moved or of another length, or the roots are swapped', () => {
    const accepted: string[] = [];
    for (let newer = 1; newer <= 33; newer += 1) {
      for (let older = 1; older <= newer; older += 1) {
        const proof = consistencyProof(treeSize(older), treeSize(newer), tree);
        for (const [kind, other] of mangled(proof, [root(older), root(newer)]).entries()) {
          if (grows(older, newer, root(older), root(newer), other)) accepted.push(`${older} to ${newer}: ${kind}`);
        }
        if (older < newer && grows(older, newer, root(newer), root(older), proof)) accepted.push('swapped roots');
        if (older < newer && grows(newer, older, root(newer), root(older), proof)) accepted.push('swapped sizes');
      }
    }
    expect(accepted).toEqual([]);
  });

  it('shows no tree but the two it was made for', () => {
    const accepted: string[] = [];
    for (let newer = 1; newer <= 24; newer += 1) {
      for (let older = 1; older < newer; older += 1) {
        const proof = tree.subproof(older, 0, newer, true);
        for (let other = 0; other <= 26; other += 1) {
          if (other !== older && other !== newer && grows(other, newer, root(other), root(newer), proof))
            accepted.push('older');
          if (other !== newer && other !== older && grows(older, other, root(older), root(other), proof))
            accepted.push('newer');
        }
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is judged as by a recursive verifier when sizes and roots do not belong together', () => {
    const different: string[] = [];
    for (let newer = 2; newer <= 14; newer += 1) {
      for (let older = 1; older < newer; older += 1) {
        const proof = tree.subproof(older, 0, newer, true);
        for (let to = 2; to <= 20; to += 1) {
          for (let from = 1; from < to; from += 1) {
            const reached = naiveConsistencyRoots(from, to, proof, root(older));
            const expected = reached !== undefined && reached[0].equals(root(older)) && reached[1].equals(root(newer));
            if (grows(from, to, root(older), root(newer), proof) !== expected) different.push(`${from}/${to}`);
          }
        }
      }
    }
    expect(different).toEqual([]);
  });

  it('from the empty tree is empty, and holds for the one empty root only', () => {
    expect(consistencyProof(treeSize(0), treeSize(7), tree)).toEqual([]);
    expect(grows(0, 7, emptyRoot, root(7), [])).toBe(true);
    expect(grows(0, 0, emptyRoot, emptyRoot, [])).toBe(true);
    expect(grows(0, 7, root(1), root(7), [])).toBe(false);
    expect(grows(0, 7, emptyRoot, root(7), [root(7)])).toBe(false);
    expect(grows(0, 0, root(1), root(1), [])).toBe(false);
    expect(grows(0, 0, emptyRoot, root(1), [])).toBe(false);
  });

  it('between equal sizes is empty, and one size has one root', () => {
    expect(grows(5, 5, root(5), root(5), [])).toBe(true);
    expect(grows(5, 5, root(5), root(6), [])).toBe(false);
    expect(grows(5, 5, root(5), root(5), [root(5)])).toBe(false);
  });

  it('does not exist for a tree that shrank', () => {
    expect(() => consistencyProof(treeSize(8), treeSize(7), tree)).toThrow(RangeError);
    expect(grows(8, 7, root(8), root(7), [])).toBe(false);
  });
});
