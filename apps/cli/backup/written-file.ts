import { chmodSync, closeSync, copyFileSync, constants, fsyncSync, openSync, writeSync } from 'node:fs';

const ownerOnly = 0o600;

/**
 * Writes a file that only its owner may read, durably.
 *
 * @throws Error when it exists
 */
export function writeNewFile(path: string, text: string): void {
  const file = openSync(path, 'wx', ownerOnly);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Copies a file, durably; only its owner may read the copy.
 *
 * @throws Error when the copy exists
 */
export function copyFile(from: string, to: string): void {
  closeSync(openSync(to, 'wx', ownerOnly));
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, ownerOnly);
  syncPath(to);
}

/** Makes what was written to a file or folder survive power loss. */
export function syncPath(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
