import { leafIndex, treeSize, type LeafIndex, type TreeSize } from '#kernel';
import { Arrivals } from '../arrivals.js';
import { EventStore, StoreUnavailable, type StoredRecord, type StreamName } from '../event-store.js';
import { judgeAppend } from '../expected-revision.js';
import { follow } from '../follow.js';

/** What several {@link MemoryEventStore}s share, as several connections share a file. */
export class Memory {
  readonly arrivals = new Arrivals();
  readonly #streams = new Map<StreamName, Buffer[]>();

  stream(name: StreamName): Buffer[] {
    const records = this.#streams.get(name) ?? [];
    this.#streams.set(name, records);
    return records;
  }
}

/** For tests: everything is lost with the process. */
export class MemoryEventStore extends EventStore {
  readonly #memory: Memory;
  readonly #closing = new AbortController();

  constructor(memory = new Memory()) {
    super();
    this.#memory = memory;
  }

  override async append(stream: StreamName, expected: TreeSize, records: readonly Uint8Array[]): Promise<void> {
    const stored = this.#stream(stream);
    const size = treeSize(stored.length);
    const verdict = judgeAppend({ stream, expected, records }, size, () =>
      this.#read(stream, expected, records.length),
    );
    if (verdict === 'repeated' || records.length === 0) return;
    stored.push(...records.map((bytes) => Buffer.from(bytes)));
    this.#memory.arrivals.announce(stream);
  }

  override async size(stream: StreamName): Promise<TreeSize> {
    return treeSize(this.#stream(stream).length);
  }

  override async read(stream: StreamName, from: LeafIndex, limit: number): Promise<readonly StoredRecord[]> {
    return this.#read(stream, from, limit);
  }

  override subscribe(stream: StreamName, from: LeafIndex, signal: AbortSignal): AsyncIterable<readonly StoredRecord[]> {
    const source = {
      stream,
      arrivals: this.#memory.arrivals,
      read: (next: LeafIndex, limit: number) => this.#read(stream, next, limit),
    };
    return follow(source, from, AbortSignal.any([signal, this.#closing.signal]));
  }

  override async close(): Promise<void> {
    this.#closing.abort();
  }

  #read(stream: StreamName, from: LeafIndex, limit: number): StoredRecord[] {
    const records = this.#stream(stream).slice(from, from + leafIndex(limit));
    return records.map((bytes, place) => ({ index: leafIndex(from + place), bytes: Buffer.from(bytes) }));
  }

  #stream(name: StreamName): Buffer[] {
    if (this.#closing.signal.aborted) throw new StoreUnavailable('the event store is closed');
    return this.#memory.stream(name);
  }
}
