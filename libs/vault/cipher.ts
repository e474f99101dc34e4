import { createCipheriv, createDecipheriv, createHmac, type KeyObject } from 'node:crypto';
import type { EntryId } from '#kernel';
import { disclosureDigest } from '#statement';
import { VaultDamaged, type IndexTerm, type SealedBlock } from './vault.js';

const algorithm = 'aes-256-gcm';
const tagBytes = 16;

export const keyBytes = 32;
export const nonceBytes = 12;
export const tokenBytes = 16;

/**
 * AES-256-GCM. Keys are `KeyObject`s throughout: a key given as bytes is imported anew at each use.
 *
 * @param nonce 12 random bytes, never used twice with one key
 * @param context what the bytes belong to; opening them elsewhere fails
 * @returns nonce, ciphertext and tag in one piece
 */
export function seal(key: KeyObject, nonce: Uint8Array, context: string, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when the bytes were not sealed with this key in this context, or were changed since */
export function unseal(key: KeyObject, context: string, sealed: Uint8Array): Buffer {
  const end = sealed.length - tagBytes;
  if (end < nonceBytes) throw new RangeError('too short to be sealed');
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, end)), decipher.final()]);
}

type BlockLabel = Pick<SealedBlock, 'block' | 'digest'>;

const blockContext = (entry: EntryId, { block, digest }: BlockLabel): string =>
  `nachweis-block/v1|${entry}|${block}|${digest}`;

export function sealBlock(key: KeyObject, nonce: Uint8Array, entry: EntryId, block: SealedBlock): Buffer {
  return seal(key, nonce, blockContext(entry, block), Buffer.from(block.encoded));
}

/**
 * @returns the disclosure that was sealed
 * @throws VaultDamaged
 */
export function openBlock(key: KeyObject, entry: EntryId, label: BlockLabel, sealed: Uint8Array): string {
  const encoded = unsealed(key, entry, label, sealed);
  // GCM does not commit to its key: only the digest proves that these are the bytes the leaf speaks of.
  if (disclosureDigest(encoded) !== label.digest) throw new VaultDamaged(entry, label.block);
  return encoded;
}

function unsealed(key: KeyObject, entry: EntryId, label: BlockLabel, sealed: Uint8Array): string {
  try {
    return unseal(key, blockContext(entry, label), sealed).toString();
  } catch (cause) {
    throw new VaultDamaged(entry, label.block, { cause });
  }
}

/** The blind form of a term: equal terms of one agency have equal tokens, which say nothing without its index key. */
export function indexToken(key: KeyObject, { kind, value }: IndexTerm): Buffer {
  return createHmac('sha256', key).update(`${kind}|${value}`).digest().subarray(0, tokenBytes);
}
