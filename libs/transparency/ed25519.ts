import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const keyLength = 32;

/**
 * Private key of a 32-byte seed (RFC 8032 section 5.1.5, wrapped as RFC 8410 says).
 * @throws RangeError for another length.
 */
export function ed25519FromSeed(seed: Uint8Array): KeyObject {
  requireLength(seed);
  return createPrivateKey({ key: Buffer.concat([seedPrefix, seed]), format: 'der', type: 'pkcs8' });
}

/**
 * Public key of its 32 raw bytes (RFC 8032 section 5.1.5, wrapped as RFC 8410 says).
 * @throws RangeError for another length.
 */
export function ed25519Public(raw: Uint8Array): KeyObject {
  requireLength(raw);
  return createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
}

/**
 * The 32 raw bytes of a public key, also of the one that belongs to a private key.
 * @throws RangeError when the key is of another kind.
 */
export function ed25519Raw(key: KeyObject): Buffer {
  if (key.asymmetricKeyType !== 'ed25519') throw new RangeError('not an Ed25519 key');
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);
}

function requireLength(bytes: Uint8Array): void {
  if (bytes.length !== keyLength) throw new RangeError(`an Ed25519 key has ${keyLength} bytes, not ${bytes.length}`);
}
