import type { TreeSize } from '#kernel';
import { InvalidTile } from './errors.js';
import { hashLength } from './hash.js';
import type { NodeReader } from './tree.js';

/** Levels of the tree in one level of tiles. */
export const tileHeight = 8;
/** Hashes of a full tile, and entries of a full bundle. */
export const tileWidth = 256;

/** A level of hash tiles, counted from the leaves, or the bundles of entries below them. */
export type TileLevel = number | 'entries';

/** Names a stored run of hashes or entries (c2sp.org/tlog-tiles). */
export interface Tile {
  /** 0 to 63, or `entries`. */
  readonly level: TileLevel;
  /** Place among the tiles of this level, from 0. */
  readonly index: number;
  /** How many hashes or entries: 256 when full, 1 to 255 at the right edge. */
  readonly width: number;
}

const pathForm = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/;

/**
 * Path of a tile below the log's address: `tile/0/x001/x234/067`, `tile/entries/000.p/7`.
 * @throws InvalidTile when no tile has these coordinates.
 */
export function tilePath({ level, index, width }: Tile): string {
  const isLevel = level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= 63);
  const isIndex = Number.isSafeInteger(index) && index >= 0;
  const isWidth = Number.isInteger(width) && width >= 1 && width <= tileWidth;
  if (!isLevel || !isIndex || !isWidth) throw new InvalidTile('no tile has these coordinates');
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  }
  return `tile/${level}/${groups.join('/')}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** The tile a path names; `undefined` unless it is exactly what {@link tilePath} writes. */
export function parseTilePath(text: string): Tile | undefined {
  const [, level, groups, width] = pathForm.exec(text) ?? [];
  if (level === undefined || groups === undefined) return undefined;
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(groups.replace(/[x/]/g, '')),
    width: width === undefined ? tileWidth : Number(width),
  };
  try {
    return tilePath(tile) === text ? tile : undefined;
  } catch (error) {
    if (error instanceof InvalidTile) return undefined;
    throw error;
  }
}

/** Hashes or entries in the partial tile at the right edge of a level; 0 when the level ends with a full tile. */
export const partialWidth = (level: TileLevel, size: TreeSize): number => hashesAt(level, size) % tileWidth;

/**
 * The hash tiles to write when a tree grows, lowest level first: every tile the newer size has that the older has not,
 * or has narrower. Entry bundles have the coordinates of the tiles of level 0.
 */
export function* tilesBetween(older: TreeSize, newer: TreeSize): Generator<Tile & { readonly level: number }> {
  for (let level = 0; hashesAt(level, newer) > 0; level += 1) {
    const before = hashesAt(level, older);
    const after = hashesAt(level, newer);
    if (after === before) continue;
    for (let index = Math.floor(before / tileWidth); index * tileWidth < after; index += 1) {
      yield { level, index, width: Math.min(tileWidth, after - index * tileWidth) };
    }
  }
}

/** The bytes of a hash tile: the roots of its complete subtrees, 32 bytes each, in order. */
export function tileContent({ level, index, width }: Tile & { readonly level: number }, reader: NodeReader): Buffer {
  const bytes = Buffer.alloc(width * hashLength);
  for (let place = 0; place < width; place += 1) {
    bytes.set(reader.node(level * tileHeight, index * tileWidth + place), place * hashLength);
  }
  return bytes;
}

const hashesAt = (level: TileLevel, size: TreeSize): number =>
  Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level));
