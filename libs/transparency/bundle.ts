import { InvalidTile } from './errors.js';
import { tileWidth } from './tile.js';

const maximumEntryLength = 65_535;

/**
 * The bytes of an entry bundle (c2sp.org/tlog-tiles): each entry after its length as a big-endian u16.
 * @throws InvalidTile unless there are 1 to 256 entries of at most 65,535 bytes.
 */
export function encodeBundle(entries: readonly Uint8Array[]): Buffer {
  requireCount(entries.length);
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > maximumEntryLength) throw new InvalidTile(`an entry has ${entry.length} bytes`);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/**
 * The entries of a bundle, as views of the given bytes.
 * @throws InvalidTile when the bytes end inside an entry, or there are not 1 to 256 entries.
 */
export function decodeBundle(bytes: Uint8Array): Buffer[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Buffer[] = [];
  for (let position = 0; position < buffer.length;) {
    const start = position + 2;
    const end = start > buffer.length ? start : start + buffer.readUInt16BE(position);
    if (end > buffer.length) throw new InvalidTile('the bundle ends inside an entry');
    entries.push(buffer.subarray(start, end));
    position = end;
  }
  requireCount(entries.length);
  return entries;
}

function requireCount(count: number): void {
  if (count < 1 || count > tileWidth) throw new InvalidTile(`a bundle of ${count} entries`);
}
