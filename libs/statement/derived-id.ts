import { createHash } from 'node:crypto';

/**
 * A UUID of version 8 (RFC 9562 §5.8) from the SHA-256 of texts: the same texts, the same id. No two lists of texts
 * are hashed as one, wherever their bounds lie.
 */
export function derivedId(...texts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(texts)).digest().subarray(0, 16);
  bytes.writeUInt8(0x80 + (bytes.readUInt8(6) % 16), 6);
  bytes.writeUInt8(0x80 + (bytes.readUInt8(8) % 64), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
