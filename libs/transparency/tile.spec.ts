import fc from 'fast-check';
import { leafIndex, treeSize } from '#kernel';
import {
  consistencyProof,
  decodeBundle,
  encodeBundle,
  Frontier,
  inclusionProof,
  InvalidTile,
  parseTilePath,
  partialWidth,
  rootAt,
  type Tile,
  tileContent,
  tileNodes,
  tilePath,
  tilesBetween,
  type TileSource,
  verifyConsistency,
  verifyInclusion,
} from '#transparency';
import { NaiveTree } from './testing/naive-tree.js';
import { vectors } from './testing/vectors.js';

const seed = 20261122;
const leaves = Array.from({ length: 1100 }, (_, index) => Buffer.from(`entry-${index}`));
const tree = new NaiveTree(leaves);

function tilesOf(size: number): Map<string, Buffer> {
  const tiles = [...tilesBetween(treeSize(0), treeSize(size))];
  return new Map(tiles.map((tile) => [tilePath(tile), tileContent(tile, tree)]));
}

const fromTiles =
  (tiles: ReadonlyMap<string, Buffer>, size: number): TileSource =>
  (level, index) => {
    const hashes = Math.floor(size / 256 ** level);
    const bytes = tiles.get(tilePath({ level, index, width: Math.min(256, hashes - index * 256) }));
    if (bytes === undefined) throw new Error(`no tile ${level}/${index} in a tree of ${size}`);
    return bytes;
  };

describe('the path of a tile', () => {
  it.each<[string, Tile]>([
    ['tile/0/000', { level: 0, index: 0, width: 256 }],
    ['tile/0/000.p/7', { level: 0, index: 0, width: 7 }],
    ['tile/1/999', { level: 1, index: 999, width: 256 }],
    ['tile/2/x001/000', { level: 2, index: 1000, width: 256 }],
    ['tile/entries/x001/x234/067.p/255', { level: 'entries', index: 1234067, width: 255 }],
    ['tile/63/x009/x007/x199/x254/x740/991', { level: 63, index: Number.MAX_SAFE_INTEGER, width: 256 }],
  ])('%s is written and read', (path, tile) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it(`reads back for any tile (seed ${seed})`, () => {
    const tiles = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.oneof(fc.maxSafeNat(), fc.nat(5000)),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tiles, (tile) => expect(parseTilePath(tilePath(tile))).toEqual(tile)),
      { seed },
    );
  });

  it.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/0/x000/000',
    'tile/0/x000/x001/000',
    'tile/0/1000',
    'tile/0/x001',
    'tile/0/001/002',
    'tile/00/000',
    'tile/01/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/data/000',
    'tile/8/0/000/000',
    'tile/0/000.p/0',
    'tile/0/000.p/07',
    'tile/0/000.p/256',
    'tile/0/000.p/',
    'tile/0/000.p/1/',
    'tile/0/000/',
    '/tile/0/000',
    'tile/0/000\n',
    'tile/0/../0/000',
    'tile/0/٠٠٠',
    'tile/0/x009/x007/x199/x254/x740/992',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
    'tile//000',
    'tile/0',
    '',
  ])('%j names no tile', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it('is written for no tile that cannot be', () => {
    const impossible: Tile[] = [
      { level: 64, index: 0, width: 256 },
      { level: -1, index: 0, width: 256 },
      { level: 0.5, index: 0, width: 256 },
      { level: 0, index: -1, width: 256 },
      { level: 0, index: 2 ** 53, width: 256 },
      { level: 0, index: 0, width: 0 },
      { level: 0, index: 0, width: 257 },
    ];
    for (const tile of impossible) expect(() => tilePath(tile)).toThrow(InvalidTile);
  });
});

describe('the width of the tiles at the right edge', () => {
  it('counts what does not fill a tile, at every level', () => {
    expect([0, 1, 2, 3].map((level) => partialWidth(level, treeSize(70_000)))).toEqual([112, 17, 1, 0]);
    expect([0, 1].map((level) => partialWidth(level, treeSize(256)))).toEqual([0, 1]);
    expect(partialWidth('entries', treeSize(70_000))).toBe(112);
    const size = treeSize(2 ** 53 - 1);
    expect([0, 5, 6, 7, 63].map((level) => partialWidth(level, size))).toEqual([255, 255, 31, 0, 0]);
  });

  it('gives the tiles of a tree of 70,000 leaves', () => {
    const paths = [...tilesBetween(treeSize(0), treeSize(70_000))].map(tilePath);
    expect(paths).toHaveLength(274 + 2 + 1);
    expect(paths).toEqual(
      expect.arrayContaining(['tile/0/272', 'tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']),
    );
  });
});

describe('the tiles of a tree', () => {
  it('are those of other implementations', () => {
    expect(tilesOf(7).get('tile/0/000.p/7')?.toString('hex')).toBe(vectors.tiles['tile/0/000.p/7']);
    expect(encodeBundle(leaves.slice(0, 7)).toString('hex')).toBe(vectors.tiles['tile/entries/000.p/7']);
    const tiles = tilesOf(300);
    expect([...tiles.keys()]).toEqual(['tile/0/000', 'tile/0/001.p/44', 'tile/1/000.p/1']);
    expect(tiles.get('tile/1/000.p/1')?.toString('hex')).toBe(vectors.merkle300.tile_1_000_p_1);
  });

  it(`never change when the tree grows: a narrower tile is the beginning of a wider one (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1100 }), fc.integer({ min: 1, max: 1100 }), (one, other) => {
        const [older, newer] = [tilesOf(Math.min(one, other)), tilesOf(Math.max(one, other))];
        for (const [path, bytes] of older) {
          const stem = path.replace(/\.p\/.*/, '');
          const [grown] = [...newer].find(([each]) => each === stem || each.startsWith(`${stem}.p/`)) ?? [];
          expect(newer.get(grown ?? '')?.subarray(0, bytes.length)).toEqual(bytes);
        }
      }),
      { seed, numRuns: 12 },
    );
  });

  it(`are complete when only what growth adds is written, step by step (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1100 }), { maxLength: 6 }), (steps) => {
        const written = new Map<string, Buffer>();
        let size = treeSize(0);
        for (const next of steps.toSorted((a, b) => a - b).map(treeSize)) {
          for (const tile of tilesBetween(size, next)) written.set(tilePath(tile), tileContent(tile, tree));
          size = next;
        }
        for (const [path, bytes] of tilesOf(size)) expect(written.get(path)).toEqual(bytes);
      }),
      { seed, numRuns: 12 },
    );
  });

  it('are written again only when they grew', () => {
    const written = (older: number, newer: number): string[] =>
      [...tilesBetween(treeSize(older), treeSize(newer))].map(tilePath);
    expect(written(256, 257)).toEqual(['tile/0/001.p/1']);
    expect(written(255, 256)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(written(300, 513)).toEqual(['tile/0/001', 'tile/0/002.p/1', 'tile/1/000.p/2']);
    expect(written(513, 513)).toEqual([]);
  });

  it('can be written from what the frontier tells', () => {
    const levels: Buffer[][] = [];
    const frontier = Frontier.empty();
    tree.leafHashes.forEach((leaf) => frontier.append(leaf, (level, _, node) => (levels[level] ??= []).push(node)));
    for (const tile of tilesBetween(treeSize(0), frontier.size)) {
      const hashes = levels[tile.level * 8]?.slice(tile.index * 256, tile.index * 256 + tile.width) ?? [];
      expect(Buffer.concat(hashes)).toEqual(tileContent(tile, tree));
    }
  });
});

describe('nodes read from tiles', () => {
  it.each([1, 2, 7, 255, 256, 257, 300, 511, 512, 513, 1100])('are all nodes of a tree of %d leaves', (size) => {
    const reader = tileNodes(fromTiles(tilesOf(size), size));
    const wrong: string[] = [];
    for (let level = 0; 2 ** level <= size; level += 1) {
      for (let index = 0; (index + 1) * 2 ** level <= size; index += 1) {
        if (!reader.node(level, index).equals(tree.node(level, index))) wrong.push(`${level}/${index}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it(`give roots and proofs of every size the tiles reach (seed ${seed})`, () => {
    const reader = tileNodes(fromTiles(tilesOf(1100), 1100));
    const sizes = fc.integer({ min: 1, max: 1100 });
    fc.assert(
      fc.property(sizes, sizes, fc.nat(), (one, other, place) => {
        const [older, newer] = [treeSize(Math.min(one, other)), treeSize(Math.max(one, other))];
        const index = leafIndex(place % newer);
        expect(rootAt(newer, reader)).toEqual(tree.root(0, newer));
        const roots = [tree.root(0, older), tree.root(0, newer)] as const;
        verifyInclusion(index, newer, tree.root(index, index + 1), inclusionProof(index, newer, reader), roots[1]);
        verifyConsistency(older, newer, ...roots, consistencyProof(older, newer, reader));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('ask for no more hashes than needed, and again only when what they hold is too narrow', () => {
    const asked: string[] = [];
    const full = tilesOf(512);
    const reader = tileNodes((level, index, minimumWidth) => {
      asked.push(`${level}/${index} ${minimumWidth}`);
      return (full.get(tilePath({ level, index, width: 256 })) ?? Buffer.alloc(0)).subarray(0, minimumWidth * 32);
    });
    for (const [level, index] of [
      [0, 2],
      [1, 0],
      [3, 1],
      [0, 9],
      [7, 1],
      [7, 0],
    ] as const)
      reader.node(level, index);
    expect(asked).toEqual(['0/0 3', '0/0 16', '0/0 256']);
  });

  it('are of the right tile beyond 2^31', () => {
    const asked: number[][] = [];
    const reader = tileNodes((...place) => {
      asked.push(place);
      return Buffer.alloc(256 * 32);
    });
    reader.node(0, 2 ** 52 + 5);
    reader.node(9, 2 ** 40 + 3);
    reader.node(48, 30);
    expect(asked).toEqual([
      [0, 2 ** 44, 6],
      [1, 2 ** 33, 8],
      [6, 0, 31],
    ]);
  });

  it.each([
    ['short', Buffer.alloc(32 * 4)],
    ['cut inside a hash', Buffer.alloc(32 * 8 + 1)],
    ['longer than any tile', Buffer.alloc(32 * 257)],
  ])('are refused when the tile is %s', (_, bytes) => {
    expect(() => tileNodes(() => bytes).node(0, 4)).toThrow(InvalidTile);
  });
});

describe('an entry bundle', () => {
  it(`gives back its entries (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries))).toEqual(entries.map((entry) => Buffer.from(entry)));
      }),
      { seed, numRuns: 50 },
    );
  });

  it('holds entries from nothing to 65,535 bytes, and 256 of them', () => {
    const entries = [Buffer.alloc(0), Buffer.alloc(65_535, 1), Buffer.alloc(0)];
    expect(decodeBundle(encodeBundle(entries))).toEqual(entries);
    expect(decodeBundle(encodeBundle(leaves.slice(0, 256)))).toHaveLength(256);
    expect(() => encodeBundle([Buffer.alloc(65_536)])).toThrow(InvalidTile);
    expect(() => encodeBundle(leaves.slice(0, 257))).toThrow(InvalidTile);
    expect(() => encodeBundle([])).toThrow(InvalidTile);
  });

  it('is refused when cut anywhere inside an entry, or with more than 256 entries', () => {
    const bytes = encodeBundle(leaves.slice(0, 3));
    const borders = [9, 18, 27];
    for (let length = 0; length <= bytes.length; length += 1) {
      const cut = bytes.subarray(0, length);
      if (borders.includes(length)) expect(decodeBundle(cut)).toHaveLength(length / 9);
      else expect(() => decodeBundle(cut)).toThrow(InvalidTile);
    }
    expect(() => decodeBundle(Buffer.alloc(2 * 257))).toThrow(InvalidTile);
  });
});
