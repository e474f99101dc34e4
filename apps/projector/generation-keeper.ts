import {
  ofOrder,
  RecordProjector,
  type Projection,
  type RecordProjectorPorts,
  type RecordProjectorState,
  type Views,
} from '#compliance';
import type { Pause } from '#kernel';
import { LogFolding, type LogFoldingPorts } from './log-folding.js';

/** A generation of views that this program's projections build. */
export interface OwnGeneration {
  readonly number: number;
  readonly state: 'building' | 'active';
}

/** Which generations there are, and their tables. */
export interface GenerationSource {
  /** Those that are read or built, and that exactly these versions of the projections build. */
  own(): Promise<readonly OwnGeneration[]>;
  /** Whoever opened them destroys `database`. */
  open(number: number): Promise<Views>;
}

export interface Folding {
  readonly generation: OwnGeneration;
  readonly views: Views;
  /** folds what needs the order of each exchange */
  readonly projector: RecordProjector;
  /** folds what needs that of the whole log */
  readonly inOrder: LogFolding;
}

/** How every projection of a generation is doing in this process. */
export const statesOf = ({ projector, inOrder }: Folding): readonly RecordProjectorState[] => [
  ...projector.states(),
  ...inOrder.states(),
];

/** Told what an operator should know. */
export interface KeeperWatch {
  began(generation: OwnGeneration): void;
  ended(generation: number): void;
  /** a projection's state, whenever it changes */
  changed(generation: number, state: RecordProjectorState): void;
  /** the generations could not be looked up, or one of them not be opened; it is tried again */
  failed(error: unknown): void;
}

export interface KeeperParts {
  readonly projections: readonly Projection[];
  readonly source: GenerationSource;
  readonly ports: Omit<RecordProjectorPorts, 'views' | 'group'> & Omit<LogFoldingPorts, 'views' | 'vault' | 'pause'>;
  readonly watch: KeeperWatch;
  readonly pause: Pause;
}

/** Milliseconds between two looks at the generations. */
const interval = 1_000;

/**
 * Folds every generation that is read or built, each in a consumer group of its own: a new one catches up beside the
 * old one, and goes on when it takes its place. What is retired or dropped is left alone.
 */
export class GenerationKeeper {
  readonly #foldings = new Map<number, Folding>();
  readonly #told = new Map<string, string>();
  readonly #stopping = new AbortController();
  #failure: unknown = null;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: KeeperParts) {}

  /** What is being folded, by the number of the generation. */
  get foldings(): readonly Folding[] {
    return [...this.#foldings.values()];
  }

  /** Why the last look failed; null when it did not. */
  get failure(): unknown {
    return this.#failure;
  }

  async start(): Promise<void> {
    await this.#look();
    this.#running = this.#run();
  }

  /** Returns when nothing is being folded any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    for (const { generation } of this.foldings) await this.#end(generation.number);
  }

  /** Lets projections that stopped try again. */
  async resume(): Promise<void> {
    for (const { projector, inOrder } of this.foldings) {
      await projector.resume();
      await inOrder.resume();
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.parts.pause(interval, signal);
      if (!signal.aborted) await this.#look();
    }
  }

  async #look(): Promise<void> {
    const failures: unknown[] = [];
    const attempt = async (work: () => Promise<void>): Promise<void> => {
      await work().catch((error: unknown) => failures.push(error));
    };
    await attempt(async () => {
      const own = await this.parts.source.own();
      for (const { generation } of this.foldings) {
        if (!own.some(({ number }) => number === generation.number)) await this.#end(generation.number);
      }
      // One that cannot be opened keeps no other from being folded.
      for (const generation of own) await attempt(() => this.#keep(generation));
    });
    [this.#failure = null] = failures;
    for (const error of failures) this.parts.watch.failed(error);
    for (const folding of this.foldings) this.#tell(folding);
  }

  async #keep(generation: OwnGeneration): Promise<void> {
    const { projections, source, ports, pause, watch } = this.parts;
    const known = this.#foldings.get(generation.number);
    if (known) {
      this.#foldings.set(generation.number, { ...known, generation });
      return;
    }
    const views = await source.open(generation.number);
    try {
      const group = groupOf(generation.number);
      const projector = new RecordProjector(ofOrder('exchange', projections), { ...ports, views, group });
      const inOrder = new LogFolding(ofOrder('log', projections), { ...ports, views, pause });
      await projector.start();
      inOrder.start();
      this.#foldings.set(generation.number, { generation, views, projector, inOrder });
    } catch (error) {
      await views.database.destroy();
      throw error;
    }
    watch.began(generation);
  }

  async #end(number: number): Promise<void> {
    const folding = this.#foldings.get(number);
    if (folding === undefined) return;
    this.#foldings.delete(number);
    await Promise.all([folding.projector.stop(), folding.inOrder.stop()]);
    await folding.views.database.destroy();
    this.parts.watch.ended(number);
  }

  #tell(folding: Folding): void {
    const { number } = folding.generation;
    for (const state of statesOf(folding)) {
      const key = `${number} ${state.name}`;
      const text = JSON.stringify(state);
      const before = this.#told.get(key);
      this.#told.set(key, text);
      if (before !== text && (before !== undefined || state.status !== 'running'))
        this.parts.watch.changed(number, state);
    }
  }
}

const groupOf = (generation: number): string => `projector.views_${generation}`;
