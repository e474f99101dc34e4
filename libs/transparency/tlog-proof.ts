import { leafIndex, type LeafIndex } from '#kernel';
import { openCheckpoint, type TreeHead } from './checkpoint.js';
import { InvalidProof } from './errors.js';
import type { VerifierKey } from './note-key.js';
import { verifyInclusion } from './proof.js';
import { formatProofText, parseHashes, splitProofText, valueOf } from './proof-text.js';
import { parseBase64, parseDecimal } from './strict-text.js';

const firstLine = 'c2sp.org/tlog-proof@v1';

/** A self-contained proof that a leaf is in a log (c2sp.org/tlog-proof). */
export interface TlogProof {
  readonly index: LeafIndex;
  readonly proof: readonly Buffer[];
  /** The signed note, byte for byte. */
  readonly checkpoint: string;
  /** Not authenticated by anything: a hint at most. */
  readonly extra?: Buffer;
}

/** The text of a `.tlog-proof` file. */
export function formatTlogProof({ index, proof, checkpoint, extra }: TlogProof): string {
  const extraLines = extra === undefined ? [] : [`extra ${extra.toString('base64')}`];
  return formatProofText([firstLine, ...extraLines, `index ${index}`], proof, checkpoint);
}

/**
 * Reads a `.tlog-proof` file without checking what it shows.
 * @throws InvalidProof unless the text is exactly what {@link formatTlogProof} writes.
 */
export function parseTlogProof(text: string): TlogProof {
  const { lines, checkpoint } = splitProofText(text);
  if (lines.shift() !== firstLine) throw new InvalidProof('not a tlog-proof of version 1');
  const extraText = valueOf('extra', lines[0]);
  if (extraText !== undefined) lines.shift();
  const extra = extraText === undefined ? undefined : parseBase64(extraText);
  if (extraText !== undefined && extra === undefined) throw new InvalidProof('malformed extra of a proof');
  const index = parseDecimal(valueOf('index', lines.shift()) ?? '');
  if (index === undefined) throw new InvalidProof('malformed index of a proof');
  const proof = parseHashes(lines);
  return { index: leafIndex(index), proof, checkpoint, ...(extra === undefined ? {} : { extra }) };
}

/**
 * Checks that the file shows the leaf in the log `origin`, under a checkpoint its key signed.
 * @returns where the leaf stands, and in which tree
 * @throws InvalidProof when the file or the path is wrong, InvalidNote when the checkpoint is.
 */
export function verifyTlogProof(
  text: string,
  leafHash: Uint8Array,
  verifiers: readonly VerifierKey[],
  origin: string,
): { readonly index: LeafIndex; readonly head: TreeHead } {
  const { index, proof, checkpoint } = parseTlogProof(text);
  const head = openCheckpoint(checkpoint, verifiers, origin);
  verifyInclusion(index, head.size, leafHash, proof, head.root);
  return { index, head };
}
