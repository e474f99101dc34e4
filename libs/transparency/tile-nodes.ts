import { InvalidTile } from './errors.js';
import { hashLength, nodeHash } from './hash.js';
import { tileHeight, tileWidth } from './tile.js';
import type { NodeReader } from './tree.js';

/**
 * Raw hashes of a tile, at least `minimumWidth` of them: a full tile or any partial one that is wide enough. Throws
 * when there is none.
 */
export type TileSource = (level: number, index: number, minimumWidth: number) => Buffer;

/** Proofs walk the path to one leaf and the right edge: two tiles at each of at most seven levels. */
const rememberedTiles = 16;

/**
 * Reads the nodes of a tree from its tiles: what lies between two levels of tiles is hashed up inside the lower tile.
 * Remembers the last few tiles, so make one reader for a task and not for a process. Nothing read is authentic until a
 * proof made from it verifies.
 * @throws InvalidTile from `node` when a tile is too short, too long or cut inside a hash.
 */
export function tileNodes(source: TileSource): NodeReader {
  const recent = new Map<string, HashedTile>();

  function tileAt(level: number, index: number, minimumWidth: number): HashedTile {
    const key = `${level}/${index}`;
    const kept = recent.get(key);
    const isWideEnough = kept !== undefined && kept.width >= minimumWidth;
    const tile = isWideEnough ? kept : new HashedTile(source(level, index, minimumWidth), minimumWidth);
    recent.delete(key);
    recent.set(key, tile);
    const [oldest] = recent.keys();
    if (recent.size > rememberedTiles && oldest !== undefined) recent.delete(oldest);
    return tile;
  }

  return {
    node(level, index) {
      const span = 2 ** (level % tileHeight);
      const nodesInTile = tileWidth / span;
      const place = index % nodesInTile;
      const tile = tileAt(Math.floor(level / tileHeight), Math.floor(index / nodesInTile), (place + 1) * span);
      return tile.node(nodesInTile + place);
    },
  };
}

/** The complete subtrees inside a tile, numbered like a heap: 1 is the whole full tile, 256 to 511 are its hashes. */
class HashedTile {
  private readonly nodes: (Buffer | undefined)[] = [];
  readonly width: number;

  constructor(
    private readonly hashes: Buffer,
    minimumWidth: number,
  ) {
    this.width = hashes.length / hashLength;
    if (!Number.isInteger(this.width)) throw new InvalidTile('the tile ends inside a hash');
    if (this.width > tileWidth) throw new InvalidTile(`the tile holds ${this.width} hashes, more than ${tileWidth}`);
    if (this.width < minimumWidth) {
      throw new InvalidTile(`the tile holds ${this.width} hashes, at least ${minimumWidth} are needed`);
    }
  }

  node(number: number): Buffer {
    return (this.nodes[number] ??=
      number < tileWidth
        ? nodeHash(this.node(2 * number), this.node(2 * number + 1))
        : this.hashes.subarray((number - tileWidth) * hashLength, (number - tileWidth + 1) * hashLength));
  }
}
