import { performance } from 'node:perf_hooks';
import { DomainError, instantAt, isForeign, leafIndex, millisecondsOf } from '#kernel';
import type { Clock, Instant, LogName, TreeSize } from '#kernel';
import type { EventStore } from '#event-store';
import { leafHash } from '#transparency';
import type { Vault } from '#vault';
import { located, wrapperBytes, type PreparedEntry } from './entry.js';
import { alone, type Coordination } from './coordination.js';
import { catchUpWithAll } from './fold.js';
import { judge } from './judge.js';
import { land } from './landing.js';
import { unwatched, type SequencerWatch } from './sequencer-watch.js';
import { RegisterOverlay, type Mark, type Place, type Register } from './register.js';

/** An entry that has its place. */
export interface SequencedEntry {
  readonly entry: PreparedEntry;
  readonly place: Place;
  readonly recordedAt: Instant;
  readonly leafHash: Buffer;
}

/** An id of the submission got its place while the submission waited: the sender asked twice at once. */
export class SeenMeanwhile extends Error {
  override readonly name = 'SeenMeanwhile';
}

export interface SequencerParts {
  readonly log: LogName;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly register: Register;
  readonly clock: Clock;
  /** with other ledgers on the same logs; left out where there are none */
  readonly coordination?: Coordination;
  /** told of batches and appends; left out where nobody looks on */
  readonly watch?: SequencerWatch;
  /** the most entries that may wait; beyond it callers are told to come back */
  readonly queueLimit: number;
  /** milliseconds in which a submission is sequenced or refused, whatever hangs; left out: it waits as long as it takes */
  readonly patience?: number;
  /** told how far the machine's clock is behind the last entry, in milliseconds, when that is over 5 s */
  readonly onClockBehind?: (milliseconds: number) => void;
}

interface Waiting {
  readonly entries: readonly PreparedEntry[];
  readonly traceparent: string | undefined;
  readonly resolve: (sequenced: readonly SequencedEntry[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Judged extends Waiting {
  readonly marks: readonly Omit<Mark, 'recordedAt'>[];
}

interface Verdicts {
  readonly accepted: readonly Judged[];
  readonly refused: readonly { readonly submission: Waiting; readonly error: unknown }[];
}

const largestAppend = { entries: 400, bytes: 800 * 1024 };
const clockAlarm = 5_000;

/**
 * Gives entries their places: one sequencer a log batches what waits (group commit without a timer), commits the
 * sealed blocks to the vault first and then appends the leaves, fenced by the expected revision. A crash between
 * the two leaves orphaned blocks, which a sweep removes; never a leaf without its blocks.
 */
export class Sequencer {
  readonly #queue: Waiting[] = [];
  #waitingEntries = 0;
  #running: Promise<void> | null = null;
  /** The register may be behind the log: nothing is judged before it has caught up. */
  #behind = false;
  #closed = false;
  /** by `performance.now()`: when an answer was last given, or waited for first */
  #answeredAt = 0;
  /** The last batch met what no further try mends. */
  #isDamaged = false;
  readonly #coordination: Coordination;
  readonly #watch: SequencerWatch;

  constructor(private readonly parts: SequencerParts) {
    this.#coordination = parts.coordination ?? alone;
    this.#watch = parts.watch ?? unwatched;
  }

  /** How many entries wait. */
  get waiting(): number {
    return this.#waitingEntries;
  }

  /** Milliseconds that entries have waited without any being answered; 0 where none wait. */
  get standstill(): number {
    return this.#waitingEntries === 0 ? 0 : performance.now() - this.#answeredAt;
  }

  /**
   * Looks again where the last batch met what no further try mends.
   *
   * @throws LogDamaged, StoreRefused: what still keeps every entry from being recorded
   */
  async requireSound(): Promise<void> {
    if (!this.#isDamaged) return;
    await this.parts.register.inTurn(() => this.#catchUp());
    this.#isDamaged = false;
  }

  /**
   * Sequences the entries of one submission together, or none.
   *
   * @throws DomainError what {@link judge} throws; `queue-full`; `too-large`; `duplicate-id`; `store-unavailable`:
   *   stored once or not at all
   * @throws SeenMeanwhile
   */
  submit(entries: readonly PreparedEntry[]): Promise<readonly SequencedEntry[]> {
    if (this.#closed) return Promise.reject(unavailable());
    if (entries.length === 0) return Promise.resolve([]);
    if (this.#waitingEntries + entries.length > this.parts.queueLimit) {
      return Promise.reject(new DomainError('queue-full', 'too many entries wait; send it again later'));
    }
    if (new Set(entries.map(({ id }) => id)).size < entries.length) {
      return Promise.reject(new DomainError('duplicate-id', 'an id stands twice in the submission'));
    }
    if (entries.length > largestAppend.entries || leafBytes(entries) > largestAppend.bytes) {
      return Promise.reject(
        new DomainError('too-large', 'one submission has at most 400 entries and 800 KiB of leaves'),
      );
    }
    if (this.#waitingEntries === 0) this.#answeredAt = performance.now();
    this.#waitingEntries += entries.length;
    const traceparent = this.#watch.traceparent();
    return new Promise((resolve, reject) => {
      this.#queue.push(this.#inTime({ entries, traceparent, resolve, reject }));
      this.#running ??= this.#run();
    });
  }

  /**
   * Refuses a submission that was not answered in time. One that has begun may still get its place, of which nobody
   * hears before the sender asks again.
   */
  #inTime(submission: Waiting): Waiting {
    const { patience } = this.parts;
    if (patience === undefined) return submission;
    const timer = setTimeout(() => {
      const place = this.#queue.indexOf(timed);
      if (place === -1) return timed.reject(unavailable());
      this.#queue.splice(place, 1);
      this.#refuse([timed], unavailable());
    }, patience);
    const timed: Waiting = {
      ...submission,
      resolve: (sequenced) => {
        clearTimeout(timer);
        submission.resolve(sequenced);
      },
      reject: (error) => {
        clearTimeout(timer);
        submission.reject(error);
      },
    };
    return timed;
  }

  /** Sequences what waits and takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather();
      await this.parts.register.inTurn(() =>
        this.#coordination.inTurn(this.parts.log, (moved) => {
          this.#behind ||= moved;
          return this.#watched(this.#take());
        }),
      );
    }
    this.#running = null;
  }

  /** Lets the event loop turn as long as each turn brings more entries: one wait for the disk serves them all. */
  async #gather(): Promise<void> {
    let before: number;
    do {
      before = this.#waitingEntries;
      await new Promise(setImmediate);
    } while (this.#waitingEntries > before && this.#waitingEntries < largestAppend.entries);
  }

  /** The next submissions that fit one append. One that repeats an id of the batch waits for the next round. */
  #take(): Waiting[] {
    const taken: Waiting[] = [];
    const ids = new Set<string>();
    let bytes = 0;
    let entries = 0;
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      const size = leafBytes(next.entries);
      const fits = entries + next.entries.length <= largestAppend.entries && bytes + size <= largestAppend.bytes;
      if (taken.length > 0 && (!fits || next.entries.some(({ id }) => ids.has(id)))) break;
      this.#queue.shift();
      taken.push(next);
      next.entries.forEach(({ id }) => ids.add(id));
      entries += next.entries.length;
      bytes += size;
    }
    return taken;
  }

  #watched(batch: readonly Waiting[]): Promise<void> {
    const entries = batch.reduce((sum, submission) => sum + submission.entries.length, 0);
    const traceparents = batch.map(({ traceparent }) => traceparent);
    return this.#watch.batch({ log: this.parts.log, entries, traceparents }, () => this.#flush(batch));
  }

  async #flush(batch: readonly Waiting[]): Promise<void> {
    const { log, store, vault, register } = this.parts;
    let open: readonly Waiting[] = batch;
    try {
      if (this.#behind) await this.#catchUp();
      const judged = await this.#admit(batch, (left) => (open = left));
      const entries = judged.flatMap((submission) => submission.entries);
      if (entries.length === 0) return;
      const expected = register.size(log);
      const recordedAt = this.#now();
      const leaves = entries.map((entry) => entry.leafAt(recordedAt, register.size('registry')));
      await vault.store(
        entries.flatMap(({ sealed }) => sealed ?? []),
        expected,
      );
      const { landing, cause } = await land(store, log, expected, leaves, traceparentsOf(judged));
      this.#watch.landed(log, landing, leaves.length);
      if (landing === 'stored') {
        this.#isDamaged = false;
        return this.#acknowledge(judged, { expected, recordedAt, leaves });
      }
      this.#behind = true;
      if (landing === 'others') return this.#again(judged);
      throw unavailable(cause);
    } catch (error) {
      if (isForeign(error)) this.#isDamaged = true;
      this.#refuse(open, error instanceof DomainError ? error : unavailable(error));
    } finally {
      this.#answeredAt = performance.now();
    }
  }

  /**
   * Refuses what may not be recorded. A refusal counts only when it was made against everything that is in the logs by
   * now: another ledger may just have admitted the agency, or let it join the exchange.
   *
   * @param left hears which submissions still have no answer
   */
  async #admit(batch: readonly Waiting[], left: (open: readonly Waiting[]) => void): Promise<readonly Judged[]> {
    let verdicts = this.#judge(batch);
    if (verdicts.refused.length > 0 && (await catchUpWithAll(this.parts))) verdicts = this.#judge(batch);
    for (const { submission, error } of verdicts.refused) this.#refuse([submission], error);
    left(verdicts.accepted);
    const ids = verdicts.accepted.flatMap(({ entries }) => entries.map(({ id }) => id));
    const taken = ids.length > 0 ? await this.#coordination.claim(this.parts.log, ids) : new Set();
    if (taken.size === 0) return verdicts.accepted;
    const [others, ours] = partition(verdicts.accepted, ({ entries }) => entries.some(({ id }) => taken.has(id)));
    this.#refuse(others, new DomainError('id-taken', 'an id of the submission belongs to an entry of the other log'));
    left(ours);
    return this.#admit(ours, left);
  }

  #judge(batch: readonly Waiting[]): Verdicts {
    const overlay = new RegisterOverlay(this.parts.register);
    const now = this.parts.clock.now();
    const accepted: Judged[] = [];
    const refused: Verdicts['refused'][number][] = [];
    for (const submission of batch) {
      const own = new RegisterOverlay(overlay);
      try {
        const marks = submission.entries.map((entry) => judgeNext(entry, own, now));
        overlay.absorb(own);
        accepted.push({ ...submission, marks });
      } catch (error) {
        refused.push({ submission, error });
      }
    }
    return { accepted, refused };
  }

  #acknowledge(
    judged: readonly Judged[],
    { expected, recordedAt, leaves }: { expected: TreeSize; recordedAt: Instant; leaves: readonly Buffer[] },
  ): void {
    const { log, register } = this.parts;
    try {
      register.mark(
        log,
        expected,
        judged.flatMap(({ marks }) => marks.map((mark) => ({ ...mark, recordedAt }))),
      );
    } catch {
      // The leaves are durable, so they are acknowledged; the register, a rebuildable fold, reads them back.
      this.#behind = true;
    }
    let position = 0;
    for (const { entries, resolve } of judged) {
      this.#waitingEntries -= entries.length;
      resolve(
        entries.map((entry) => {
          const hash = leafHash(leaves[position] as Buffer);
          return { entry, place: { log, index: leafIndex(expected + position++) }, recordedAt, leafHash: hash };
        }),
      );
    }
  }

  #again(judged: readonly Judged[]): void {
    this.#queue.unshift(...judged.map(({ marks: _, ...submission }) => submission));
  }

  #refuse(batch: readonly Waiting[], error: unknown): void {
    for (const { entries, reject } of batch) {
      this.#waitingEntries -= entries.length;
      reject(error);
    }
  }

  async #catchUp(): Promise<void> {
    await catchUpWithAll(this.parts);
    this.#behind = false;
  }

  #now(): Instant {
    const now = this.parts.clock.now();
    const last = this.parts.register.lastRecordedAt(this.parts.log);
    const behind = millisecondsOf(last) - millisecondsOf(now);
    if (behind > clockAlarm) this.parts.onClockBehind?.(behind);
    return behind > 0 ? instantAt(millisecondsOf(last)) : now;
  }
}

function judgeNext(entry: PreparedEntry, overlay: RegisterOverlay, now: Instant): Omit<Mark, 'recordedAt'> {
  if (overlay.placeOf(entry.id) !== undefined) throw new SeenMeanwhile();
  try {
    const mark = judge(entry, overlay, now);
    overlay.add(mark);
    return mark;
  } catch (error) {
    throw located(error, entry);
  }
}

function partition<One>(all: readonly One[], isFirst: (one: One) => boolean): [One[], One[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

/** Each leaf is kept with the trace of the request it came with. */
const traceparentsOf = (submissions: readonly Waiting[]): (string | undefined)[] =>
  submissions.flatMap(({ entries, traceparent }) => entries.map(() => traceparent));

/** An upper bound of what the leaves of these entries take. */
const leafBytes = (entries: readonly PreparedEntry[]): number =>
  entries.reduce((sum, { statement }) => sum + Buffer.byteLength(statement) + wrapperBytes, 0);

const unavailable = (cause?: unknown): DomainError =>
  new DomainError('store-unavailable', 'the entry could not be stored now; sending it again is safe', [], { cause });
