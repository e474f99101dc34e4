import { verify } from 'node:crypto';
import { cosignedAt } from './cosignature.js';
import { InvalidNote } from './errors.js';
import { isKeyName, type KeyType, keyTypes, type VerifierKey } from './note-key.js';
import type { NoteSigner } from './note-signer.js';
import { parseBase64 } from './strict-text.js';

/** A signature that was checked and is good. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly type: KeyType;
  /** Of cosignatures only: when the witness signed, in POSIX seconds. Only as true as the witness's clock. */
  readonly time?: number;
}

const maximumNoteBytes = 65_536;
const maximumSignatures = 100;
const keyIdLength = 4;
const lineForm = /^\u2014 (?<name>[^ ]+) (?<signed>[^ ]+)$/;
const beyondPlainText = /[^\n -\u{10ffff}]/u;

/**
 * Signs a text as a note (c2sp.org/signed-note): text, empty line, one line for each signer in the given order.
 * @param text ends with LF and holds no other control character
 * @throws InvalidNote when the text cannot be a note's, or nobody signs.
 */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (signers.length === 0) throw new InvalidNote('a note needs a signature');
  if (!text.endsWith('\n')) throw new InvalidNote('the text of a note ends with a line feed');
  requirePlainText(text);
  return `${text}\n${signers.map((signer) => signatureLine(text, signer)).join('')}`;
}

/** One more signature for a note of this text: the line to put at its end, with its LF. */
export function signatureLine(text: string, signer: NoteSigner): string {
  const signed = Buffer.concat([Buffer.from(signer.keyId, 'hex'), signer.sign(text)]);
  return `\u2014 ${signer.name} ${signed.toString('base64')}\n`;
}

/**
 * Opens a note (c2sp.org/signed-note). Signatures of unknown keys are ignored and of each known key the first one
 * counts; a bad signature of a known key rejects the whole note, and so does the lack of any good one.
 * @param note text, or bytes that must be UTF-8; at most 64 KiB with at most 100 signatures
 * @returns the signed text with its last LF, and the good signatures in the order of their lines
 * @throws InvalidNote
 */
export function openNote(
  note: string | Uint8Array,
  verifiers: readonly VerifierKey[],
): { readonly text: string; readonly signatures: readonly NoteSignature[] } {
  const { text, lines } = splitNote(typeof note === 'string' ? note : decodeUtf8(note));
  const known = keysByPlace(verifiers);
  const signatures = new Map<string, NoteSignature>();
  for (const { place, signature } of lines.map(parseSignatureLine)) {
    const key = known.get(place);
    if (key !== undefined && !signatures.has(place)) signatures.set(place, checkSignature(text, signature, key));
  }
  if (signatures.size === 0) throw new InvalidNote('no known key signed the note');
  return { text, signatures: [...signatures.values()] };
}

function splitNote(note: string): { text: string; lines: string[] } {
  if (Buffer.byteLength(note) > maximumNoteBytes) throw new InvalidNote('the note is longer than 64 KiB');
  requirePlainText(note);
  // The text may hold empty lines of its own, so the last one is the border.
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || !note.endsWith('\n')) throw new InvalidNote('the note has no signatures');
  const lines = note.slice(border + 2, -1).split('\n');
  if (lines.length > maximumSignatures) throw new InvalidNote(`the note has more than ${maximumSignatures} signatures`);
  return { text: note.slice(0, border + 1), lines };
}

function parseSignatureLine(line: string): { place: string; signature: Buffer } {
  const { name = '', signed = '' } = lineForm.exec(line)?.groups ?? {};
  const bytes = parseBase64(signed);
  if (!isKeyName(name) || bytes === undefined || bytes.length <= keyIdLength) {
    throw new InvalidNote('malformed signature line');
  }
  const keyId = bytes.subarray(0, keyIdLength).toString('hex');
  return { place: placeOf(name, keyId), signature: bytes.subarray(keyIdLength) };
}

function checkSignature(text: string, signature: Buffer, key: VerifierKey): NoteSignature {
  const { name, keyId, type, publicKey } = key;
  if (type === keyTypes.cosignature) {
    const time = cosignedAt(text, signature, publicKey);
    if (time !== undefined) return { name, keyId, type, time };
  } else if (verify(null, Buffer.from(text), publicKey, signature)) {
    return { name, keyId, type };
  }
  throw new InvalidNote(`the signature of ${name} is bad`);
}

function keysByPlace(verifiers: readonly VerifierKey[]): Map<string, VerifierKey> {
  const keys = new Map<string, VerifierKey>();
  for (const key of verifiers) {
    const place = placeOf(key.name, key.keyId);
    if ((keys.get(place)?.vkey ?? key.vkey) !== key.vkey) throw new InvalidNote(`two keys are called ${place}`);
    keys.set(place, key);
  }
  return keys;
}

const placeOf = (name: string, keyId: string): string => `${name}+${keyId}`;

function requirePlainText(text: string): void {
  if (beyondPlainText.test(text)) throw new InvalidNote('a note holds no control characters but line feeds');
  if (!text.isWellFormed()) throw new InvalidNote('a note is well-formed Unicode');
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidNote('a note is UTF-8', { cause });
  }
}
