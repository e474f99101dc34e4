import { isDeepStrictEqual } from 'node:util';
import {
  completeUpTo,
  type Given,
  type Projection,
  type ProjectionState,
  type Views,
  type ViewsDatabase,
} from '#compliance';
import { positionAt, realPause, savedPosition, type EntryId, type Pause, type TreeSize } from '#kernel';
import type { Projections } from './projections.js';

/** The generations of views that the projectors of a cluster build. */
export interface RemoteGenerations {
  /** Every generation there is, with the versions of its projections by name. */
  list(): Promise<readonly RemoteGeneration[]>;
  /** Its tables, with the right to remove rows. Whoever opened them destroys `database`. */
  open(number: number): Promise<Views>;
}

export interface RemoteGeneration {
  readonly number: number;
  readonly state: 'building' | 'active' | 'retired';
  readonly versions: Readonly<Record<string, number>>;
}

/** A generation has a view that this program does not know, so it cannot take anything out of it. */
export class UnknownView extends Error {
  override readonly name = 'UnknownView';
}

/** Milliseconds between two looks at the saved positions: while somebody waits for an answer, and while nobody does. */
const hurried = 20;
const unhurried = 1_000;
const erasedAtOnce = 400;

interface Opened {
  readonly number: number;
  readonly views: Views;
}

/** The projections of a cluster: they run in processes of their own, and what is known here stands in the database. */
export class RemoteProjections implements Projections {
  readonly #stopping = new AbortController();
  readonly #watching = new Set<() => void>();
  #active: Opened | null = null;
  #states: readonly ProjectionState[];
  #looking: Promise<void> | null = null;
  #looks: Promise<void> = Promise.resolve();

  private constructor(
    private readonly projections: readonly Projection[],
    private readonly generations: RemoteGenerations,
    private readonly given: Given,
    private readonly pause: Pause,
  ) {
    this.#states = projections.map(({ name }) => ({
      name,
      status: 'idle',
      position: savedPosition(0),
      failure: null,
    }));
  }

  /**
   * @param given for projections that judge by what was in force
   * @returns once it is known how far they are
   */
  static async start(
    projections: readonly Projection[],
    generations: RemoteGenerations,
    given: Given,
    pause: Pause = realPause,
  ): Promise<RemoteProjections> {
    const remote = new RemoteProjections(projections, generations, given, pause);
    await remote.#look();
    remote.#looks = remote.#watch();
    return remote;
  }

  watch(watcher: () => void): void {
    this.#watching.add(watcher);
  }

  /**
   * The views that are read, with every row, for what the ledger itself does.
   *
   * @throws RangeError where none could be opened at the last look
   */
  async whole(): Promise<ViewsDatabase> {
    await this.#look();
    if (this.#active === null) throw new RangeError('no generation of views is open');
    return this.#active.views.database;
  }

  /** As they were at the last look. Why one does not go on, its projector knows. */
  states(): readonly ProjectionState[] {
    return this.#states;
  }

  /** @throws the signal's reason when it aborts first */
  async reached(size: TreeSize, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#stopping.signal]);
    for (;;) {
      either.throwIfAborted();
      if (this.#states.every(({ position }) => position >= size)) return;
      await orAborted(this.#look(), either);
      if (this.#states.every(({ position }) => position >= size)) return;
      await this.pause(hurried, either);
    }
  }

  /** @throws UnknownView, before anything is removed */
  async erase(ids: readonly EntryId[]): Promise<void> {
    const generations = await this.generations.list();
    for (const generation of generations) this.#projectionsOf(generation);
    for (const generation of generations) {
      const views = await this.generations.open(generation.number);
      try {
        await eraseFrom(views, this.#projectionsOf(generation), ids, this.given);
      } finally {
        await views.database.destroy();
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the projections are stopped'));
    await this.#looks;
    await this.#looking;
    await this.#active?.views.database.destroy();
    this.#active = null;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.pause(unhurried, signal);
      if (!signal.aborted) await this.#look();
    }
  }

  /** One look at a time, however many wait for it. */
  #look(): Promise<void> {
    this.#looking ??= this.#read().finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #read(): Promise<void> {
    try {
      const { database } = (await this.#opened()).views;
      const states: ProjectionState[] = [];
      for (const { name } of this.projections) {
        const position = positionAt(await completeUpTo(database, [name]));
        states.push({ name, status: 'running', position, failure: null });
      }
      this.#become(states);
    } catch (error) {
      const failure = error instanceof Error ? error.name : 'unknown';
      this.#become(this.#states.map((state) => ({ ...state, status: 'retrying', failure })));
    }
  }

  #become(states: readonly ProjectionState[]): void {
    const before = this.#states;
    this.#states = states;
    if (!isDeepStrictEqual(before, states)) for (const watcher of this.#watching) watcher();
  }

  async #opened(): Promise<Opened> {
    const active = (await this.generations.list()).find(({ state }) => state === 'active');
    if (active === undefined) throw new RangeError('no generation of views is active');
    if (this.#active?.number === active.number) return this.#active;
    const opened = { number: active.number, views: await this.generations.open(active.number) };
    const before = this.#active;
    this.#active = opened;
    await before?.views.database.destroy();
    return opened;
  }

  #projectionsOf({ number, versions }: RemoteGeneration): readonly Projection[] {
    return Object.keys(versions).map((name) => {
      const projection = this.projections.find((one) => one.name === name);
      if (projection === undefined) throw new UnknownView(`generation ${number} has a view ${name}`);
      return projection;
    });
  }
}

/** Nothing is folded meanwhile, here or in any projector, so that what was opened before is not folded after. */
async function eraseFrom(
  views: Views,
  projections: readonly Projection[],
  ids: readonly EntryId[],
  given: Given,
): Promise<void> {
  for (let at = 0; at < ids.length; at += erasedAtOnce) {
    const some = ids.slice(at, at + erasedAtOnce);
    await views.database.transaction().execute(async (transaction) => {
      await views.lock(transaction, 'erasing');
      for (const projection of projections) await projection.erase(transaction, some, given);
    });
  }
  await views.scrub();
}

/** A database that hangs holds nobody up for longer than the signal allows. @throws the signal's reason */
async function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', stop);
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
