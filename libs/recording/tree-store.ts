import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { treeSize, type LogName, type TreeSize } from '#kernel';
import { Frontier, hashLength as hashBytes, rootAt, tileNodes, tileWidth, type NodeReader } from '#transparency';

const cachedTiles = 512;

/**
 * The Merkle tree of one log as C2SP hash tiles in SQLite. It is derived: delete the file and the integrator builds
 * it again from the log, so its commits need not survive power loss and never wait for the disk.
 */
export class TreeStore {
  readonly nodes: NodeReader = tileNodes((level, index, minimumWidth) => this.#hashes(level, index, minimumWidth));
  readonly #load: StatementSync;
  readonly #save: StatementSync;
  readonly #saveSize: StatementSync;
  readonly #cache = new Map<string, Buffer>();
  #size: TreeSize;

  constructor(
    private readonly database: DatabaseSync,
    private readonly log: LogName,
  ) {
    database.exec(`
      CREATE TABLE IF NOT EXISTS tile (log TEXT, level INTEGER, idx INTEGER, hashes BLOB NOT NULL, PRIMARY KEY (log, level, idx));
      CREATE TABLE IF NOT EXISTS tree (log TEXT PRIMARY KEY, size INTEGER NOT NULL);
    `);
    this.#load = database.prepare('SELECT hashes FROM tile WHERE log = ? AND level = ? AND idx = ?');
    this.#save = database.prepare('INSERT OR REPLACE INTO tile (log, level, idx, hashes) VALUES (?, ?, ?, ?)');
    this.#saveSize = database.prepare('INSERT OR REPLACE INTO tree (log, size) VALUES (?, ?)');
    this.#size = this.#storedSize();
  }

  get size(): TreeSize {
    return this.#size;
  }

  root(size: TreeSize = this.#size): Buffer {
    return rootAt(size, this.nodes);
  }

  /** Adds leaves, in one transaction. @param leafHashes 32 bytes each, of the leaves `size`, `size + 1`, … */
  append(leafHashes: readonly Buffer[]): void {
    if (leafHashes.length === 0) return;
    const grown = treeSize(this.#size + leafHashes.length);
    this.database.exec('BEGIN');
    try {
      this.#extend(0, this.#size, leafHashes);
      this.#saveSize.run(this.log, grown);
      this.database.exec('COMMIT');
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.#cache.clear();
      this.#size = this.#storedSize();
      throw error;
    }
    this.#size = grown;
  }

  /** The raw hashes of a tile, as wide as it is by now. Empty when the tree does not reach it. */
  tile(level: number, index: number): Buffer {
    const key = `${level}/${index}`;
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    const row = this.#load.get(this.log, level, index) as { hashes: Uint8Array } | undefined;
    const hashes = row === undefined ? Buffer.alloc(0) : Buffer.from(row.hashes);
    this.#remember(key, hashes);
    return hashes;
  }

  /** @param count entries of this level before `added` */
  #extend(level: number, count: number, added: readonly Buffer[]): void {
    const complete: Buffer[] = [];
    let position = count;
    let rest = added;
    while (rest.length > 0) {
      const index = Math.floor(position / tileWidth);
      const present = position % tileWidth;
      const taken = rest.slice(0, tileWidth - present);
      const before = this.tile(level, index).subarray(0, present * hashBytes);
      const hashes = Buffer.concat([before, ...taken]);
      this.#save.run(this.log, level, index, hashes);
      this.#remember(`${level}/${index}`, hashes);
      if (present + taken.length === tileWidth) complete.push(rootOf(hashes));
      position += taken.length;
      rest = rest.slice(taken.length);
    }
    if (complete.length > 0) this.#extend(level + 1, Math.floor(count / tileWidth), complete);
  }

  #hashes(level: number, index: number, minimumWidth: number): Buffer {
    const hashes = this.tile(level, index);
    if (hashes.length < minimumWidth * hashBytes) throw new RangeError(`tile ${level}/${index} is not in the tree`);
    return hashes;
  }

  #remember(key: string, hashes: Buffer): void {
    this.#cache.delete(key);
    this.#cache.set(key, hashes);
    if (this.#cache.size > cachedTiles) {
      const [oldest] = this.#cache.keys();
      if (oldest !== undefined) this.#cache.delete(oldest);
    }
  }

  #storedSize(): TreeSize {
    const row = this.database.prepare('SELECT size FROM tree WHERE log = ?').get(this.log) as
      { size: number } | undefined;
    return treeSize(row?.size ?? 0);
  }
}

function rootOf(fullTile: Buffer): Buffer {
  const subtree = Frontier.empty();
  for (let at = 0; at < fullTile.length; at += hashBytes) subtree.append(fullTile.subarray(at, at + hashBytes));
  return subtree.root();
}
