import { createHash } from 'node:crypto';
import { BACKWARDS, END, EventStoreDBClient, FORWARDS, START, StreamNotFoundError } from '@eventstore/db-client';
import type { StreamName } from '#event-store';

/** An event as the store gives it. */
export interface RawEvent {
  readonly revision: number;
  readonly id: string;
  readonly bytes: Buffer;
}

/**
 * The streams of a ledger, read with the store's own client and nothing of ours in between. The client can never be
 * closed for certain: whoever uses it ends its process.
 */
export class RawLog {
  readonly #client: EventStoreDBClient;

  constructor(url: string) {
    this.#client = EventStoreDBClient.connectionString(url);
  }

  async events(stream: StreamName): Promise<readonly RawEvent[]> {
    const events: RawEvent[] = [];
    try {
      const options = { direction: FORWARDS, fromRevision: START } as const;
      for await (const { event } of this.#client.readStream(nameOf(stream), options)) {
        if (event === undefined) continue;
        const bytes = Buffer.from(event.data as Uint8Array);
        events.push({ revision: Number(event.revision), id: event.id, bytes });
      }
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return events;
  }

  async last(stream: StreamName): Promise<RawEvent | undefined> {
    let last: RawEvent | undefined;
    try {
      const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const;
      for await (const { event } of this.#client.readStream(nameOf(stream), options)) {
        // Read to its end: a stream that is left before keeps the client from ever being closed.
        if (event === undefined) continue;
        last = { revision: Number(event.revision), id: event.id, bytes: Buffer.from(event.data as Uint8Array) };
      }
    } catch (error) {
      if (!(error instanceof StreamNotFoundError)) throw error;
    }
    return last;
  }

  async size(stream: StreamName): Promise<number> {
    return ((await this.last(stream))?.revision ?? -1) + 1;
  }
}

const nameOf = (stream: StreamName): string => `nachweis-${stream}`;

/** RFC 9162 section 2.1.1. */
export const leafHashOf = (bytes: Buffer): Buffer => sha256(Buffer.of(0), bytes);

const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The UUID of version 8 that names the bytes of an event by their leaf hash, without its version and variant. */
export const namesItsBytes = ({ id, bytes }: RawEvent): boolean => {
  const bare = id.replaceAll('-', '');
  const hash = leafHashOf(bytes).toString('hex').slice(0, 32);
  const without = (hex: string): string => hex.slice(0, 12) + hex.slice(13, 16) + hex.slice(17);
  return without(bare) === without(hash) && bare[12] === '8';
};

/** The roots of all these sizes, in one pass over the leaves (RFC 9162 section 2.1.1). */
export function rootsAt(leaves: readonly Buffer[], sizes: ReadonlySet<number>): ReadonlyMap<number, Buffer> {
  const roots = new Map<number, Buffer>();
  const peaks: { readonly size: number; readonly hash: Buffer }[] = [];
  if (sizes.has(0)) roots.set(0, sha256());
  leaves.forEach((leaf, index) => {
    let peak = { size: 1, hash: leaf };
    for (let left = peaks.at(-1); left?.size === peak.size; left = peaks.at(-1)) {
      peaks.pop();
      peak = { size: 2 * peak.size, hash: nodeHash(left.hash, peak.hash) };
    }
    peaks.push(peak);
    if (!sizes.has(index + 1)) return;
    roots.set(
      index + 1,
      peaks.slice(0, -1).reduceRight((right, { hash }) => nodeHash(hash, right), peak.hash),
    );
  });
  return roots;
}
