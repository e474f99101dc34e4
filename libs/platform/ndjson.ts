import { DomainError, type ErrorCode } from '#kernel';

/** How many entries one batch may hold. */
export const mostLines = 400;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Takes a batch apart: 1 to {@link mostLines} lines of JSON, each ended by one line feed, none blank.
 *
 * @returns views on the given bytes, without their line feeds; what a line says is not looked at
 * @throws DomainError `malformed-ndjson` or `too-large`, naming the line
 */
export function splitLines(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length === 0) throw refusal('malformed-ndjson', 'a batch has at least one line', 1);
  if (byteOrderMark.equals(bytes.subarray(0, 3))) {
    throw refusal('malformed-ndjson', 'starts with a byte order mark', 1);
  }
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const number = lines.length + 1;
    if (number > mostLines) throw refusal('too-large', `a batch has at most ${mostLines} lines`, number);
    const end = bytes.indexOf(lineFeed, start);
    if (end === -1) throw refusal('malformed-ndjson', 'the last line does not end with a line feed', number);
    const line = bytes.subarray(start, end);
    if (line.includes(carriageReturn)) throw refusal('malformed-ndjson', 'holds a carriage return', number);
    if (isBlank(line)) throw refusal('malformed-ndjson', 'is blank', number);
    lines.push(line);
    start = end + 1;
  }
  return lines;
}

const isBlank = (line: Uint8Array): boolean => line.every((byte) => byte === 0x20 || byte === 0x09);

const refusal = (code: ErrorCode, detail: string, line: number): DomainError =>
  new DomainError(code, 'this is not a batch of entries, one a line', [{ pointer: '', detail, line }]);
