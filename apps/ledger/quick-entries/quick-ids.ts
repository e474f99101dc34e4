import { createHash } from 'node:crypto';

/**
 * Names the entries that a quick entry becomes: the first by its own id, the others by what they are, always the same
 * for the same id, so that sending it again records nothing twice. A UUID of version 8 (RFC 9562 §5.8).
 */
export const quickIds =
  (id: string) =>
  (...what: readonly string[]): string => {
    if (what.length === 0) return id;
    const bytes = createHash('sha256')
      .update(JSON.stringify(['quick-entry', id, ...what]))
      .digest()
      .subarray(0, 16);
    bytes.writeUInt8(0x80 + (bytes.readUInt8(6) % 16), 6);
    bytes.writeUInt8(0x80 + (bytes.readUInt8(8) % 64), 8);
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
