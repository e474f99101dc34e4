import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const headerLength = 8;

/**
 * An append-only file of frames: length, CRC-32, JSON. What `write` returned from survives power loss; a frame torn by
 * a crash is cut off when the file is opened again.
 */
export class Journal {
  readonly #descriptor: number;
  #size: number;

  private constructor(descriptor: number, size: number) {
    this.#descriptor = descriptor;
    this.#size = size;
  }

  /** @param apply gets every whole frame, in order */
  static open(file: string, apply: (frame: unknown) => void): Journal {
    const descriptor = openSync(file, 'a+');
    const bytes = readFileSync(file);
    let whole = 0;
    for (let frame = frameAt(bytes, 0); frame !== null; frame = frameAt(bytes, whole)) {
      apply(JSON.parse(frame.toString('utf8')));
      whole += headerLength + frame.length;
    }
    if (fstatSync(descriptor).size > whole) ftruncateSync(descriptor, whole);
    return new Journal(descriptor, whole);
  }

  /** @throws Error when the disk takes no more, with nothing of the frame left behind */
  write(frame: unknown): void {
    const body = Buffer.from(JSON.stringify(frame));
    const header = Buffer.alloc(headerLength);
    header.writeUInt32BE(body.length, 0);
    header.writeUInt32BE(crc32(body), 4);
    const bytes = Buffer.concat([header, body]);
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(this.#descriptor, bytes, written);
      fdatasyncSync(this.#descriptor);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Leaves the beginning of a frame behind, as a crash in the middle of a write does. */
  tear(): void {
    writeSync(this.#descriptor, Buffer.from([0, 0, 1, 0, 1, 2, 3, 4, 0x7b]));
    fdatasyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function frameAt(bytes: Buffer, from: number): Buffer | null {
  if (bytes.length < from + headerLength) return null;
  const start = from + headerLength;
  const body = bytes.subarray(start, start + bytes.readUInt32BE(from));
  return body.length === bytes.readUInt32BE(from) && crc32(body) === bytes.readUInt32BE(from + 4) ? body : null;
}
