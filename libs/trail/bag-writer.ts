import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type Instant } from '#kernel';
import { bagitText, trailFiles, trailFolder } from './layout.js';
import { formatManifest } from './manifest.js';

/**
 * Writes a BagIt 1.0 bag as one ZIP file, file after file, with back-pressure. Nothing is compressed: a changed byte
 * then is a changed byte of one file, and can be named.
 */
export class BagWriter {
  private readonly zip = new ZipFile();
  private readonly ended = new AbortController();
  private readonly piped: Promise<void>;
  private readonly payload = new Map<string, string>();
  private readonly tags = new Map<string, string>();
  private payloadBytes = 0;

  /** @param issuedAt stamped on every file, so that the same trail has the same bytes */
  constructor(
    private readonly id: string,
    private readonly issuedAt: Instant,
    output: Writable,
    signal: AbortSignal | undefined,
  ) {
    this.piped = pipeline(this.zip.outputStream as Readable, output, signal === undefined ? {} : { signal });
    this.piped.catch((cause: unknown) => this.ended.abort(cause));
  }

  /** @returns SHA-256 of the content in hex */
  async addBytes(path: string, content: string | Buffer): Promise<string> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    return this.addChunks(path, [bytes], bytes.length);
  }

  /** @param size when known, in bytes */
  async addChunks(path: string, chunks: AsyncIterable<Buffer> | Iterable<Buffer>, size?: number): Promise<string> {
    const { signal } = this.ended;
    signal.throwIfAborted();
    const content = new PassThrough();
    // yazl keeps what it is given for each file until the ZIP ends: it gets a slot, not the stream with its buffers.
    const slot: { content?: PassThrough } = { content };
    const options = { compress: false, mode: 0o100644, mtime: wallClock(this.issuedAt), forceDosTimestamp: true };
    const name = `${trailFolder(this.id)}/${path}`;
    this.zip.addReadStreamLazy(name, size === undefined ? options : { ...options, size }, (take) => {
      take(null, slot.content ?? new PassThrough().end());
    });
    const hash = createHash('sha256');
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      hash.update(chunk);
      if (path.startsWith('data/')) this.payloadBytes += chunk.length;
      if (!content.write(chunk)) await this.until(content, 'drain');
    }
    content.end();
    await this.until(content, 'end');
    delete slot.content;
    const digest = hash.digest('hex');
    (path.startsWith('data/') ? this.payload : this.tags).set(path, digest);
    return digest;
  }

  /**
   * Writes the tag files and ends the ZIP.
   * @param info tags of `bag-info.txt`, one line each
   * @returns SHA-256 of the payload's manifest in hex, and the size of the payload
   */
  async finish(
    info: readonly (readonly [string, string])[],
  ): Promise<{ digest: string; files: number; bytes: number }> {
    const totals = { files: this.payload.size, bytes: this.payloadBytes };
    const lines = [...info, ['Payload-Oxum', `${totals.bytes}.${totals.files}`] as const];
    await this.addBytes(trailFiles.bagit, bagitText);
    await this.addBytes(trailFiles.info, lines.map(([tag, value]) => `${tag}: ${oneLine(value)}\n`).join(''));
    const digest = await this.addBytes(trailFiles.manifest, formatManifest(this.payload));
    await this.addBytes(trailFiles.tagManifest, formatManifest(this.tags));
    this.zip.end();
    await this.piped;
    return { digest, ...totals };
  }

  private async until(content: PassThrough, event: 'drain' | 'end'): Promise<void> {
    const { signal } = this.ended;
    try {
      await once(content, event, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }

  /** Gives up: the output is destroyed, so that nobody takes half a trail for a whole one. */
  async abort(cause: unknown): Promise<void> {
    (this.zip.outputStream as Readable).destroy(cause instanceof Error ? cause : new Error('aborted', { cause }));
    await this.piped.catch(() => undefined);
  }
}

// ZIP files hold times without a zone and yazl writes local time: this one reads as UTC on every machine.
function wallClock(moment: Instant): Date {
  const [year = 1980, month = 1, ...rest] = moment.split(/\D/).map(Number);
  const [day, hour, minute, second] = rest;
  return new Date(year, month - 1, day, hour, minute, second);
}

const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
