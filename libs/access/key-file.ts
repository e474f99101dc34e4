import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isNativeError } from 'node:util/types';

export class UnsafeKeyFile extends Error {
  override readonly name = 'UnsafeKeyFile';
}

const ownerOnly = 0o600;

/**
 * Reads a secret from its file, or writes a fresh one where there is none yet. Of several processes that start at the
 * same moment one writes, and all read the same secret: a file appears under its name only when it is complete.
 *
 * @throws UnsafeKeyFile when others than its owner may touch the file
 */
export function secretFrom(path: string, fresh: () => string): string {
  const existing = readSecret(path);
  if (existing !== undefined) return existing;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  writeDurably(draft, fresh());
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  const secret = readSecret(path);
  if (secret === undefined) throw new Error(`the key file ${path} has vanished`);
  return secret;
}

function readSecret(path: string): string | undefined {
  try {
    const { mode } = statSync(path);
    // Windows has no such modes; there the folder's access list protects the file.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new UnsafeKeyFile(`others than its owner may touch ${path}; set its mode to 600`);
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', ownerOnly);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  isNativeError(error) && 'code' in error && error.code === code;
