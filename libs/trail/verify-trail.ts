import { type TreeHead, type VerifierKey, verifierKey } from '#transparency';
import { Archive } from './archive.js';
import { checkCheckpoint, checkConsistencyFile, checkGrowth, checkQuorum, readNote } from './checkpoint-check.js';
import { SelectedLeaves, wholeRange } from './expected-leaves.js';
import { documentFolder, parseRange, trailFiles, type TrailRange } from './layout.js';
import { LeafCheck } from './leaf-check.js';
import { checkManifests } from './manifest.js';
import { parsePolicy, type Policy } from './policy.js';
import { Findings, type TrailReport } from './report.js';
import { TileTree } from './tile-check.js';
import type { Progress } from './turns.js';

/** What the verifier brings, got from elsewhere than the trail. */
export interface Trust {
  /** the log's verifier key, `name+keyid+key` */
  readonly logKey: string;
  /** whose countersignatures are needed: text of a C2SP policy */
  readonly policy?: string;
  /** a checkpoint of the same log the verifier holds already: the signed note */
  readonly since?: string;
}

const limits = [
  'Why a block is not disclosed, and that an erased one is destroyed, is the word of the ledger.',
  'What was never recorded can not be shown. The texts of README.txt and bag-info.txt are no evidence.',
];

/**
 * Checks a trail from its bytes alone: nothing in it is trusted until it is tied to a checkpoint signed by the key
 * the verifier brings. Reads the file in pieces; memory does not grow with the number of entries.
 *
 * @param path of the ZIP file
 * @throws InvalidNote for a malformed key, InvalidPolicy for a malformed policy, the system's error for a file that
 *   can not be read. Everything else a file can be is a finding.
 */
export async function verifyTrail(
  path: string,
  trust: Trust,
  progress: Progress = () => undefined,
): Promise<TrailReport> {
  const key = verifierKey(trust.logKey);
  const policy = trust.policy === undefined ? undefined : parsePolicy(trust.policy);
  const findings = new Findings();
  const archive = await Archive.open(path, findings);
  if (archive === undefined) return reportOf(findings, { notChecked: ['Nothing: the file can not be read.'] });
  try {
    await checkManifests(archive, findings, progress);
    const head = checkSignatures(archive, key, policy, trust.since, findings);
    const range = rangeOf(archive, head, findings);
    const notChecked = [...gaps(trust, head, range), ...unproven(archive, range), ...limits];
    if (head === null || range === null) return reportOf(findings, { head, range, notChecked });

    const tree = new TileTree(archive, head, findings);
    const selected = range.selected === undefined ? undefined : SelectedLeaves.listedIn(archive, range, findings);
    const tiles = await tree.check(range, selected?.indexes, progress);
    checkFiles(archive, tiles, findings);
    const leaves = new LeafCheck(archive, range, selected ?? wholeRange(range, tree), tree, findings);
    await leaves.check(progress);
    return reportOf(findings, { head, range, notChecked, entries: leaves.entries, blocks: leaves.blocks });
  } finally {
    archive.close();
  }
}

function checkSignatures(
  archive: Archive,
  key: VerifierKey,
  policy: Policy | undefined,
  since: string | undefined,
  findings: Findings,
): TreeHead | null {
  const note = readNote(archive, trailFiles.checkpoint);
  if (note === undefined && archive.files.has(trailFiles.checkpoint)) {
    findings.add('unverifiable', 'The file is too large for a checkpoint.', { file: trailFiles.checkpoint });
  }
  const head = checkCheckpoint(note, key, findings);
  checkConsistencyFile(archive, note, findings);
  if (note !== undefined && policy !== undefined) checkQuorum(note, key, policy, findings);
  if (head !== null && since !== undefined) checkGrowth(archive, head, since, key, findings);
  return head;
}

function rangeOf(archive: Archive, head: TreeHead | null, findings: Findings): TrailRange | null {
  const file = trailFiles.info;
  const text = readNote(archive, file);
  if (text === undefined) return null;
  const range = parseRange(text);
  if (range === undefined) {
    findings.add('unverifiable', 'It does not say which entries the trail holds.', { file });
  } else if (head !== null && range.to > head.size) {
    findings.add('tampered', `The trail claims entries up to ${range.to}, its tree has ${head.size}.`, { file });
  } else {
    return range;
  }
  return null;
}

/** No file may ride along unchecked. */
function checkFiles(archive: Archive, tiles: ReadonlySet<string>, findings: Findings): void {
  const known: ReadonlySet<string> = new Set(Object.values(trailFiles));
  for (const path of archive.files.keys()) {
    if (known.has(path) || tiles.has(path) || path.startsWith(documentFolder)) continue;
    findings.add('unverifiable', 'The file is of no kind this program can check.', { file: path });
  }
}

function gaps(trust: Trust, head: TreeHead | null, range: TrailRange | null): string[] {
  const list: string[] = [];
  if (head === null) list.push('The entries: there is no tree head to check them against.');
  else if (range === null) list.push('The entries: it is not known which ones the trail holds.');
  if (trust.policy === undefined) list.push('Countersignatures of witnesses: no policy was given.');
  if (trust.since === undefined) list.push('Growth since an earlier checkpoint of yours: none was given.');
  return list;
}

/** What a trail can hold beyond what its log vouches for. */
function unproven(archive: Archive, range: TrailRange | null): string[] {
  const list: string[] = [];
  if (range?.selected !== undefined) {
    list.push('That no other entry should have been among those selected: which ones were is the word of the ledger.');
  }
  if ([...archive.files.keys()].some((path) => path.startsWith(documentFolder))) {
    list.push('What the documents say: they were written from the entries, and are no evidence themselves.');
  }
  return list;
}

const reportOf = (
  findings: Findings,
  { head = null, range = null, entries = 0, blocks = noBlocks, notChecked = [] }: Partial<TrailReport>,
): TrailReport => ({
  verdict: findings.verdict(blocks.erased),
  head,
  range,
  entries,
  blocks,
  findings: findings.list,
  findingsTotal: findings.total,
  notChecked,
});

const noBlocks = { disclosed: 0, erased: 0, notDisclosed: 0 };
