import { InvalidProof } from './errors.js';
import { hashLength } from './hash.js';
import { parseBase64 } from './strict-text.js';

const maximumHashes = 63;

/** Header lines, one base64 hash a line, an empty line, a checkpoint: the frame of every C2SP file with a proof. */
export function formatProofText(header: readonly string[], proof: readonly Uint8Array[], checkpoint: string): string {
  const hashes = proof.map((hash) => Buffer.from(hash).toString('base64'));
  return `${[...header, ...hashes].join('\n')}\n\n${checkpoint}`;
}

/**
 * Splits such a file at its first empty line; the checkpoint stays as it is.
 * @throws InvalidProof when there is no checkpoint.
 */
export function splitProofText(text: string): { lines: string[]; checkpoint: string } {
  const border = text.indexOf('\n\n');
  const checkpoint = text.slice(border + 2);
  if (border < 0 || checkpoint === '') throw new InvalidProof('the proof carries no checkpoint');
  return { lines: text.slice(0, border).split('\n'), checkpoint };
}

/** @throws InvalidProof unless each line is a 32-byte hash, and there are at most 63. */
export function parseHashes(lines: readonly string[]): Buffer[] {
  if (lines.length > maximumHashes) throw new InvalidProof(`the proof has more than ${maximumHashes} hashes`);
  return lines.map((line) => {
    const hash = parseBase64(line);
    if (hash?.length !== hashLength) throw new InvalidProof('malformed hash in a proof');
    return hash;
  });
}

/** @returns what follows the keyword and a space, or `undefined` when the line is another one. */
export const valueOf = (keyword: string, line: string | undefined): string | undefined =>
  line?.startsWith(`${keyword} `) ? line.slice(keyword.length + 1) : undefined;
