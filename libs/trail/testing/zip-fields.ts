/**
 * The bits of a ZIP file, as masks by position, that no reader takes content, names, sizes or places from:
 * - versions: what made the file, and what is needed to extract it
 * - time and date of a file, which are no evidence
 * - number of the disk a file starts on: there is one disk only
 * - internal attributes (text or binary), permissions, and attributes of DOS
 */
export function meaninglessBytes(zip: Buffer): ReadonlyMap<number, number> {
  const positions = new Map<number, number>();
  const mark = (start: number, length: number): void => {
    for (let place = 0; place < length; place += 1) positions.set(start + place, 0xff);
  };
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let record = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(record) === 0x02014b50) {
    mark(record + 4, 4); // version made by, version needed
    mark(record + 12, 4); // time, date
    mark(record + 34, 4); // disk, internal attributes
    mark(record + 38, 3); // DOS attributes, permissions
    positions.set(record + 41, 1); // the owner may read it; the other bits say what kind of file it is
    const header = zip.readUInt32LE(record + 42);
    mark(header + 4, 2); // version needed
    mark(header + 10, 4); // time, date
    record += 46 + zip.readUInt16LE(record + 28) + zip.readUInt16LE(record + 30) + zip.readUInt16LE(record + 32);
  }
  return positions;
}
