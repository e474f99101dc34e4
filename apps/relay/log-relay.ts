import { largestBatch, type EventStore, type StoredRecord } from '#event-store';
import { leafIndex, treeSize, type LeafIndex, type LogName, type TreeSize } from '#kernel';
import { topics, type LeafMac, type RecordStream } from '#messaging';
import { Lane, type LaneBatch } from './lane.js';
import { RelayRefused } from './relay-refused.js';
import { logLeaf, topicOf, type Route } from './route.js';
import { lastPublished } from './tail.js';

/** Told what the relay does. */
export interface RelayWatch {
  /** The tails are known, and leaves may go out. */
  begun(): void;
  /** Around every publish. Calls `work` once and answers what it answers. */
  publish(batch: LaneBatch, work: () => Promise<void>): Promise<void>;
  /** Leaves that were read again and found in their partitions. */
  skipped(leaves: number): void;
}

export interface LogRelayParts {
  /** the ledger's, as in its checkpoints */
  readonly origin: string;
  readonly log: LogName;
  readonly store: Pick<EventStore, 'read' | 'subscribe'>;
  readonly stream: Pick<RecordStream, 'tail' | 'extent' | 'publish'>;
  readonly route: Route;
  /** vouches for records; null for the registry */
  readonly mac: LeafMac | null;
  readonly watch: RelayWatch;
}

/** Nothing more is read from the log while more than this is on its way. */
const most = { records: 4_000, bytes: 4 * 1024 * 1024 };

/** Milliseconds that leaves wait for more of their partition while the log has more to be read. */
const linger = 200;

/**
 * One run from a log to its topic. It begins where the partitions end and goes on until it is stopped or anything
 * fails; then the next run, here or in another process, begins in the same way. Nothing is lost and nothing changes its
 * order within a partition; a leaf comes twice only where the answer to a publish got lost.
 */
export class LogRelay {
  #lanes: readonly Lane[] = [];
  #next: LeafIndex = leafIndex(0);
  #failure: { readonly error: unknown } | null = null;
  #moved = Promise.withResolvers<void>();
  #lingering: NodeJS.Timeout | undefined;
  readonly #failing = new AbortController();

  constructor(private readonly parts: LogRelayParts) {}

  /** Size of the log up to which every leaf is in its partition, as far as this run knows. */
  get position(): TreeSize {
    const first = this.#lanes.flatMap(({ firstWaiting }) => firstWaiting ?? []);
    return treeSize(first.reduce(lesser, this.#next));
  }

  /** Bytes of leaves that are read and not confirmed. */
  get waitingBytes(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.waitingBytes, 0);
  }

  /**
   * Relays until the signal aborts. On return nothing is under way any more.
   *
   * @throws RelayRefused when going on would damage the topic; everything else says that the run is over and another
   *   one may begin
   */
  async run(signal: AbortSignal): Promise<void> {
    const { log, store, watch } = this.parts;
    const stopping = AbortSignal.any([signal, this.#failing.signal]);
    this.#lanes = await this.#openLanes();
    this.#next = this.#lanes.map(({ last }) => leafIndex(last === null ? 0 : last + 1)).reduce(lesser);
    watch.begun();
    try {
      const subscribe = (over: AbortSignal) => store.subscribe(log, this.#next, AbortSignal.any([stopping, over]));
      for await (const batch of oneAhead(subscribe)) {
        await this.#take(batch);
        await this.#room(stopping);
      }
    } finally {
      clearTimeout(this.#lingering);
      await Promise.all(this.#lanes.map((lane) => lane.stop()));
    }
    if (this.#failure !== null) throw this.#failure.error;
    if (!signal.aborted) throw new Error(`the subscription to ${log} ended by itself`);
  }

  async #openLanes(): Promise<readonly Lane[]> {
    const { origin, log, mac, stream } = this.parts;
    const topic = topicOf[log];
    const partitions = Array.from({ length: topics[topic].partitions }, (_, partition) => partition);
    const lasts = await Promise.all(partitions.map((partition) => lastPublished(partition, this.parts)));
    return lasts.map(
      (last, partition) =>
        new Lane({
          origin,
          log,
          partition,
          mac,
          last,
          publish: (batch) =>
            this.parts.watch.publish(batch, () => stream.publish(topic, batch.partition, batch.records)),
          confirmed: () => this.#wake(),
          failed: (error) => this.#fail(error),
        }),
    );
  }

  async #take(batch: readonly StoredRecord[]): Promise<void> {
    const { log, route, watch } = this.parts;
    const leaves = batch.map((record) => logLeaf(log, record));
    const homes = await route(leaves);
    let skipped = 0;
    for (const [position, record] of leaves.entries()) {
      if (record.index !== this.#next) throw new RelayRefused(`${log} has a gap: ${record.index} after ${this.#next}`);
      const lane = this.#lanes[homes[position] ?? -1];
      if (lane === undefined) throw new RelayRefused(`leaf ${record.index} of ${log} has no partition`);
      if (!lane.offer(record)) skipped += 1;
      this.#next = leafIndex(record.index + 1);
    }
    if (skipped > 0) watch.skipped(skipped);
    this.#flush(batch.length < largestBatch || this.#isFull());
  }

  /** Full batches come one after the other while the relay catches up: then full publishes come of them, too. */
  #flush(everything: boolean): void {
    clearTimeout(this.#lingering);
    for (const lane of this.#lanes) lane.flush(everything);
    if (!everything) this.#lingering = setTimeout(() => this.#flush(true), linger);
  }

  async #room(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && this.#isFull()) await this.#movement(stopping);
  }

  #isFull(): boolean {
    const records = this.#lanes.reduce((sum, lane) => sum + lane.waitingRecords, 0);
    return records > most.records || this.waitingBytes > most.bytes;
  }

  async #movement(stopping: AbortSignal): Promise<void> {
    const { promise } = (this.#moved = Promise.withResolvers<void>());
    const wake = (): void => this.#wake();
    stopping.addEventListener('abort', wake, { once: true });
    await promise;
    stopping.removeEventListener('abort', wake);
  }

  #wake(): void {
    this.#moved.resolve();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#failing.abort();
  }
}

/** Asks for the next batch while one is being worked on: the store reads meanwhile. */
async function* oneAhead<Batch>(
  subscribe: (over: AbortSignal) => AsyncIterable<Batch>,
): AsyncGenerator<Batch, void, undefined> {
  const over = new AbortController();
  const source = subscribe(over.signal)[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<Batch, unknown>> => {
    const asked = source.next();
    // Who stops working on a batch never hears how the next one failed.
    asked.catch(() => undefined);
    return asked;
  };
  try {
    for (let asked = ask(); ;) {
      const { done, value } = await asked;
      if (done === true) return;
      asked = ask();
      yield value;
    }
  } finally {
    // The next batch may be long in coming: nobody waits for it any more.
    over.abort();
    await source.return?.();
  }
}

const lesser = (one: LeafIndex, other: LeafIndex): LeafIndex => (one < other ? one : other);
