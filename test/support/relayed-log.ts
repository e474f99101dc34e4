import type { StoredRecord } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { agencyId, entryId, exchangeId, instantAt, leafIndex, treeSize } from '#kernel';
import type { EntryId, ExchangeId, LeafIndex, LogName } from '#kernel';
import { LeafMac, partitionOf, readLeafRecord, topics, StreamUnavailable } from '#messaging';
import type { IncomingRecord, OutgoingRecord, RecordStream, TopicName } from '#messaging';
import { Memory, MemoryRecordStream } from '#messaging/memory';
import { encodeEntryLeaf, encodeRegistryLeaf, parseLeaf, sealStatement } from '#statement';
import type { Place } from '#vault';
import { LogRelay, type RelayWatch } from '../../apps/relay/log-relay.js';
import { exchangeRoute, registryRoute, topicOf } from '../../apps/relay/route.js';
import type { Random } from './random.js';

export const origin = 'ledger.example/nachweis';
export const partitionKey = Buffer.alloc(32, 7);
export const mac = new LeafMac(partitionKey);
const issuer = agencyId('police.example');

/** How a publish goes wrong: nothing, a part, or all of it was stored; or it is stored only when others come after it. */
export const faults = ['before', 'half', 'after', 'late'] as const;
export type PublishFault = (typeof faults)[number];

/** What stands between a relay and the stream in a test: may fail the publish, or hold it up. */
export type Meddling = (call: { readonly partition: number }) => Promise<PublishFault | 'none'>;

/** A log, the places its vault knows, and the topic it is relayed to: what the truth is and what came out. */
export class RelayedLog {
  readonly store = new MemoryEventStore();
  readonly memory = new Memory();
  readonly stream = new MemoryRecordStream(this.memory);
  readonly publishes: { partition: number; records: number; bytes: number }[] = [];
  /** the most publishes under way at once: in all, and to one partition */
  readonly busiest = { all: 0, one: 0 };
  readonly #under = new Map<number, number>();
  readonly #places = new Map<EntryId, Place[]>();
  readonly #late: { partition: number; records: readonly OutgoingRecord[] }[] = [];
  #homes: number[] = [];
  skipped = 0;

  constructor(readonly log: LogName = 'entries') {}

  get size(): number {
    return this.#homes.length;
  }

  readonly vault = {
    exchangesOf: async (ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly Place[]>> =>
      new Map(ids.flatMap((id) => [[id, this.#places.get(id) ?? []] as const])),
  };

  /** Entries of a few exchanges and of none; now and then an id that two ledgers raced for. */
  async record(random: Random, count: number, padding = 0): Promise<void> {
    const exchanges = Array.from({ length: 9 }, (_, number) =>
      exchangeId(`0192f0c1-7b1a-7c3d-9e4f-00000000000${number}`),
    );
    const leaves = Array.from({ length: count }, () =>
      this.log === 'registry'
        ? this.#registryLeaf(random, padding)
        : this.#entryLeaf(random, random.chance(0.3) ? null : random.pick(exchanges as [ExchangeId]), padding),
    );
    for (let from = 0; from < leaves.length; from += 10) {
      const part = leaves.slice(from, from + 10);
      await this.store.append(
        this.log,
        treeSize(this.size),
        part.map(({ bytes }) => bytes),
      );
      this.#homes.push(...part.map(({ home }) => home));
    }
  }

  relay(meddle: Meddling = async () => 'none', watch: Partial<RelayWatch> = {}, key = partitionKey): LogRelay {
    const stream: Pick<RecordStream, 'tail' | 'extent' | 'publish'> = {
      tail: (topic, partition) => this.stream.tail(topic, partition),
      extent: (topic, partition) => this.stream.extent(topic, partition),
      publish: (topic, partition, records) => this.#publish({ topic, partition, records }, meddle),
    };
    return new LogRelay({
      origin,
      log: this.log,
      store: this.store,
      stream,
      route: this.log === 'registry' ? registryRoute : exchangeRoute(this.vault, key),
      mac: this.log === 'registry' ? null : new LeafMac(key),
      watch: {
        begun: () => undefined,
        publish: (_batch, work) => work(),
        skipped: (leaves) => (this.skipped += leaves),
        ...watch,
      },
    });
  }

  /** Relays until everything is there or the run fails. @returns why it failed */
  async relayAll(relay: LogRelay): Promise<unknown> {
    const stop = new AbortController();
    let ended = false;
    const run = relay.run(stop.signal).then(
      () => undefined,
      (error: unknown) => error,
    );
    void run.then(() => (ended = true));
    while (!ended && relay.position < this.size) await new Promise(setImmediate);
    stop.abort();
    return run;
  }

  /** The records of a partition, as they stand there. */
  async published(partition: number): Promise<readonly IncomingRecord[]> {
    const held = this.memory.partition(topicOf[this.log], partition);
    const { earliest, next } = held.extent;
    return next > earliest ? held.read(earliest, new AbortController().signal) : [];
  }

  get partitions(): number[] {
    return Array.from({ length: topics[topicOf[this.log]].partitions }, (_, partition) => partition);
  }

  /** How many records stand in the topic, repetitions included. */
  get total(): number {
    const extents = this.partitions.map((partition) => this.memory.partition(topicOf[this.log], partition).extent);
    return extents.reduce((sum, { next }) => sum + next, 0);
  }

  /** What a reader of the contract gets: whatever is not beyond its last index is passed over, the rest must join up. */
  async read(partition: number): Promise<StoredRecord[]> {
    let last: LeafIndex | null = null;
    const leaves: StoredRecord[] = [];
    const source = { origin, log: this.log, partition, mac: this.log === 'registry' ? null : mac };
    for (const record of await this.published(partition)) {
      const { index, previous, bytes } = readLeafRecord(record, source);
      if (last !== null && index <= last) continue;
      if (previous !== last) throw new Error(`gap: ${index} says ${previous}, the last was ${last}`);
      leaves.push({ index, bytes });
      last = index;
    }
    return leaves;
  }

  /** What the partition must hold. */
  async filtered(partition: number): Promise<StoredRecord[]> {
    const all = await this.store.read(this.log, leafIndex(0), Math.max(this.size, 1));
    return all.filter(({ index }) => this.#homes[index] === partition);
  }

  async #publish(
    { topic, partition, records }: { topic: TopicName; partition: number; records: readonly OutgoingRecord[] },
    meddle: Meddling,
  ): Promise<void> {
    this.#begins(partition);
    try {
      const fault = await meddle({ partition });
      const bytes = records.reduce((sum, { value }) => sum + value.length, 0);
      this.publishes.push({ partition, records: records.length, bytes });
      const stored = { none: records.length, after: records.length, half: records.length / 2, before: 0, late: 0 }[
        fault
      ];
      await this.stream.publish(topic, partition, records.slice(0, Math.ceil(stored)));
      for (const late of this.#late.splice(0)) await this.stream.publish(topic, late.partition, late.records);
      if (fault === 'late') this.#late.push({ partition, records });
      if (fault !== 'none') throw new StreamUnavailable(`injected: ${fault}`);
    } finally {
      this.#under.set(partition, (this.#under.get(partition) ?? 1) - 1);
    }
  }

  #begins(partition: number): void {
    const here = (this.#under.get(partition) ?? 0) + 1;
    this.#under.set(partition, here);
    this.busiest.one = Math.max(this.busiest.one, here);
    this.busiest.all = Math.max(
      this.busiest.all,
      [...this.#under.values()].reduce((sum, each) => sum + each, 0),
    );
  }

  #entryLeaf(random: Random, exchange: ExchangeId | null, padding: number): { bytes: Buffer; home: number } {
    const id = entryId(random.uuid());
    const seal = () =>
      sealStatement(issuer, id, { terms: { type: 'x' } }, () => Buffer.from(random.uuid()).subarray(0, 16));
    const { statement, disclosures } = seal();
    const mine: Place = { digests: disclosures.map(({ digest }) => digest), exchange };
    const others: Place = {
      digests: seal().disclosures.map(({ digest }) => digest),
      exchange: exchangeId(random.uuid()),
    };
    this.#places.set(id, random.chance(0.2) ? [others, mine] : [mine]);
    const bytes = encodeEntryLeaf({
      recordedAt: instantAt(Date.UTC(2026, 10, 22)),
      registry: treeSize(padding),
      statement,
    });
    parseLeaf(bytes);
    return { bytes, home: partitionOf(partitionKey, exchange ?? id) };
  }

  #registryLeaf(random: Random, padding: number): { bytes: Buffer; home: number } {
    const statement = {
      data: { name: 'x'.repeat(padding) },
      dataVersion: 1,
      iss: issuer,
      jti: entryId(random.uuid()),
      type: 'AgencyAdmitted',
    };
    return { bytes: encodeRegistryLeaf({ recordedAt: instantAt(Date.UTC(2026, 10, 22)), statement }), home: 0 };
  }
}
