import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { DomainError } from '#kernel';
import { parseStrict } from '#platform';
import type { JsonValue } from '#statement';

/** One record of a file, or why it cannot be read. `place` names it for people: `line 3`, `entry 3`. */
export type FileRecord =
  { readonly place: string; readonly value: JsonValue } | { readonly place: string; readonly fault: string };

const longestLine = 1024 * 1024;
const largestDocument = 64 * 1024 * 1024;

/**
 * Reads records from a file of JSON: one a line (NDJSON), a list, or a FHIR Bundle. Lines are read as they come, so
 * that a file of lines may have any size; the other two may have 64 MiB. What is not readable is a fault of its place
 * and stops nothing.
 *
 * @throws the file system's error when the file cannot be opened
 */
export async function* recordsOf(path: string): AsyncGenerator<FileRecord> {
  if (await isOneDocument(path)) return yield* recordsOfDocument(await readWhole(path));
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const place = `line ${number}`;
    if (line === null) yield { place, fault: `longer than ${longestLine} bytes` };
    else if (line.some((byte) => byte > space)) yield parsed(line, place);
  }
}

const space = 0x20;
const lineFeed = 0x0a;

/** True when the first line is not a record by itself: the beginning of an indented text, a list or a Bundle. */
async function isOneDocument(path: string): Promise<boolean> {
  for await (const line of linesOf(path)) {
    if (line === null) return false;
    const text = Buffer.from(line).toString('utf8').trim();
    if (text === '') continue;
    const first = parsed(line, '');
    if ('value' in first) return Array.isArray(first.value) || isBundle(first.value);
    return text === '{' || text === '[';
  }
  return false;
}

async function readWhole(path: string): Promise<Buffer | null> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return size > largestDocument ? null : await file.readFile();
  } finally {
    await file.close();
  }
}

function* recordsOfDocument(bytes: Buffer | null): Generator<FileRecord> {
  if (bytes === null)
    return yield { place: 'file', fault: `larger than ${largestDocument} bytes; write one record a line` };
  const document = parsed(withoutMark(bytes), 'file');
  if (!('value' in document)) return yield document;
  const entries = isBundle(document.value) ? document.value.entry : document.value;
  const list: readonly JsonValue[] = Array.isArray(entries) ? entries : [document.value];
  for (const [index, entry] of list.entries()) {
    const inBundle = isBundle(document.value) && typeof entry === 'object' && entry !== null && 'resource' in entry;
    yield { place: `entry ${index + 1}`, value: inBundle ? (entry['resource'] ?? null) : entry };
  }
}

const isBundle = (value: JsonValue): value is { readonly resourceType: 'Bundle'; readonly entry: JsonValue } =>
  typeof value === 'object' && value !== null && 'resourceType' in value && value['resourceType'] === 'Bundle';

function parsed(bytes: Uint8Array, place: string): FileRecord {
  try {
    return { place, value: parseStrict(bytes) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { place, fault: `not JSON with one meaning: ${error.faults[0]?.detail ?? error.message}` };
  }
}

/** The lines of a file without their ends; null for one that is too long, which is never held in memory. */
async function* linesOf(path: string): AsyncGenerator<Uint8Array | null> {
  let pieces: Buffer[] = [];
  let length = 0;
  let isFirst = true;
  const finish = (): Uint8Array | null => {
    const line = length > longestLine ? null : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    if (line === null || !isFirst) return line;
    isFirst = false;
    return withoutMark(line);
  };
  const keep = (piece: Buffer): void => {
    length += piece.length;
    if (length > longestLine) pieces = [];
    else pieces.push(piece);
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      keep(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Other systems begin files with a byte order mark. It says nothing. */
const withoutMark = (bytes: Buffer): Buffer => (byteOrderMark.equals(bytes.subarray(0, 3)) ? bytes.subarray(3) : bytes);
