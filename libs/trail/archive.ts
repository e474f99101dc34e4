import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type Entry, fromFdPromise, type LocalFileHeader, type ZipFile } from 'yauzl';
import type { Findings } from './report.js';

/** A file in the ZIP. A trail is stored uncompressed, so its content is simply this stretch of bytes. */
export interface ArchivedFile {
  readonly path: string;
  readonly start: number;
  readonly size: number;
  readonly crc32: number;
}

const chunkBytes = 1 << 18;
const localSignature = 0x04034b50;
const descriptorSignature = 0x08074b50;
const endSignature = 0x06054b50;
const sizesFollow = 0x0008;
const namesAreUtf8 = 0x0800;
const regularFile = 0o100000;

/**
 * A trail's ZIP file, read without trust. Programs that unpack ZIP files read different parts of them, so every part
 * must tell the same: both names of a file, both sizes, and no byte outside the files and their directory.
 */
export class Archive {
  private constructor(
    private readonly descriptor: number,
    readonly files: ReadonlyMap<string, ArchivedFile>,
  ) {}

  /**
   * @returns the files below the bag's folder, or `undefined` when the ZIP can not be read; findings say why
   * @throws the system's error when there is no such file
   */
  static async open(path: string, findings: Findings): Promise<Archive | undefined> {
    const descriptor = openSync(path, 'r');
    try {
      const files = await readDirectory(descriptor, findings);
      if (files !== undefined) return new Archive(descriptor, files);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
    closeSync(descriptor);
    return undefined;
  }

  close(): void {
    closeSync(this.descriptor);
  }

  /** Reads a stretch of a file; the caller bounds its length. */
  read({ start, size }: ArchivedFile, offset = 0, length = size - offset): Buffer {
    return readAt(this.descriptor, start + offset, Math.min(length, size - offset));
  }

  *chunks(file: ArchivedFile): Generator<Buffer> {
    for (let offset = 0; offset < file.size; offset += chunkBytes) yield this.read(file, offset, chunkBytes);
  }
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, position + done);
    if (count === 0) throw new Error('the file shrank while it was read');
    done += count;
  }
  return bytes;
}

async function readDirectory(
  descriptor: number,
  findings: Findings,
): Promise<ReadonlyMap<string, ArchivedFile> | undefined> {
  const size = fstatSync(descriptor).size;
  if (size < 4 || readAt(descriptor, 0, 4).readUInt32LE() !== localSignature) {
    findings.add('unverifiable', 'This is not a trail: not a ZIP file.');
    return undefined;
  }
  let zip: ZipFile;
  try {
    zip = await fromFdPromise(descriptor, { autoClose: false, strictFileNames: true });
  } catch {
    findings.add('incomplete', 'The ZIP file has no readable end: it was cut short.');
    return undefined;
  }
  try {
    return await readFiles(zip, descriptor, size, findings);
  } catch (error) {
    findings.add('tampered', `The directory of the ZIP file is broken: ${messageOf(error)}.`);
    return undefined;
  }
}

async function readFiles(
  zip: ZipFile,
  descriptor: number,
  zipSize: number,
  findings: Findings,
): Promise<ReadonlyMap<string, ArchivedFile> | undefined> {
  const files = new Map<string, ArchivedFile>();
  let folder: string | undefined;
  let position = 0;
  let directorySize = 0;
  for await (const entry of zip.eachEntry()) {
    const local = await zip.readLocalFileHeaderPromise(entry);
    const slash = entry.fileName.indexOf('/') + 1;
    folder ??= entry.fileName.slice(0, slash);
    const path = entry.fileName.slice(slash);
    const file = { path, start: local.fileDataStart, size: entry.compressedSize, crc32: entry.crc32 };
    const end = file.start + file.size;
    const trailer = descriptorOf(entry);
    if (entry.compressionMethod !== 0) {
      findings.add('unverifiable', 'The file is compressed, which those of a trail are not: ask for the original.', {
        file: path,
      });
      return undefined;
    }
    if (
      contradicts(entry, local) ||
      entry.relativeOffsetOfLocalHeader !== position ||
      end + trailer.length > zipSize ||
      !readAt(descriptor, end, trailer.length).equals(trailer)
    ) {
      findings.add('tampered', 'The ZIP file says different things about this file.', { file: path });
    }
    if (files.has(path)) findings.add('tampered', 'The ZIP file holds two files of this name.', { file: path });
    if (folder === '' || !entry.fileName.startsWith(folder)) {
      findings.add('tampered', 'The file stands outside the folder of the trail.', { file: entry.fileName });
    }
    files.set(path, file);
    position = end + trailer.length;
    directorySize += 46 + entry.fileNameLength + entry.extraFieldLength;
  }
  checkEnd(descriptor, zipSize, { count: zip.entryCount, directorySize, directoryStart: position }, findings);
  return files;
}

/** Whether the two headers of a file disagree, or hold more than a trail's ZIP file does. */
function contradicts(entry: Entry, local: LocalFileHeader): boolean {
  const streamed = (entry.generalPurposeBitFlag & sizesFollow) !== 0;
  const [crc32, size] = streamed ? [0, 0] : [entry.crc32, entry.uncompressedSize];
  const kind = (entry.externalFileAttributes >>> 16) & ~0o777;
  return (
    !local.fileName.equals(entry.fileNameRaw) ||
    local.generalPurposeBitFlag !== entry.generalPurposeBitFlag ||
    (entry.generalPurposeBitFlag & ~sizesFollow) !== namesAreUtf8 ||
    local.compressionMethod !== entry.compressionMethod ||
    local.crc32 !== crc32 ||
    local.compressedSize !== size ||
    local.uncompressedSize !== size ||
    local.extraFieldLength !== 0 ||
    entry.fileCommentLength !== 0 ||
    kind !== regularFile ||
    entry.extraFields.some(({ id }) => id !== zip64Field) ||
    entry.extraFieldLength !== (isZip64(entry) ? 28 : 0)
  );
}

const zip64Field = 0x0001;
const isZip64 = (entry: Entry): boolean => entry.extraFields.some(({ id }) => id === zip64Field);

/** What must follow the content of a file whose size was not known when its header was written. */
function descriptorOf(entry: Entry): Buffer {
  if ((entry.generalPurposeBitFlag & sizesFollow) === 0) return Buffer.alloc(0);
  const wide = isZip64(entry);
  const bytes = Buffer.alloc(wide ? 24 : 16);
  bytes.writeUInt32LE(descriptorSignature, 0);
  bytes.writeUInt32LE(entry.crc32, 4);
  for (const place of [0, 1]) {
    if (wide) bytes.writeBigUInt64LE(BigInt(entry.uncompressedSize), 8 + 8 * place);
    else bytes.writeUInt32LE(entry.uncompressedSize, 8 + 4 * place);
  }
  return bytes;
}

/** The end of the ZIP file must name the directory that was read, and nothing may stand around it. */
function checkEnd(
  descriptor: number,
  zipSize: number,
  { count, directorySize, directoryStart }: { count: number; directorySize: number; directoryStart: number },
  findings: Findings,
): void {
  const bounded = (value: number, limit: number): number => Math.min(value, limit);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(bounded(count, 0xffff), 8);
  end.writeUInt16LE(bounded(count, 0xffff), 10);
  end.writeUInt32LE(bounded(directorySize, 0xffffffff), 12);
  end.writeUInt32LE(bounded(directoryStart, 0xffffffff), 16);
  const isLarge = count >= 0xffff || directoryStart >= 0xffffffff;
  const expected = directoryStart + directorySize + (isLarge ? 56 + 20 : 0) + end.length;
  if (expected !== zipSize || !readAt(descriptor, zipSize - end.length, end.length).equals(end)) {
    findings.add('tampered', 'The ZIP file holds bytes that belong to none of its files.');
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
