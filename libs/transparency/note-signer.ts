import { type KeyObject, sign } from 'node:crypto';
import { type Clock, millisecondsOf } from '#kernel';
import { cosignatureMessage } from './cosignature.js';
import { type KeyType, keyTypes, verifierKey, verifierKeyOf } from './note-key.js';

/** Signs the text of notes under a name. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: string;
  /** What to hand to those who verify. */
  readonly vkey: string;
  /** @returns the signature without the key id. */
  sign(text: string): Buffer;
}

/**
 * A signer of plain notes (type 01), such as a log signing its checkpoints.
 * @throws InvalidNote when no key may have this name; RangeError when the key is not Ed25519.
 */
export const noteSigner = (name: string, privateKey: KeyObject): NoteSigner =>
  signer(name, privateKey, keyTypes.ed25519, (text) => sign(null, Buffer.from(text), privateKey));

/**
 * A witness that countersigns checkpoints with its time (type 04, c2sp.org/tlog-cosignature). The key must serve
 * nothing else, since what it signs does not hold its name.
 * @throws InvalidNote when no key may have this name; RangeError when the key is not Ed25519.
 */
export const cosigner = (name: string, privateKey: KeyObject, clock: Clock): NoteSigner =>
  signer(name, privateKey, keyTypes.cosignature, (text) => {
    const seconds = Buffer.alloc(8);
    seconds.writeBigUInt64BE(BigInt(Math.floor(millisecondsOf(clock.now()) / 1000)));
    return Buffer.concat([seconds, sign(null, cosignatureMessage(seconds.readBigUInt64BE(), text), privateKey)]);
  });

function signer(name: string, key: KeyObject, type: KeyType, signText: (text: string) => Buffer): NoteSigner {
  const { keyId, vkey } = verifierKey(verifierKeyOf(name, key, type));
  return { name, keyId, vkey, sign: signText };
}
