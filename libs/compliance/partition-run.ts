import { leafIndex, offset, type LeafIndex, type Offset, type Pause } from '#kernel';
import { InvalidRecord, readLeafRecord, type IncomingRecord, type LeafMac, type ReceivedLeaf } from '#messaging';
import type { FoldObserver } from './fold-observer.js';
import { disagree, inOrder, LeafContradiction } from './leaf-chain.js';
import { ForeignViews, type Folded, type PartitionBatch, type PartitionFold } from './partition-fold.js';
import type { Projection } from './projection.js';
import type { PoisonPolicy } from './quarantine.js';
import { readPositions } from './saved-positions.js';
import { failureCode, isTransient, pauseAfter } from './transience.js';
import type { Views } from './views.js';

/** What keeps a projection from going on in one partition. */
export interface Trouble {
  /**
   * `retrying`: something it needs is away; it goes on by itself. `gap`: a leaf is missing, also in a second reading
   * from the beginning; it goes on should the leaf come. `stopped`: it met what it cannot fold, and waits to be resumed.
   */
  readonly status: 'retrying' | 'gap' | 'stopped';
  /** name of what failed; never what an entry holds */
  readonly failure: string;
}

export interface PartitionPorts {
  readonly fold: PartitionFold;
  readonly views: Views;
  /** of the ledger; what comes from another one is refused */
  readonly origin: string;
  /** what its relay does not vouch for is refused */
  readonly mac: LeafMac;
  readonly policyOf: (projection: string) => PoisonPolicy;
  readonly pause: Pause;
  readonly observer: FoldObserver;
}

/** The partition is to be read again from its beginning: a leaf is missing here that may stand there. */
export class RewindWanted extends Error {
  override readonly name = 'RewindWanted';
}

const gap: Trouble = { status: 'gap', failure: 'LeafGap' };

/** When so many entries in a row cannot be folded, it is not the entries. */
const mostAside = 16;

/** All projections following one partition of the record stream. */
export class PartitionRun {
  readonly #troubles = new Map<string, Trouble>();
  /** Who has asked for the beginning and folded nothing since. */
  readonly #rewound = new Set<string>();
  /** For whom leaves were read that cannot be folded before this one comes. */
  readonly #awaited = new Map<string, LeafIndex>();
  #isRewinding = false;
  #held: AbortSignal | undefined;
  #last: ReceivedLeaf | undefined;

  constructor(
    readonly partition: number,
    private readonly projections: readonly Projection[],
    private readonly ports: PartitionPorts,
  ) {}

  /** What is wrong here, by the projection's name. */
  get troubles(): ReadonlyMap<string, Trouble> {
    return this.#troubles;
  }

  /**
   * Where to read on, so that no projection that goes on misses anything; null: at the beginning.
   *
   * @param signal aborts when the partition is taken away: what it lacks is then another's trouble
   */
  async startAt(signal: AbortSignal): Promise<Offset | null> {
    this.#hold(signal);
    if (this.#isRewinding) {
      this.#isRewinding = false;
      return null;
    }
    const active = this.#active();
    const names = (active.length > 0 ? active : this.projections).map(({ name }) => name);
    const rows = await readPositions(this.ports.views.database, names);
    const offsets = rows.flatMap(({ partition, nextOffset }) => (partition === this.partition ? [nextOffset] : []));
    const known = offsets.filter((one) => one !== null);
    return known.length < names.length ? null : offset(Math.min(...known));
  }

  /**
   * Folds records into every projection that goes on. Waits out what passes by itself.
   *
   * @throws RewindWanted, and the signal's reason when it aborts before all is done
   */
  async handle(records: readonly IncomingRecord[], signal: AbortSignal): Promise<void> {
    try {
      await this.#handle(this.#read(records), signal);
    } finally {
      // What was found after the partition was taken away came too late to be told.
      if (signal.aborted) this.#leave();
    }
    if (this.#isRewinding) throw new RewindWanted(`partition ${this.partition} lacks a leaf`);
  }

  async #handle(batch: PartitionBatch, signal: AbortSignal): Promise<void> {
    for (let failures = 0, isDone = false; !isDone;) {
      signal.throwIfAborted();
      try {
        await this.#fold(batch);
        isDone = true;
      } catch (error) {
        failures += 1;
        this.#retrying(failureCode(error));
        await this.ports.pause(pauseAfter(failures), signal);
      }
    }
  }

  /** Asked where to start again and again, it listens to the end of its partition once. */
  #hold(signal: AbortSignal): void {
    if (this.#held === signal) return;
    this.#held = signal;
    signal.addEventListener('abort', () => this.#leave(), { once: true });
  }

  /** What has stopped waits to be resumed here, whoever has the partition. */
  #leave(): void {
    for (const [name, { status }] of this.#troubles) if (status !== 'stopped') this.#troubles.delete(name);
    this.#awaited.clear();
    this.#rewound.clear();
    this.#isRewinding = false;
  }

  #read(records: readonly IncomingRecord[]): PartitionBatch {
    const { origin, mac, observer } = this.ports;
    const source = { origin, log: 'entries', partition: this.partition, mac } as const;
    const leaves: ReceivedLeaf[] = [];
    for (const record of records) {
      try {
        leaves.push(readLeafRecord(record, source));
      } catch (error) {
        if (!(error instanceof InvalidRecord)) throw error;
        observer.refused(error.reason, 1);
      }
    }
    const next = offset((records.at(-1)?.offset ?? -1) + 1);
    const nextOffset = this.#awaited.size > 0 ? null : next;
    return { partition: this.partition, leaves: inOrder(leaves), nextOffset };
  }

  /** @throws only what passes by itself */
  async #fold(batch: PartitionBatch): Promise<void> {
    const active = this.#active();
    if (active.length === 0) return;
    try {
      for (const leaf of batch.leaves) disagree(this.#last, leaf);
    } catch (error) {
      for (const { name } of active) this.#stop(name, error);
      return;
    }
    const { partition, leaves } = batch;
    const projections = active.map(({ name }) => name);
    const traceparents = leaves.flatMap(({ traceparent }) => traceparent ?? []);
    await this.ports.observer.during({ partition, projections, leaves: leaves.length, traceparents }, async () => {
      this.#noteUnfolded(await this.#foldTogether(active, batch));
    });
  }

  /** @returns what became of the batch at first sight */
  async #foldTogether(active: readonly Projection[], batch: PartitionBatch): Promise<readonly Folded[]> {
    try {
      const folded = await this.ports.fold.fold(active, batch);
      for (const one of folded) this.#advance(one, 'folded');
      return folded;
    } catch (error) {
      if (isTransient(error, this.ports.views)) throw error;
    }
    // One of them cannot go on as it is. Each finds out for itself whether it is the one, and where.
    const folded: Folded[] = [];
    for (const projection of active) folded.push(...(await this.#foldAlone(projection, batch)));
    return folded;
  }

  /** Folds up to an entry that cannot be folded, by halves, and beyond it where that is the policy. */
  async #foldAlone(projection: Projection, batch: PartitionBatch): Promise<readonly Folded[]> {
    const first: Folded[] = [];
    let most = batch.leaves.length;
    for (let aside = 0; ;) {
      try {
        const [folded] = await this.ports.fold.fold([projection], batch, most);
        if (folded === undefined) return first;
        this.#advance(folded, 'folded');
        if (first.length === 0) first.push(folded);
        if (folded.rest === 0) return first;
        aside = 0;
      } catch (error) {
        if (isTransient(error, this.ports.views)) throw error;
        if (most > 1 && isOfEntry(error)) {
          most = Math.ceil(most / 2);
        } else if (aside < mostAside && (await this.#putAside(projection, batch, error))) {
          most = batch.leaves.length;
          aside += 1;
        } else {
          this.#stop(projection.name, error);
          return first;
        }
      }
    }
  }

  /** @returns false where that is not the policy, or would not help */
  async #putAside(projection: Projection, batch: PartitionBatch, error: unknown): Promise<boolean> {
    if (!isOfEntry(error) || this.ports.policyOf(projection.name) === 'halt') return false;
    const moved = await this.ports.fold.putAside(projection, batch, failureCode(error));
    if (moved) this.#advance(moved, 'quarantined');
    return true;
  }

  #advance({ name, fresh, awaited, rest }: Folded, how: 'folded' | 'quarantined'): void {
    const last = fresh.at(-1);
    if (last) {
      this.ports.observer[how](name, fresh.length);
      this.#rewound.delete(name);
      if (last.index > (this.#last?.index ?? -1)) this.#last = last;
    }
    // What was read while it lacked this leaf is to be read again now.
    if (last && last.index >= (this.#awaited.get(name) ?? Infinity)) {
      this.#awaited.delete(name);
      this.#isRewinding = true;
    }
    if (awaited !== null && rest === 0) this.#lack(name, awaited);
    else if (this.#awaited.has(name)) this.#troubles.set(name, gap);
    else this.#troubles.delete(name);
  }

  /** Looks for the missing leaf from the beginning, once; then waits for it. */
  #lack(name: string, awaited: LeafIndex): void {
    if (this.#rewound.has(name)) {
      this.#awaited.set(name, leafIndex(Math.min(awaited, this.#awaited.get(name) ?? awaited)));
      this.#troubles.set(name, gap);
    } else {
      this.#rewound.add(name);
      this.#isRewinding = true;
    }
  }

  #noteUnfolded(folded: readonly Folded[]): void {
    const { observer } = this.ports;
    for (const { name, repeated } of folded) if (repeated > 0) observer.repeated(name, repeated);
    const contradicting = Math.max(0, ...folded.map((one) => one.contradicting));
    if (contradicting > 0) observer.refused('contradicting', contradicting);
  }

  #stop(name: string, error: unknown): void {
    this.#troubles.set(name, { status: 'stopped', failure: failureCode(error) });
  }

  #retrying(failure: string): void {
    for (const { name } of this.#active()) this.#troubles.set(name, { status: 'retrying', failure });
  }

  #active(): readonly Projection[] {
    return this.projections.filter(({ name }) => this.#troubles.get(name)?.status !== 'stopped');
  }
}

/** Whether another entry could fare better. */
const isOfEntry = (error: unknown): boolean => !(error instanceof ForeignViews || error instanceof LeafContradiction);
