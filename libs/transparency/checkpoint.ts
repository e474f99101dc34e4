import { treeSize, type TreeSize } from '#kernel';
import { InvalidNote } from './errors.js';
import { hashLength } from './hash.js';
import { isKeyName, keyTypes, type VerifierKey } from './note-key.js';
import { openNote } from './note.js';
import { parseBase64, parseDecimal } from './strict-text.js';

/** A log at one size. Signed, it is a checkpoint. */
export interface TreeHead {
  /** Identity of the log, and the name of the key that signs its checkpoints. */
  readonly origin: string;
  readonly size: TreeSize;
  /** 32 bytes. */
  readonly root: Buffer;
}

/**
 * The text a log signs (c2sp.org/tlog-checkpoint): origin, decimal size, base64 root, a line each.
 * @throws InvalidNote when the origin cannot name a key or the root has not 32 bytes.
 */
export function formatTreeHead({ origin, size, root }: TreeHead): string {
  if (!isKeyName(origin)) throw new InvalidNote('an origin must be fit to name a key');
  if (root.length !== hashLength) throw new InvalidNote('a root has 32 bytes');
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/**
 * Reads the text of a checkpoint. Extension lines are refused: auditors could not check what they say.
 * @throws InvalidNote unless the text is exactly what {@link formatTreeHead} writes.
 */
export function parseTreeHead(text: string): TreeHead {
  const [origin = '', sizeText = '', rootText = '', end, ...rest] = text.split('\n');
  const size = parseDecimal(sizeText);
  const root = parseBase64(rootText);
  if (end !== '' || rest.length > 0 || !isKeyName(origin)) throw new InvalidNote('a checkpoint has three lines');
  if (size === undefined) throw new InvalidNote('malformed size of a checkpoint');
  if (root?.length !== hashLength) throw new InvalidNote('malformed root of a checkpoint');
  return { origin, size: treeSize(size), root };
}

/**
 * Opens a checkpoint of the log `origin`: its own key must have signed, whoever else among the verifiers did. For
 * cosignatures and their times see the signatures of {@link openNote}.
 * @throws InvalidNote
 */
export function openCheckpoint(note: string | Uint8Array, verifiers: readonly VerifierKey[], origin: string): TreeHead {
  const { text, signatures } = openNote(note, verifiers);
  const head = parseTreeHead(text);
  if (head.origin !== origin) throw new InvalidNote(`the checkpoint is of ${head.origin}, not of ${origin}`);
  if (!signatures.some(({ name, type }) => name === origin && type === keyTypes.ed25519)) {
    throw new InvalidNote('the log itself has not signed the checkpoint');
  }
  return head;
}
