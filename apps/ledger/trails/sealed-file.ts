import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { createReadStream, createWriteStream, openSync, readSync, closeSync, statSync } from 'node:fs';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * A file that is encrypted as it is written, because a trail holds opened blocks: nonce, ciphertext, GCM tag.
 * One key seals one file.
 */
export async function writeSealed(
  path: string,
  key: KeyObject,
  write: (output: Writable) => Promise<void>,
): Promise<void> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce);
  const output = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  output.write(nonce);
  const input = new PassThrough();
  const written = pipeline(input, cipher, output, { end: false });
  // It may fail before whoever writes does, and is asked only then.
  written.catch(() => {});
  try {
    await write(input);
    input.end();
    await written;
  } catch (error) {
    input.destroy();
    output.destroy();
    await written.catch(() => {});
    throw error;
  }
  await new Promise<void>((resolve, reject) => {
    output.once('error', reject);
    output.end(cipher.getAuthTag(), () => resolve());
  });
}

/** Opens a sealed file. A changed file ends the stream with an error instead of a last chunk. */
export function readSealed(path: string, key: KeyObject): { readonly content: Readable; readonly bytes: number } {
  const { size } = statSync(path);
  const descriptor = openSync(path, 'r');
  const nonce = Buffer.alloc(nonceBytes);
  const tag = Buffer.alloc(tagBytes);
  readSync(descriptor, nonce, 0, nonceBytes, 0);
  readSync(descriptor, tag, 0, tagBytes, size - tagBytes);
  closeSync(descriptor);
  const decipher = createDecipheriv(algorithm, key, nonce);
  decipher.setAuthTag(tag);
  const sealed = createReadStream(path, { start: nonceBytes, end: size - tagBytes - 1 });
  sealed.on('error', (error) => decipher.destroy(error));
  return { content: sealed.pipe(decipher), bytes: size - nonceBytes - tagBytes };
}

export const freshKey = (): Buffer => randomBytes(32);
export const keyOf = (base64: string): KeyObject => createSecretKey(Buffer.from(base64, 'base64'));
