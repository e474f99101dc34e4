import type { LeafIndex } from '#kernel';
import { parseDecimal } from '#transparency';
import type { Archive, ArchivedFile } from './archive.js';

/** A line is longer than any line a ledger writes. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/**
 * The lines of a file without their LF, in memory of one line.
 * @throws LineTooLong; a last line without LF comes as it is, and `cutShort` hears of it
 */
export function* linesOf(
  archive: Archive,
  file: ArchivedFile,
  maximumBytes: number,
  cutShort: () => void,
): Generator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of archive.chunks(file)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      if (end - start > maximumBytes) throw new LineTooLong(`a line of more than ${maximumBytes} bytes`);
      yield bytes.subarray(start, end);
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > maximumBytes) throw new LineTooLong(`a line of more than ${maximumBytes} bytes`);
  }
  if (rest.length > 0) {
    cutShort();
    yield rest;
  }
}

/** Lines of a file in ascending order of the entry they are about, read in step with the entries. */
export class KeyedLines {
  private current: { key: number; text: string } | undefined;

  /**
   * @param keyOf the decimal index of the entry a line is about
   * @param stray hears of lines that are about no entry of the trail, or out of order
   */
  constructor(
    private readonly lines: Generator<Buffer>,
    private readonly keyOf: (text: string) => string,
    private readonly stray: (text: string) => void,
  ) {
    this.advance();
  }

  /** The line about this entry, if any. Asked in ascending order. */
  take(index: LeafIndex): string | undefined {
    for (; this.current !== undefined && this.current.key < index; this.advance()) this.stray(this.current.text);
    if (this.current?.key !== index) return undefined;
    const { text } = this.current;
    this.advance();
    return text;
  }

  /** Passes over the lines about entries that are missing themselves. */
  skip(from: LeafIndex, to: LeafIndex): void {
    while (this.current !== undefined && this.current.key >= from && this.current.key < to) this.advance();
  }

  /** Every line left is about no entry of the trail. */
  finish(): void {
    for (; this.current !== undefined; this.advance()) this.stray(this.current.text);
  }

  private advance(): void {
    const last = this.current?.key ?? -1;
    for (;;) {
      const { value, done } = this.lines.next();
      this.current = undefined;
      if (done === true) return;
      const text = value.toString('latin1');
      const key = parseDecimal(this.keyOf(text));
      if (key !== undefined && key > last) {
        this.current = { key, text };
        return;
      }
      this.stray(text);
    }
  }
}
