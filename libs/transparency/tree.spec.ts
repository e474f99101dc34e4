import { leafIndex, treeSize } from '#kernel';
import {
  consistencyProof,
  emptyRoot,
  Frontier,
  inclusionProof,
  leafHash,
  nodeHash,
  type NodeReader,
  rootAt,
  verifyConsistency,
  verifyInclusion,
} from '#transparency';
import { InvalidProof } from './errors.js';
import { NaiveTree } from './testing/naive-tree.js';
import { fromHex, toHex, vectors } from './testing/vectors.js';

const entries = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => Buffer.from(`entry-${index}`));
const tree = new NaiveTree(entries(300));

describe('the hashes of the tree', () => {
  it('agree with other implementations on seven entries', () => {
    expect(toHex(vectors.merkle.leaf_data.map((data) => leafHash(Buffer.from(data))))).toEqual(
      vectors.merkle.leaf_hash,
    );
    expect(toHex(vectors.merkle.roots.map((_, size) => rootAt(treeSize(size), tree)))).toEqual(vectors.merkle.roots);
  });

  it('agree with the reference tree of Certificate Transparency', () => {
    const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const frontier = Frontier.empty();
    const roots = fromHex(leaves).map((leaf) => {
      frontier.append(leafHash(leaf));
      return frontier.root();
    });
    expect(toHex(roots)).toEqual([
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ]);
  });

  it('agree with other implementations on 300 entries', () => {
    expect(rootAt(treeSize(300), tree).toString('hex')).toBe(vectors.merkle300.root);
    expect(rootAt(treeSize(256), tree).toString('hex')).toBe(vectors.merkle300.tile_1_000_p_1);
  });

  it('tell a leaf from a node, whatever the length of the leaf', () => {
    const [left, right] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))];
    expect(leafHash(Buffer.concat([Buffer.of(1), left, right]))).not.toEqual(nodeHash(left, right));
    for (const length of [0, 1, 64, 65_534, 65_535, 65_536, 70_000]) {
      const leaf = Buffer.alloc(length, 7);
      expect(leafHash(leaf)).toEqual(new NaiveTree([leaf]).root(0, 1));
    }
  });

  it('never take a child that is not 32 bytes', () => {
    const hash = leafHash(Buffer.from('a'));
    expect(() => nodeHash(hash.subarray(1), hash)).toThrow(RangeError);
    expect(() => nodeHash(hash, Buffer.concat([hash, Buffer.of(0)]))).toThrow(RangeError);
    expect(() => Frontier.empty().append(hash.subarray(1))).toThrow(RangeError);
  });
});

describe('the frontier', () => {
  it('has the root of the whole tree at every size, and so has a frontier resumed there', () => {
    const frontier = Frontier.empty();
    expect(frontier.root()).toEqual(emptyRoot);
    tree.leafHashes.forEach((leaf, index) => {
      expect(frontier.append(leaf)).toBe(index);
      const size = treeSize(index + 1);
      const root = tree.root(0, size);
      const roots = [frontier, Frontier.at(size, tree)].map((each) => each.root().equals(root));
      expect([frontier.size, ...roots, rootAt(size, tree).equals(root)]).toEqual([size, true, true, true]);
    });
  });

  it('grows on as if never interrupted, from every size', () => {
    for (let start = 0; start <= 66; start += 1) {
      const frontier = Frontier.at(treeSize(start), tree);
      tree.leafHashes.slice(start, 70).forEach((leaf) => frontier.append(leaf));
      expect(frontier.root()).toEqual(tree.root(0, 70));
    }
  });

  it('tells of every complete subtree once, at its place', () => {
    const heard = new Map<string, Buffer>();
    const frontier = Frontier.empty();
    tree.leafHashes.forEach((leaf) =>
      frontier.append(leaf, (level, index, node) => {
        expect(heard.has(`${level}/${index}`)).toBe(false);
        heard.set(`${level}/${index}`, node);
      }),
    );
    let expected = 0;
    for (let level = 0; 2 ** level <= 300; level += 1) {
      for (let index = 0; (index + 1) * 2 ** level <= 300; index += 1) {
        expect(heard.get(`${level}/${index}`)?.equals(tree.node(level, index))).toBe(true);
        expected += 1;
      }
    }
    expect(heard.size).toBe(expected);
  });
});

describe('a tree far beyond 2^31 leaves', () => {
  const marked = [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 40 - 1, 2 ** 40, 2 ** 40 + 122, 2 ** 53 - 2];
  const sizes = [2 ** 31, 2 ** 31 + 1, 2 ** 32 + 2, 2 ** 40, 2 ** 40 + 123, 2 ** 52 + 2 ** 31 + 5, 2 ** 53 - 1];
  const plain = [leafHash(Buffer.from('plain'))];
  for (let level = 1; level <= 53; level += 1)
    plain.push(nodeHash(plain.at(-1) ?? emptyRoot, plain.at(-1) ?? emptyRoot));

  const leafAt = (index: number): Buffer => leafHash(Buffer.from(marked.includes(index) ? `marked ${index}` : 'plain'));
  let reads = 0;
  /** All leaves are alike but the marked ones, so that any node is known after at most 53 hashes for each mark. */
  const derive = (level: number, index: number): Buffer => {
    const width = 2 ** level;
    const isPlain = !marked.some((mark) => mark >= index * width && mark - index * width < width);
    if (isPlain) return plain[level] ?? emptyRoot;
    return level === 0 ? leafAt(index) : nodeHash(derive(level - 1, 2 * index), derive(level - 1, 2 * index + 1));
  };
  const reader: NodeReader = {
    node(level, index) {
      reads += 1;
      return derive(level, index);
    },
  };

  it.each(sizes)('proves every marked leaf of %d in O(log n) reads, at no other place', (text) => {
    const size = treeSize(text);
    const root = rootAt(size, reader);
    for (const mark of marked.filter((each) => each < size)) {
      reads = 0;
      const proof = inclusionProof(leafIndex(mark), size, reader);
      expect(reads).toBeLessThanOrEqual(2 * 53);
      verifyInclusion(leafIndex(mark), size, leafAt(mark), proof, root);
      const others = [mark - 1, mark + 1, mark + 2 ** 32].filter((each) => each >= 0 && Number.isSafeInteger(each));
      for (const neighbour of others) {
        expect(() => verifyInclusion(leafIndex(neighbour), size, leafAt(mark), proof, root)).toThrow(InvalidProof);
      }
    }
  });

  it('proves growth between any two of the sizes in O(log n) reads', () => {
    for (const older of sizes.map(treeSize)) {
      for (const newer of sizes.map(treeSize).filter((each) => each >= older)) {
        const roots = [rootAt(older, reader), rootAt(newer, reader)] as const;
        reads = 0;
        const proof = consistencyProof(older, newer, reader);
        expect(reads).toBeLessThanOrEqual(2 * 53);
        verifyConsistency(older, newer, ...roots, proof);
        if (older === newer) continue;
        expect(() => verifyConsistency(older, newer, roots[1], roots[0], proof)).toThrow(InvalidProof);
        expect(() => verifyConsistency(older, newer, leafHash(roots[0]), roots[1], proof)).toThrow(InvalidProof);
      }
    }
  });

  it('is resumed and grown at its right edge', () => {
    const frontier = Frontier.at(treeSize(2 ** 40 + 122), reader);
    expect(frontier.root()).toEqual(rootAt(treeSize(2 ** 40 + 122), reader));
    frontier.append(leafAt(2 ** 40 + 122));
    expect(frontier.root()).toEqual(rootAt(treeSize(2 ** 40 + 123), reader));
    const filling = Frontier.at(treeSize(2 ** 40 - 1), reader);
    filling.append(leafAt(2 ** 40 - 1));
    expect(filling.root()).toEqual(reader.node(40, 0));
    filling.append(leafAt(2 ** 40));
    expect(filling.root()).toEqual(rootAt(treeSize(2 ** 40 + 1), reader));
  });

  it('is full at 2^53 - 1 leaves, and stays as it was when told to grow further', () => {
    const frontier = Frontier.at(treeSize(2 ** 53 - 2), reader);
    frontier.append(leafAt(2 ** 53 - 2));
    const root = frontier.root();
    expect(root).toEqual(rootAt(treeSize(2 ** 53 - 1), reader));
    expect(() => frontier.append(leafAt(5))).toThrow(RangeError);
    expect([frontier.size, frontier.root()]).toEqual([2 ** 53 - 1, root]);
  });
});
