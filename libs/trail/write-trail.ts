import type { Writable } from 'node:stream';
import { DomainError, leafIndex, type LeafIndex } from '#kernel';
import { type EntryLeaf, InvalidLeaf, parseLeaf } from '#statement';
import {
  consistencyProof,
  formatConsistency,
  leafHash,
  openCheckpoint,
  rootAt,
  tileContent,
  type TreeHead,
  verifierKey,
} from '#transparency';
import { BagWriter } from './bag-writer.js';
import { documentFolder, rangeTags, tileFile, trailFiles, trailTiles } from './layout.js';
import { formatDisclosuresLine, formatIndexLine, formatRedactionLine } from './lines.js';
import { readmeText } from './readme.js';
import type { BlockCounts } from './report.js';
import { Spool } from './spool.js';
import type { DisclosedEntry, SourceLeaf, TrailSource } from './trail-source.js';

/** What was written. */
export interface TrailManifest {
  readonly head: TreeHead;
  readonly blocks: BlockCounts;
  /** SHA-256 in hex of `manifest-sha256.txt`, which names the SHA-256 of every other file of the payload */
  readonly digest: string;
  readonly files: number;
  /** of the payload */
  readonly bytes: number;
}

/**
 * Writes a trail as one ZIP file (a BagIt bag, see {@link trailFiles}) in memory that does not grow with the number
 * of entries. Leaves are read twice; disclosures go straight to the output and never to a file in between.
 *
 * @param progress in entries
 * @throws DomainError `trail-failed` when the source contradicts itself: the checkpoint is not of its tree, leaves are
 *   not under it, blocks do not add up; `range-beyond-log` when the range or `since` goes beyond the checkpoint;
 *   InvalidNote for a checkpoint the log did not sign. The output is destroyed then.
 */
export async function writeTrail(
  source: TrailSource,
  output: Writable,
  progress: (done: number, total: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<TrailManifest> {
  const index = await Spool.open();
  const redactions = await Spool.open();
  const bag = new BagWriter(source.id, source.issuedAt, output, signal);
  try {
    const head = headOf(source);
    await bag.addBytes(trailFiles.checkpoint, source.checkpoint);
    await bag.addBytes(trailFiles.logKey, `${source.verifierKey}\n`);
    if (source.since !== undefined) await bag.addBytes(trailFiles.consistency, growth(source, source.since, head));
    for (const tile of trailTiles(head.size, source, source.selection)) {
      await bag.addBytes(tileFile(tile), tileContent(tile, source.nodes));
    }
    const steps = halfSteps(source, progress);
    await bag.addChunks(trailFiles.entries, entryChunks(source, index, steps));
    await bag.addChunks(trailFiles.index, index.chunks());
    const blocks = { disclosed: 0, erased: 0, notDisclosed: 0 };
    await bag.addChunks(trailFiles.disclosures, disclosureChunks(source, redactions, blocks, steps));
    await bag.addChunks(trailFiles.redactions, redactions.chunks());
    for (const [name, text] of source.documents ?? []) await bag.addBytes(`${documentFolder}${name}`, text);
    await bag.addBytes(trailFiles.readme, readmeText(source, head, blocks));
    return { head, blocks, ...(await bag.finish(infoOf(source, head))) };
  } catch (error) {
    await bag.abort(error);
    throw error;
  } finally {
    await Promise.all([index.close(), redactions.close()]);
  }
}

function headOf(source: TrailSource): TreeHead {
  const head = openCheckpoint(source.checkpoint, [verifierKey(source.verifierKey)], source.origin);
  if (source.from > source.to || source.to > head.size || !isWithin(source)) {
    throw new DomainError('range-beyond-log', `the checkpoint has ${head.size} leaves`);
  }
  if (!rootAt(head.size, source.nodes).equals(head.root)) {
    throw new DomainError('trail-failed', 'the checkpoint is not of this tree');
  }
  return head;
}

const isWithin = ({ from, to, selection = [] }: TrailSource): boolean =>
  selection.every((index, place) => index >= from && index < to && index > (selection[place - 1] ?? -1));

function growth(source: TrailSource, since: string, head: TreeHead): string {
  const older = openCheckpoint(since, [verifierKey(source.verifierKey)], source.origin);
  if (older.size > head.size) throw new DomainError('range-beyond-log', 'the earlier checkpoint is the larger one');
  const proof = consistencyProof(older.size, head.size, source.nodes);
  return formatConsistency({ old: older.size, proof, checkpoint: source.checkpoint });
}

/** Each entry is handled twice, or once when there is nothing to disclose. */
function halfSteps({ log, from, to, selection }: TrailSource, progress: (done: number, total: number) => void) {
  let steps = 0;
  return (count: number): void => {
    steps += count;
    progress(log === 'entries' ? Math.floor(steps / 2) : steps, selection?.length ?? to - from);
  };
}

async function* entryChunks(source: TrailSource, index: Spool, step: (count: number) => void): AsyncGenerator<Buffer> {
  const lineFeed = Buffer.from('\n');
  let offset = 0;
  for await (const batch of batches(source)) {
    const lines: string[] = [];
    for (const leaf of batch) {
      const hash = leafHash(leaf.bytes);
      if (!hash.equals(source.nodes.node(0, leaf.index))) throw failed(leaf, 'is not the one in the tree');
      lines.push(formatIndexLine(leaf.index, hash, offset));
      offset += leaf.bytes.length + lineFeed.length;
    }
    await index.append(lines);
    yield Buffer.concat(batch.flatMap(({ bytes }) => [bytes, lineFeed]));
    step(batch.length);
  }
}

async function* disclosureChunks(
  source: TrailSource,
  redactions: Spool,
  totals: { disclosed: number; erased: number; notDisclosed: number },
  step: (count: number) => void,
): AsyncGenerator<Buffer> {
  if (source.log !== 'entries') return;
  for await (const batch of batches(source)) {
    const leaves = batch.map((leaf) => ({ index: leaf.index, leaf: entryLeaf(leaf) }));
    const answers = await source.disclose(leaves);
    const disclosed: string[] = [];
    const redacted: string[] = [];
    for (const [place, { index, leaf }] of leaves.entries()) {
      const answer = answers[place];
      const blocks = leaf.statement._sd.length;
      if (answer?.index !== index || countOf(answer) !== blocks) throw failed({ index }, 'has other blocks');
      const { disclosures, redactions: reasons } = answer;
      if (disclosures.length > 0) disclosed.push(`${formatDisclosuresLine(index, disclosures)}\n`);
      if (disclosures.length < blocks) {
        redacted.push(formatRedactionLine(index, { blocks, disclosed: disclosures.length, redactions: reasons }));
      }
      totals.disclosed += disclosures.length;
      for (const { reason, count } of reasons) totals[reason === 'erased' ? 'erased' : 'notDisclosed'] += count;
    }
    await redactions.append(redacted);
    yield Buffer.from(disclosed.join(''));
    step(batch.length);
  }
}

/** The leaves of the range or of the selection, each exactly once and in order. */
async function* batches({ from, to, selection, leaves }: TrailSource): AsyncGenerator<readonly SourceLeaf[]> {
  const end = selection?.length ?? to - from;
  if (end === 0) return;
  const at = (place: number): LeafIndex => selection?.[place] ?? leafIndex(from + place);
  let place = 0;
  for await (const batch of leaves(from, to)) {
    for (const { index } of batch) {
      if (place === end || index !== at(place)) throw failed({ index: at(place) }, 'is missing');
      place += 1;
    }
    yield batch;
  }
  if (place !== end) throw failed({ index: at(place) }, 'is missing');
}

function entryLeaf({ index, bytes }: SourceLeaf): EntryLeaf {
  try {
    const leaf = parseLeaf(bytes);
    if (leaf.log === 'entries') return leaf;
  } catch (cause) {
    if (!(cause instanceof InvalidLeaf)) throw cause;
  }
  throw failed({ index }, 'is not an entry');
}

const countOf = ({ disclosures, redactions }: DisclosedEntry): number =>
  redactions.reduce((sum, { count }) => sum + count, disclosures.length);

const failed = ({ index }: { index: number }, what: string): DomainError =>
  new DomainError('trail-failed', `leaf ${index} ${what}`);

const infoOf = (source: TrailSource, head: TreeHead): [string, string][] => [
  ['Source-Organization', source.origin],
  ['Bagging-Date', source.issuedAt.slice(0, 10)],
  ['External-Identifier', source.id],
  ['External-Description', `Entries of the audit log ${source.origin} for ${source.recipient}`],
  ['Export-Recipient', source.recipient],
  ['Export-Scope', source.scope],
  ['Export-Issued-At', source.issuedAt],
  ['Export-Entry', source.exportEntry === null ? 'none' : String(source.exportEntry)],
  ['Export-Tree-Size', String(head.size)],
  ...rangeTags({ ...source, ...(source.selection && { selected: source.selection.length }) }),
];
