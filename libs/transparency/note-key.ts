import { hash, type KeyObject } from 'node:crypto';
import { ed25519Public, ed25519Raw } from './ed25519.js';
import { InvalidNote } from './errors.js';
import { parseBase64 } from './strict-text.js';

/** What a key signs and how: the signature type byte of c2sp.org/signed-note. */
export const keyTypes = {
  /** Ed25519 over the text of the note. */
  ed25519: 1,
  /** Ed25519 over the text of a checkpoint and a time (c2sp.org/tlog-cosignature). */
  cosignature: 4,
} as const;
export type KeyType = (typeof keyTypes)[keyof typeof keyTypes];

/** A key whose signatures are trusted to be checked. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name || LF || type || key) as eight hex digits. */
  readonly keyId: string;
  readonly type: KeyType;
  readonly publicKey: KeyObject;
  /** The text form this key is passed around in. */
  readonly vkey: string;
}

const nameForm = /^[!-\u{10ffff}]+$/u;
const notInNames = /[\p{White_Space}+]/u;
const vkeyForm = /^(?<name>[^+]+)\+(?<keyId>[0-9a-f]{8})\+(?<material>.+)$/;

/** True for a name a key may have: not empty, no white space, no control character, no `+`, well-formed Unicode. */
export const isKeyName = (name: string): boolean =>
  nameForm.test(name) && !notInNames.test(name) && name.isWellFormed();

/**
 * Reads a verifier key, `name+keyid+base64(type || key)`, of one of the {@link keyTypes}.
 * @throws InvalidNote when it is malformed, of another type, or its key id is not that of its key.
 */
export function verifierKey(vkey: string): VerifierKey {
  const { name = '', keyId, material = '' } = vkeyForm.exec(vkey)?.groups ?? {};
  const bytes = parseBase64(material);
  if (!isKeyName(name) || bytes === undefined) throw new InvalidNote('malformed verifier key');
  const type = Object.values(keyTypes).find((known) => known === bytes[0]);
  if (type === undefined || bytes.length !== 33) throw new InvalidNote('not an Ed25519 verifier key');
  if (keyIdOf(name, bytes) !== keyId) throw new InvalidNote('the key id of the verifier key is not that of its key');
  return { name, keyId, type, publicKey: ed25519Public(bytes.subarray(1)), vkey };
}

/**
 * The text form of a key, given the public or the private half.
 * @throws InvalidNote when no key may have this name; RangeError when the key is not Ed25519.
 */
export function verifierKeyOf(name: string, key: KeyObject, type: KeyType = keyTypes.ed25519): string {
  if (!isKeyName(name)) throw new InvalidNote('no key may have this name');
  const bytes = Buffer.concat([Buffer.of(type), ed25519Raw(key)]);
  return `${name}+${keyIdOf(name, bytes)}+${bytes.toString('base64')}`;
}

const keyIdOf = (name: string, typedKey: Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typedKey])).slice(0, 8);
