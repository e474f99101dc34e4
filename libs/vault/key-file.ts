import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyBytes } from './cipher.js';
import { VaultRefused } from './vault.js';

const ownerOnly = 0o600;
const anybodyElse = 0o077;

/**
 * The key that wraps all others: a file of 32 random bytes that only its owner may read.
 *
 * @throws VaultRefused when it has another size or group or others may use it
 */
export function readKeyFile(file: string): KeyObject {
  return withFile(file, 'r', (descriptor) => {
    const { mode, size } = fstatSync(descriptor);
    if ((mode & anybodyElse) !== 0) throw new VaultRefused(`key file ${file} must have mode 0600: others may use it`);
    if (size !== keyBytes) throw new VaultRefused(`key file ${file} must have ${keyBytes} bytes`);
    const bytes = Buffer.alloc(keyBytes);
    readSync(descriptor, bytes);
    const key = createSecretKey(bytes);
    bytes.fill(0);
    return key;
  });
}

/**
 * Makes a new key file, durably and whole or not at all.
 *
 * @throws Error when the file exists
 */
export function createKeyFile(file: string): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  withFile(draft, 'wx', (descriptor) => {
    writeSync(descriptor, randomBytes(keyBytes));
    fsyncSync(descriptor);
  });
  try {
    // Unlike a rename, a link never replaces a key that somebody else put there meanwhile.
    linkSync(draft, file);
  } finally {
    unlinkSync(draft);
  }
  withFile(dirname(file), 'r', fsyncSync);
}

function withFile<Result>(file: string, flags: 'r' | 'wx', work: (descriptor: number) => Result): Result {
  const descriptor = openSync(file, flags, ownerOnly);
  try {
    return work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
