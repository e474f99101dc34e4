import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { AgencyId } from '#kernel';
import { keyBytes, nonceBytes, seal, unseal } from './cipher.js';

/** A key of its own for the blocks of one entry and retention class. Its id is never used twice. */
export interface DataKey<Id> {
  readonly id: Id;
  readonly key: KeyObject;
}

/** A key and the form in which it is kept: sealed under the key-encryption key, bound to what it is for. */
export interface WrappedKey {
  readonly key: KeyObject;
  readonly wrapped: Buffer;
}

const vaultContext = 'nachweis-vault/v1';
const dataContext = (id: number | string): string => `nachweis-key/v1|${id}`;
const indexContext = (agency: AgencyId): string => `nachweis-index-key/v1|${agency}`;

/** Fresh data keys, one for each id. */
export function makeDataKeys<Id extends number | string>(
  master: KeyObject,
  ids: readonly Id[],
): (DataKey<Id> & WrappedKey)[] {
  const size = nonceBytes + keyBytes;
  const random = randomBytes(ids.length * size);
  const made = ids.map((id, place) => {
    const nonce = random.subarray(place * size, place * size + nonceBytes);
    const key = random.subarray(place * size + nonceBytes, (place + 1) * size);
    return { id, key: createSecretKey(key), wrapped: seal(master, nonce, dataContext(id), key) };
  });
  random.fill(0);
  return made;
}

export function makeIndexKey(master: KeyObject, agency: AgencyId): WrappedKey {
  const bytes = randomBytes(keyBytes);
  const wrapped = seal(master, randomBytes(nonceBytes), indexContext(agency), bytes);
  return { key: importedKey(bytes), wrapped };
}

/** @throws Error when it is not this key's wrapped form, or was changed */
export const openDataKey = (master: KeyObject, id: number | string, wrapped: Uint8Array): KeyObject =>
  importedKey(unseal(master, dataContext(id), wrapped));

/** @throws Error when it is not the key of this agency, or was changed */
export const openIndexKey = (master: KeyObject, agency: AgencyId, wrapped: Uint8Array): KeyObject =>
  importedKey(unseal(master, indexContext(agency), wrapped));

/** Names a vault in a way that only its key-encryption key opens. */
export const sealVaultId = (master: KeyObject, id: string): Buffer =>
  seal(master, randomBytes(nonceBytes), vaultContext, Buffer.from(id));

/** @throws Error when it was sealed with another key */
export const openVaultId = (master: KeyObject, sealed: Uint8Array): string =>
  unseal(master, vaultContext, sealed).toString();

function importedKey(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
