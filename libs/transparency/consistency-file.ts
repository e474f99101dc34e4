import { treeSize, type TreeSize } from '#kernel';
import { InvalidProof } from './errors.js';
import { formatProofText, parseHashes, splitProofText, valueOf } from './proof-text.js';
import { parseDecimal } from './strict-text.js';

/**
 * A proof that a checkpoint's log still holds everything it held at an older size: the `add-checkpoint` request of
 * c2sp.org/tlog-witness, and `consistency.txt` of a trail.
 */
export interface ConsistencyFile {
  readonly old: TreeSize;
  readonly proof: readonly Buffer[];
  /** The signed note, byte for byte. */
  readonly checkpoint: string;
}

export const formatConsistency = ({ old, proof, checkpoint }: ConsistencyFile): string =>
  formatProofText([`old ${old}`], proof, checkpoint);

/**
 * Reads such a file without checking what it shows.
 * @throws InvalidProof unless the text is exactly what {@link formatConsistency} writes.
 */
export function parseConsistency(text: string): ConsistencyFile {
  const { lines, checkpoint } = splitProofText(text);
  const old = parseDecimal(valueOf('old', lines.shift()) ?? '');
  if (old === undefined) throw new InvalidProof('malformed old size');
  return { old: treeSize(old), proof: parseHashes(lines), checkpoint };
}
