import { setImmediate } from 'node:timers/promises';
import { leafIndex, savedPosition, type Pause, type SavedPosition } from '#kernel';
import type { EventStore } from '#event-store';
import { gatheredBatches } from './gathered-batches.js';
import type { ProjectionFold } from './projection-fold.js';
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

/**
 * About how many entries are folded together by who has fallen behind: what many of them change is written once. All
 * projections take the same steps, so that what one of them has opened serves the others.
 */
const atOnce = 400;

export interface RunPorts {
  readonly store: Pick<EventStore, 'subscribe'>;
  readonly views: Views;
  readonly pause: Pause;
  /** Held while entries are opened and folded, so that nothing opened before an erasure is folded after it. */
  readonly serial: Serial;
  /** Called whenever the state changes. */
  changed(): void;
}

/** One projection following the log. */
export class ProjectionRun {
  #state: ProjectionState;
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

  /** Ends after the batch in hand. */
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
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#follow(signal, () => (failures = 0));
        if (!signal.aborted) this.#change({ status: 'stopped', failure: 'SubscriptionEnded' });
        return;
      } catch (error) {
        const failure = failureCode(error);
        if (!isTransient(error, this.ports.views)) return this.#change({ status: 'stopped', failure });
        failures += 1;
        this.#change({ status: 'retrying', failure });
        await this.ports.pause(pauseAfter(failures), signal);
      }
    }
  }

  async #follow(signal: AbortSignal, succeeded: () => void): Promise<void> {
    const { store, serial, pause } = this.ports;
    const running = (position: SavedPosition): void => this.#change({ status: 'running', position, failure: null });
    running(await serial.run(() => this.fold.position()));
    const subscription = store.subscribe('entries', leafIndex(this.#state.position), signal);
    for await (const batch of gatheredBatches(subscription, atOnce, () => pause(patience, signal))) {
      await serial.run(() => this.fold.fold(batch, this.#state.position, running));
      succeeded();
      // Everything above may run without leaving the microtask queue: a rebuild must not starve the server.
      await setImmediate();
    }
  }

  #change(change: Partial<ProjectionState>): void {
    this.#state = { ...this.#state, ...change };
    this.ports.changed();
  }
}
