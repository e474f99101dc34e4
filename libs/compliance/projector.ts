import { realPause, type EntryId, type Pause, type TreeSize } from '#kernel';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';
import { EntryOpener } from './entry-opener.js';
import { nothingGiven, type Given, type Projection } from './projection.js';
import { ProjectionFold } from './projection-fold.js';
import { ProjectionRun, type ProjectionState } from './projection-run.js';
import { createSavedPositions } from './saved-positions.js';
import { Serial } from './serial.js';
import { tableDigest } from './table-digest.js';
import type { Views } from './views.js';

export interface ProjectorPorts {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly vault: Pick<Vault, 'open' | 'exchangesOf'>;
  /** for projections that judge by what was in force */
  readonly given?: Given;
  readonly views: Views;
  readonly pause?: Pause;
  /**
   * Whether this is the only one who folds into the views and erases from them. Where it is not, the tables were made
   * by who owns them, and nothing that was opened is remembered: others may erase it.
   */
  readonly isAlone?: boolean;
}

interface Waiting {
  readonly size: TreeSize;
  readonly done: () => void;
}

const erasedAtOnce = 400;

/**
 * The most entries that are folded together: a few seconds, for which whoever erases has to wait. In a database that is
 * shared with others that takes longer, and they do not wait long.
 */
const [atOnceAlone, atOnceBesideOthers] = [12_000, 4_000];

/** Keeps the views of one ledger up to date with its log. What it stops at stops one view and nothing else. */
export class Projector {
  readonly #views: Views;
  readonly #given: Given;
  readonly #opener: EntryOpener;
  readonly #serial = new Serial();
  /** Starting and stopping never overlap. */
  readonly #control = new Serial();
  readonly #waiting = new Set<Waiting>();
  readonly #watching = new Set<() => void>();
  readonly #runs: ReadonlyMap<string, ProjectionRun>;

  constructor(
    private readonly projections: readonly Projection[],
    private readonly ports: ProjectorPorts,
  ) {
    const { store, vault, views, given = nothingGiven, pause = realPause, isAlone = true } = ports;
    this.#views = views;
    this.#given = given;
    const longestStretch = isAlone ? atOnceAlone : atOnceBesideOthers;
    const shared = { readers: projections.length, capacity: longestStretch };
    this.#opener = isAlone ? new EntryOpener(vault, shared) : new EntryOpener(vault);
    const runPorts = { store, views, pause, serial: this.#serial, longestStretch, changed: () => this.#changed() };
    // One that is done takes nothing from those that are not.
    const atOnce = new Map<string, number>();
    const foldedBy = (name: string) => (entries: number) =>
      views.folded(Math.max(...atOnce.set(name, entries).values()));
    this.#runs = new Map(
      projections.map((one) => [
        one.name,
        new ProjectionRun(new ProjectionFold(one, views, this.#opener, given), {
          ...runPorts,
          folded: foldedBy(one.name),
        }),
      ]),
    );
  }

  /** Starts every projection; returns once their tables can be queried, not once they have caught up. */
  async start(): Promise<void> {
    if (this.ports.isAlone !== false) await createSavedPositions(this.#views.database);
    for (const run of this.#runs.values()) await run.prepare();
    for (const run of this.#runs.values()) run.start();
  }

  /** Returns when nothing is being folded any more. The database stays open. */
  async stop(): Promise<void> {
    await this.#control.run(async () => {
      await Promise.all([...this.#runs.values()].map((run) => run.stop()));
    });
  }

  /** Calls whenever a projection has come further, or its state is another one. */
  watch(watcher: () => void): void {
    this.#watching.add(watcher);
  }

  /** For health and metrics. */
  states(): readonly ProjectionState[] {
    return [...this.#runs.values()].map(({ state }) => state);
  }

  /**
   * Waits until the views hold everything up to this size of `entries`, so that whoever has just recorded something
   * finds it. A stopped projection is not waited for: its answers say how far they are complete.
   *
   * @throws the signal's reason when it aborts first
   */
  async reached(size: TreeSize, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#has(size)) return;
    await new Promise<void>((resolve, reject) => {
      const waiting = { size, done: () => settle(resolve) };
      const aborted = (): void => settle(() => reject(signal.reason as Error));
      const settle = (then: () => void): void => {
        this.#waiting.delete(waiting);
        signal.removeEventListener('abort', aborted);
        then();
      };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', aborted);
    });
  }

  /** Lets a stopped projection try again where it stopped. @throws RangeError for an unknown name */
  async resume(name: string): Promise<void> {
    await this.#restart(name, async () => {});
  }

  /** Drops the rows of one projection and folds the log again; returns when folding has begun. */
  async rebuild(name: string): Promise<void> {
    await this.#restart(name, (run) => run.reset());
  }

  /**
   * Removes what entries have left in every view, stopped ones included. To be called after their terms were destroyed
   * in the vault: from then on no view is built with them.
   */
  async erase(ids: readonly EntryId[]): Promise<void> {
    await this.#serial.run(async () => {
      this.#opener.forget();
      for (let at = 0; at < ids.length; at += erasedAtOnce) {
        const some = ids.slice(at, at + erasedAtOnce);
        await this.#views.database.transaction().execute(async (transaction) => {
          for (const projection of this.projections) await projection.erase(transaction, some, this.#given);
        });
      }
      await this.#views.scrub();
    });
  }

  /** One text for all rows of a projection: equal rows, equal text, in whatever order they were written. */
  async digest(name: string): Promise<string> {
    const { tables } = this.#projection(name);
    return this.#serial.run(async () => {
      const digests: string[] = [];
      for (const table of tables) digests.push(await tableDigest(this.#views.database, table));
      return digests.join('.');
    });
  }

  async #restart(name: string, between: (run: ProjectionRun) => Promise<void>): Promise<void> {
    const run = this.#run(name);
    await this.#control.run(async () => {
      await run.stop();
      try {
        await between(run);
      } finally {
        run.start();
      }
    });
  }

  #has(size: TreeSize): boolean {
    return this.states().every(({ status, position }) => status === 'stopped' || position >= size);
  }

  #changed(): void {
    for (const watcher of this.#watching) watcher();
    for (const { size, done } of this.#waiting) if (this.#has(size)) done();
  }

  #run(name: string): ProjectionRun {
    const run = this.#runs.get(name);
    if (run === undefined) throw new RangeError('no such projection');
    return run;
  }

  #projection(name: string): Projection {
    const projection = this.projections.find((one) => one.name === name);
    if (projection === undefined) throw new RangeError('no such projection');
    return projection;
  }
}
