import { leafIndex, savedPosition, type Pause, type SavedPosition } from '#kernel';
import { largestBatch, type EventStore } from '#event-store';
import { inStretches } from './in-stretches.js';
import { LeafGap, type ProjectionFold } from './projection-fold.js';
import type { Serial } from './serial.js';
import { failureCode, isTransient, pauseAfter } from './transience.js';
import type { Views } from './views.js';

/**
 * How a projection is doing. `retrying`: something it needs is away; it goes on by itself. `stopped`: it met what it
 * cannot fold, at `position`, and waits to be resumed. Nothing is ever skipped.
 */
export interface ProjectionState {
  readonly name: string;
  readonly status: 'idle' | 'running' | 'retrying' | 'stopped';
  readonly position: SavedPosition;
  /** Name of what failed, never its content; null while running. */
  readonly failure: string | null;
}

/** Milliseconds for which a fold waits for more before it folds what it has. */
const patience = 10;

export interface RunPorts {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly views: Views;
  readonly pause: Pause;
  /** Held while entries are opened and folded, so that nothing opened before an erasure is folded after it. */
  readonly serial: Serial;
  /** the most entries that are folded together, by who has fallen behind: what many of them change is written once */
  readonly longestStretch: number;
  /** Hears how many entries were folded at once, with more to come; 0 once none is at hand. */
  folded(entries: number): void;
  /** Called whenever the state changes. */
  changed(): void;
}

/** One projection following the log. */
export class ProjectionRun {
  #state: ProjectionState;
  /** entries of the next stretch */
  #most = 1;
  #stopping = new AbortController();
  #ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly fold: ProjectionFold,
    private readonly ports: RunPorts,
  ) {
    this.#state = { name: fold.projection.name, status: 'idle', position: savedPosition(0), failure: null };
  }

  get state(): ProjectionState {
    return this.#state;
  }

  /** Makes the tables ready to be queried. */
  async prepare(): Promise<void> {
    this.#change({ position: await this.ports.serial.run(() => this.fold.position()) });
  }

  /** Follows the log from where the rows stand until {@link stop} or until it cannot go on. */
  start(): void {
    this.#stopping = new AbortController();
    this.#change({ status: 'running', failure: null });
    this.#ended = this.#run(this.#stopping.signal);
  }

  /** Ends after what is in hand: no more is taken. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
    if (this.#state.status !== 'stopped') this.#change({ status: 'idle', failure: null });
  }

  /** Drops the rows; the next start builds them again. Only while stopped. */
  async reset(): Promise<void> {
    await this.ports.serial.run(() => this.fold.reset());
    this.#change({ position: savedPosition(0) });
  }

  async #run(signal: AbortSignal): Promise<void> {
    this.#most = this.ports.longestStretch;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#follow(signal, () => (failures = 0));
        if (!signal.aborted) this.#change({ status: 'stopped', failure: 'SubscriptionEnded' });
        return;
      } catch (error) {
        const failure = failureCode(error);
        if (isTransient(error, this.ports.views)) {
          failures += 1;
          this.#change({ status: 'retrying', failure });
          await this.ports.pause(pauseAfter(failures), signal);
        } else if (this.#most > 1 && !(error instanceof LeafGap)) {
          // Everything before the entry that cannot be folded counts: shorter stretches lead up to it.
          this.#most = this.#most > largestBatch ? largestBatch : 1;
        } else {
          return this.#change({ status: 'stopped', failure });
        }
      }
    }
  }

  async #follow(signal: AbortSignal, succeeded: () => void): Promise<void> {
    const { store, serial, longestStretch, pause, folded } = this.ports;
    const running = (position: SavedPosition): void => this.#change({ status: 'running', position, failure: null });
    running(await serial.run(() => this.fold.position()));
    const subscription = store.subscribe('entries', leafIndex(this.#state.position), signal);
    const stretches = inStretches(
      subscription,
      () => this.#most,
      () => pause(patience, signal),
    );
    try {
      for await (const stretch of stretches) {
        const from = this.#state.position;
        const to = await serial.run(() => this.fold.fold(stretch, from));
        // One that is not full is the last for now: what was given for many is not needed any more.
        folded(to - from < this.#most ? 0 : to - from);
        running(to);
        this.#most = Math.min(longestStretch, 2 * this.#most);
        succeeded();
      }
    } finally {
      folded(0);
    }
  }

  #change(change: Partial<ProjectionState>): void {
    this.#state = { ...this.#state, ...change };
    this.ports.changed();
  }
}
