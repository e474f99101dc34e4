import {
  entryId,
  type EntryId,
  type Instant,
  isInstant,
  isLogName,
  isUuid,
  leafIndex,
  type LeafIndex,
  type LogName,
} from '#kernel';
import { InvalidNote } from './errors.js';
import { hashLength } from './hash.js';
import { isKeyName, keyTypes, type VerifierKey } from './note-key.js';
import { openNote } from './note.js';
import { parseBase64, parseDecimal } from './strict-text.js';

/** What the ledger promises when it accepts an entry: this leaf, at this place, from this moment on. */
export interface Receipt {
  readonly origin: string;
  readonly log: LogName;
  readonly entryId: EntryId;
  readonly index: LeafIndex;
  /** 32 bytes. */
  readonly leafHash: Buffer;
  readonly recordedAt: Instant;
}

const firstLine = 'nachweis-receipt/v1';

/** Name of the key that signs receipts: never the one that signs checkpoints. */
export const receiptKeyName = (origin: string): string => `${origin}/receipt`;

/**
 * The text of a receipt: version, origin, log, entry id, index, leaf hash in base64, recordedAt, a line each.
 * @throws InvalidNote when the origin cannot name a key or the leaf hash has not 32 bytes.
 */
export function formatReceipt({ origin, log, entryId, index, leafHash, recordedAt }: Receipt): string {
  if (!isKeyName(origin)) throw new InvalidNote('an origin must be fit to name a key');
  if (leafHash.length !== hashLength) throw new InvalidNote('a leaf hash has 32 bytes');
  return `${[firstLine, origin, log, entryId, index, leafHash.toString('base64'), recordedAt].join('\n')}\n`;
}

/** @throws InvalidNote unless the text is exactly what {@link formatReceipt} writes. */
export function parseReceipt(text: string): Receipt {
  const [version, origin = '', log, id, indexText = '', hashText = '', recordedAt, end, ...rest] = text.split('\n');
  if (version !== firstLine) throw new InvalidNote('not a receipt of version 1');
  if (end !== '' || rest.length > 0 || !isKeyName(origin)) throw new InvalidNote('a receipt has seven lines');
  const index = parseDecimal(indexText);
  const leafHash = parseBase64(hashText);
  if (!isLogName(log)) throw new InvalidNote('the receipt names no log');
  if (!isUuid(id)) throw new InvalidNote('malformed entry id of a receipt');
  if (index === undefined) throw new InvalidNote('malformed index of a receipt');
  if (leafHash?.length !== hashLength) throw new InvalidNote('malformed leaf hash of a receipt');
  if (!isInstant(recordedAt)) throw new InvalidNote('malformed time of a receipt');
  return { origin, log, entryId: entryId(id), index: leafIndex(index), leafHash, recordedAt };
}

/**
 * Opens a signed receipt: the receipt key of its own origin must have signed.
 * @throws InvalidNote
 */
export function openReceipt(note: string | Uint8Array, verifiers: readonly VerifierKey[]): Receipt {
  const { text, signatures } = openNote(note, verifiers);
  const receipt = parseReceipt(text);
  const keyName = receiptKeyName(receipt.origin);
  if (!signatures.some(({ name, type }) => name === keyName && type === keyTypes.ed25519)) {
    throw new InvalidNote(`${keyName} has not signed the receipt`);
  }
  return receipt;
}
