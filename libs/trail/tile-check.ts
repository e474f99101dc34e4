import type { LeafIndex } from '#kernel';
import { hashLength, nodeHash, rootAt, type TreeHead, tileNodes, tileWidth } from '#transparency';
import type { Archive } from './archive.js';
import { type HashTile, rightEdge, tileAt, tileFile, type TrailRange, trailTiles } from './layout.js';
import type { Findings } from './report.js';
import { type Progress, Turns } from './turns.js';

const reportedMissing = 100;

/**
 * The hashes of a trail's tree. After {@link check} every tile that is not suspect is committed to by the root: each
 * full tile folds to its hash in the tile above, and the partial tiles of the right edge fold to the root.
 */
export class TileTree {
  private readonly suspect = new Set<string>();
  private leaves: { index: number; hashes: Buffer | undefined } | undefined;
  private readonly recent = new Map<number, { index: number; hashes: Buffer }>();

  constructor(
    private readonly archive: Archive,
    private readonly head: TreeHead,
    private readonly findings: Findings,
  ) {}

  /**
   * @param selected the leaves the trail holds, where it is not all of the range
   * @returns the paths of the tiles a trail of this range has
   */
  async check(
    range: TrailRange,
    selected: Iterable<LeafIndex> | undefined,
    progress: Progress,
  ): Promise<ReadonlySet<string>> {
    const paths = new Set<string>();
    const turns = new Turns(progress, 'tiles', this.tilesInArchive());
    let missing = 0;
    for (const tile of trailTiles(this.head.size, range, selected)) {
      const path = tileFile(tile);
      if (this.hashes(tile) === undefined) {
        this.complain('incomplete', 'The tile is missing or cut short.', tile);
        missing += 1;
        if (missing === reportedMissing) break;
      }
      paths.add(path);
      if (tile.width === tileWidth) this.checkFull(tile);
      await turns.reach(paths.size);
    }
    this.checkRoot();
    return paths;
  }

  /** The leaf's hash under the root; `undefined` when its tile is missing or suspect. */
  leafHash(index: LeafIndex): Buffer | undefined {
    const place = (index % tileWidth) * hashLength;
    return this.leafTile(index)?.subarray(place, place + hashLength);
  }

  /** Where a leaf with this hash comes next, near `index`; `undefined` when it is not there. */
  find(leafHash: Buffer, index: LeafIndex): number | undefined {
    for (let start = index - (index % tileWidth); start <= index + tileWidth; start += tileWidth) {
      const tile = start < this.head.size ? this.leafTile(start) : undefined;
      for (let place = 0; place * hashLength < (tile?.length ?? 0); place += 1) {
        const isLeaf = tile?.subarray(place * hashLength, (place + 1) * hashLength).equals(leafHash);
        if (isLeaf && start + place > index) return start + place;
      }
    }
    return undefined;
  }

  private tilesInArchive(): number {
    return [...this.archive.files.keys()].filter((path) => path.startsWith('data/tile/')).length;
  }

  private leafTile(index: number): Buffer | undefined {
    const place = Math.floor(index / tileWidth);
    if (this.leaves?.index !== place) {
      const tile = tileAt(0, place, this.head.size);
      this.leaves = { index: place, hashes: this.suspect.has(tileFile(tile)) ? undefined : this.hashes(tile) };
    }
    return this.leaves.hashes;
  }

  private hashes(tile: HashTile): Buffer | undefined {
    const recent = this.recent.get(tile.level);
    if (recent?.index === tile.index) return recent.hashes;
    const file = this.archive.files.get(tileFile(tile));
    if (file?.size !== tile.width * hashLength) return undefined;
    const hashes = this.archive.read(file);
    this.recent.set(tile.level, { index: tile.index, hashes });
    return hashes;
  }

  private checkFull(tile: HashTile): void {
    const hashes = this.hashes(tile);
    const above = this.hashes(tileAt(tile.level + 1, Math.floor(tile.index / tileWidth), this.head.size));
    const place = (tile.index % tileWidth) * hashLength;
    if (hashes === undefined) return;
    if (above === undefined) this.suspect.add(tileFile(tile));
    else if (!rootOf(hashes).equals(above.subarray(place, place + hashLength))) {
      this.complain('tampered', 'The hashes of this tile do not lead to the root.', tile);
    }
  }

  private checkRoot(): void {
    const { size, root } = this.head;
    let complete = true;
    const nodes = tileNodes((level, index, minimumWidth) => {
      const hashes = this.hashes(tileAt(level, index, size));
      complete &&= hashes !== undefined;
      return hashes ?? Buffer.alloc(minimumWidth * hashLength);
    });
    if (rootAt(size, nodes).equals(root) || !complete) return;
    this.findings.add('tampered', 'The tiles do not lead to the root in the checkpoint.');
    for (const tile of rightEdge(size)) this.suspect.add(tileFile(tile));
  }

  private complain(verdict: 'tampered' | 'incomplete', what: string, tile: HashTile): void {
    const file = tileFile(tile);
    this.suspect.add(file);
    this.findings.add(verdict, what, { file });
  }
}

/** Root of the complete subtree over the hashes of a full tile. */
function rootOf(tile: Buffer): Buffer {
  const hashes = Buffer.from(tile);
  for (let width = hashes.length; width > hashLength; width /= 2) {
    for (let at = 0; at < width; at += 2 * hashLength) {
      const [left, right] = [
        hashes.subarray(at, at + hashLength),
        hashes.subarray(at + hashLength, at + 2 * hashLength),
      ];
      hashes.set(nodeHash(left, right), at / 2);
    }
  }
  return hashes.subarray(0, hashLength);
}
