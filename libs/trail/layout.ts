import { isLogName, type LeafIndex, type LogName, leafIndex, treeSize, type TreeSize } from '#kernel';
import { parseDecimal, type Tile, tilePath, tileWidth } from '#transparency';

/** The files of a trail besides its tiles, below the bag's folder (BagIt 1.0, RFC 8493). */
export const trailFiles = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  readme: 'data/README.txt',
  checkpoint: 'data/checkpoint',
  logKey: 'data/log-key.txt',
  consistency: 'data/consistency.txt',
  entries: 'data/entries.ndjson',
  index: 'data/index.tsv',
  disclosures: 'data/disclosures.ndjson',
  redactions: 'data/redactions.tsv',
} as const;

/** Present only in a trail that was asked for with `since`. */
export const optionalFiles: readonly string[] = [trailFiles.consistency];

export const bagitText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

export const trailFolder = (id: string): string => `audit-export-${id}`;

export const tileFile = (tile: Tile): string => `data/${tilePath(tile)}`;

/** Below it lie documents that people read. They are the word of whoever wrote the trail. */
export const documentFolder = 'data/documents/';

/** Which leaves a trail holds: [from, to) of one log, or so many of them. */
export interface TrailRange {
  readonly log: LogName;
  readonly from: LeafIndex;
  readonly to: TreeSize;
  /** how many leaves were selected; absent where it is all of them */
  readonly selected?: number;
}

/** The range as written in `bag-info.txt`. */
export const rangeTags = ({ log, from, to, selected }: TrailRange): [string, string][] => [
  ['Export-Log', log],
  ['Export-From', String(from)],
  ['Export-To', String(to)],
  ...(selected === undefined ? [] : [['Export-Selected', String(selected)] satisfies [string, string]]),
];

/** Reads the range back; `undefined` when a tag is missing, malformed or given twice, or selects more than there is. */
export function parseRange(info: string): TrailRange | undefined {
  const tag = (name: string): string | undefined => {
    const found = [...info.matchAll(new RegExp(`^${name}: (.*)$`, 'gm'))];
    return found.length === 1 ? found[0]?.[1] : undefined;
  };
  const log = tag('Export-Log');
  const from = parseDecimal(tag('Export-From') ?? '');
  const to = parseDecimal(tag('Export-To') ?? '');
  if (!isLogName(log) || from === undefined || to === undefined || from > to) return undefined;
  const range = { log, from: leafIndex(from), to: treeSize(to) };
  if (!/^Export-Selected:/m.test(info)) return range;
  const selected = parseDecimal(tag('Export-Selected') ?? '');
  return selected === undefined || selected > to - from ? undefined : { ...range, selected };
}

export type HashTile = Tile & { readonly level: number };

/**
 * The tiles that tie the leaves [from, to) to the root of a tree: the tiles of level 0 over the range, every tile
 * above level 0, and the partial tiles of the right edge. Lowest level first.
 *
 * @param selected the leaves the trail holds, where it is not all: of level 0 their tiles only
 */
export function* trailTiles(
  size: TreeSize,
  { from, to }: Pick<TrailRange, 'from' | 'to'>,
  selected?: Iterable<LeafIndex>,
): Generator<HashTile> {
  const wanted = selected && new Set([...selected].map((index) => Math.floor(index / tileWidth)));
  for (let level = 0, hashes: number = size; hashes > 0; level += 1, hashes = Math.floor(hashes / tileWidth)) {
    const full = Math.floor(hashes / tileWidth);
    const first = level > 0 || from === to ? 0 : Math.floor(from / tileWidth);
    const end = level > 0 ? full : from === to ? 0 : Math.min(full, Math.ceil(to / tileWidth));
    for (let index = first; index < end; index += 1) {
      if (level > 0 || wanted === undefined || wanted.has(index)) yield { level, index, width: tileWidth };
    }
    if (hashes % tileWidth > 0) yield { level, index: full, width: hashes % tileWidth };
  }
}

/** The partial tiles of a tree: together they hold all that its root is made from. */
export function* rightEdge(size: TreeSize): Generator<HashTile> {
  for (let level = 0, hashes: number = size; hashes > 0; level += 1, hashes = Math.floor(hashes / tileWidth)) {
    const width = hashes % tileWidth;
    if (width > 0) yield { level, index: Math.floor(hashes / tileWidth), width };
  }
}

/** The tile of a level and place, as wide as a tree of this size makes it. */
export function tileAt(level: number, index: number, size: TreeSize): HashTile {
  const hashes = Math.floor(size / tileWidth ** level);
  return { level, index, width: Math.min(tileWidth, hashes - index * tileWidth) };
}
