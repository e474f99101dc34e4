import { type LeafIndex, leafIndex } from '#kernel';
import { type EntryLeaf, disclosureDigest, InvalidLeaf, type Leaf, maximumLeafBytes, parseLeaf } from '#statement';
import { leafHash, tileWidth } from '#transparency';
import type { Archive } from './archive.js';
import type { ExpectedLeaves } from './expected-leaves.js';
import { KeyedLines, linesOf, LineTooLong } from './keyed-lines.js';
import { type TrailRange, trailFiles } from './layout.js';
import {
  disclosuresKey,
  formatIndexLine,
  parseDisclosuresLine,
  parseRedactionLine,
  type RedactionLine,
  tabbedKey,
} from './lines.js';
import type { BlockCounts, Findings } from './report.js';
import type { TileTree } from './tile-check.js';
import { type Progress, Turns } from './turns.js';

const maximumLineBytes = 4 << 20;

/** Checks every entry of a trail against the tree, and every disclosure against its entry. */
export class LeafCheck {
  /** entries that are the ones under the root */
  entries = 0;
  private disclosed = 0;
  private erased = 0;
  private withheld = 0;
  private readonly index: KeyedLines;
  private readonly disclosures: KeyedLines;
  private readonly redactions: KeyedLines;

  constructor(
    private readonly archive: Archive,
    private readonly range: TrailRange,
    private readonly expected: ExpectedLeaves,
    private readonly tree: TileTree,
    private readonly findings: Findings,
  ) {
    this.index = this.keyed(trailFiles.index, tabbedKey);
    this.disclosures = this.keyed(trailFiles.disclosures, disclosuresKey);
    this.redactions = this.keyed(trailFiles.redactions, tabbedKey);
  }

  get blocks(): BlockCounts {
    return { disclosed: this.disclosed, erased: this.erased, notDisclosed: this.withheld };
  }

  /** Goes through the entries in order, in memory that does not grow with their number. */
  async check(progress: Progress): Promise<void> {
    const turns = new Turns(progress, 'entries', this.expected.count);
    let next = this.expected.first;
    let offset = 0;
    let done = 0;
    for (const bytes of this.lines(trailFiles.entries, maximumLeafBytes)) {
      if (next === undefined) {
        this.findings.add('tampered', 'There are more entries than the trail has.', { file: trailFiles.entries });
        break;
      }
      next = this.expected.after(this.entry(next, bytes, offset));
      offset += bytes.length + 1;
      done += 1;
      if (done % tileWidth === 0) await turns.reach(done);
    }
    await turns.reach(done);
    if (next !== undefined) this.missing(next, undefined);
    for (const lines of [this.index, this.disclosures, this.redactions]) lines.finish();
  }

  /** @returns the index the entry turned out to have */
  private entry(expected: LeafIndex, bytes: Buffer, offset: number): LeafIndex {
    const hash = leafHash(bytes);
    const committed = this.tree.leafHash(expected);
    if (committed === undefined || committed.equals(hash)) {
      this.authentic(expected, bytes, hash, offset, committed !== undefined);
      return expected;
    }
    const found = this.expected.find(hash, expected);
    if (found !== undefined && this.tree.leafHash(found)?.equals(hash) === true) {
      this.missing(expected, found);
      this.authentic(found, bytes, hash, offset, true);
      return found;
    }
    this.findings.add(
      'tampered',
      'The entry is not the one under the root.',
      this.where(trailFiles.entries, expected, bytes),
    );
    this.skip(expected, leafIndex(expected + 1));
    return expected;
  }

  private authentic(index: LeafIndex, bytes: Buffer, hash: Buffer, offset: number, isCommitted: boolean): void {
    if (isCommitted) this.entries += 1;
    this.checkIndexLine(index, bytes, formatIndexLine(index, hash, offset));
    const leaf = this.parsed(index, bytes);
    if (leaf?.log === 'entries') this.checkBlocks(index, leaf);
    else if (leaf === undefined) this.skip(index, leafIndex(index + 1));
  }

  private checkIndexLine(index: LeafIndex, bytes: Buffer, expected: string): void {
    const line = this.index.take(index);
    if (line === expected || !this.archive.files.has(trailFiles.index)) return;
    const where = this.where(trailFiles.index, index, bytes);
    if (line === undefined) this.findings.add('incomplete', 'The entry has no line.', where);
    else this.findings.add('tampered', 'The line says something else than the entry.', where);
  }

  private parsed(index: LeafIndex, bytes: Buffer): Leaf | undefined {
    const where = () => this.where(trailFiles.entries, index, bytes);
    try {
      const leaf = parseLeaf(bytes);
      if (leaf.log === this.range.log) return leaf;
      this.findings.add('tampered', `The entry is of log ${leaf.log}, not of ${this.range.log}.`, where());
    } catch (error) {
      if (!(error instanceof InvalidLeaf)) throw error;
      this.findings.add('unverifiable', `The entry can not be read: ${error.message}.`, where());
    }
    return undefined;
  }

  /** Every block of the entry is disclosed, or a reason is given why not. */
  private checkBlocks(index: LeafIndex, { statement }: EntryLeaf): void {
    const where = (file: string) => ({ file, entry: index, id: statement.jti });
    const line = this.disclosures.take(index);
    const disclosed = line === undefined ? 0 : this.opened(index, statement, line);
    const row = this.redactions.take(index);
    const redacted = row === undefined ? nothingRedacted(statement._sd.length) : parseRedactionLine(index, row);
    if (disclosed === undefined) return;
    if (redacted === undefined || !addsUp(redacted, statement._sd.length) || disclosed > redacted.disclosed) {
      this.findings.add('tampered', 'The numbers of blocks do not add up.', where(trailFiles.redactions));
      return;
    }
    if (disclosed < redacted.disclosed) {
      const what = `${redacted.disclosed - disclosed} of the blocks are neither disclosed nor is it said why not.`;
      this.findings.add('incomplete', what, where(trailFiles.disclosures));
    }
    this.disclosed += disclosed;
    for (const { reason, count } of redacted.redactions) {
      if (reason === 'erased') this.erased += count;
      else this.withheld += count;
    }
  }

  /** @returns how many blocks the line opens; `undefined` when one of them is not the entry's */
  private opened(index: LeafIndex, statement: EntryLeaf['statement'], line: string): number | undefined {
    const where = { file: trailFiles.disclosures, entry: index, id: statement.jti };
    const encoded = parseDisclosuresLine(index, line);
    if (encoded === undefined) {
      this.findings.add('tampered', 'The line is malformed.', where);
      return undefined;
    }
    const digests = new Set(encoded.map(disclosureDigest));
    for (const digest of digests) {
      if (statement._sd.includes(digest)) continue;
      this.findings.add('tampered', 'A disclosure is not one the entry commits to.', where);
      return undefined;
    }
    if (digests.size === encoded.length) return encoded.length;
    this.findings.add('tampered', 'A block is disclosed twice.', where);
    return undefined;
  }

  /** @param to the first one after it that is there */
  private missing(from: LeafIndex, to: LeafIndex | undefined): void {
    let count = 0;
    let last = from;
    for (let next: LeafIndex | undefined = from; next !== to && next !== undefined; next = this.expected.after(next)) {
      count += 1;
      last = next;
    }
    const what = count === 1 ? 'The entry is missing.' : `${count} entries are missing, up to ${last}.`;
    this.findings.add('incomplete', what, { file: trailFiles.entries, entry: from });
    this.skip(from, leafIndex(last + 1));
  }

  private skip(from: LeafIndex, to: LeafIndex): void {
    for (const lines of [this.index, this.disclosures, this.redactions]) lines.skip(from, to);
  }

  private where(file: string, entry: LeafIndex, bytes: Buffer): { file: string; entry: LeafIndex; id?: string } {
    const id = /"jti":"([0-9a-f-]{36})"/.exec(bytes.toString('latin1'))?.[1];
    return { file, entry, ...(id === undefined ? {} : { id }) };
  }

  private keyed(file: string, keyOf: (text: string) => string): KeyedLines {
    return new KeyedLines(this.lines(file, maximumLineBytes), keyOf, (text) => {
      const key = keyOf(text);
      const about = /^\d{1,15}$/.test(key) ? { entry: leafIndex(Number(key)) } : {};
      this.findings.add('tampered', 'The line is about no entry of this trail.', { file, ...about });
    });
  }

  private *lines(path: string, maximumBytes: number): Generator<Buffer> {
    const file = this.archive.files.get(path);
    if (file === undefined) return;
    try {
      yield* linesOf(this.archive, file, maximumBytes, () => {
        this.findings.add('tampered', 'The last line is cut short.', { file: path });
      });
    } catch (error) {
      if (!(error instanceof LineTooLong)) throw error;
      this.findings.add('tampered', `The file holds ${error.message}.`, { file: path });
    }
  }
}

const nothingRedacted = (blocks: number): RedactionLine => ({ blocks, disclosed: blocks, redactions: [] });

function addsUp({ blocks, disclosed, redactions }: RedactionLine, committed: number): boolean {
  const redacted = redactions.reduce((sum, { count }) => sum + count, 0);
  return blocks === committed && disclosed + redacted === committed;
}
