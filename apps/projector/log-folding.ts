import { Projector, type Projection, type ProjectorPorts, type RecordProjectorState, type Views } from '#compliance';
import type { Pause } from '#kernel';

/** Runs work while no other process does the same for these views. @returns false where another one does */
export type WhileAlone = (
  views: Views,
  signal: AbortSignal,
  work: (lost: AbortSignal) => Promise<void>,
) => Promise<boolean>;

export interface LogFoldingPorts extends Required<Pick<ProjectorPorts, 'store' | 'vault' | 'given'>> {
  /** one generation of views */
  readonly views: Views;
  readonly alone: WhileAlone;
  readonly pause: Pause;
}

/** Milliseconds before it is tried again to be the one that folds. */
const interval = 1_000;

/**
 * Folds one generation of what needs the order of the whole log: from the log itself, in one process at a time. This one
 * waits for its turn, and goes on from where the positions stand.
 */
export class LogFolding {
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #projector: Projector | null = null;
  #failure: unknown = null;

  constructor(
    private readonly projections: readonly Projection[],
    private readonly ports: LogFoldingPorts,
  ) {}

  start(): void {
    if (this.projections.length === 0) return;
    this.#stopping = new AbortController();
    this.#running = this.#run(this.#stopping.signal);
  }

  /** Returns when nothing is being folded any more. The database stays open. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Lets projections that stopped try again where they stopped. */
  async resume(): Promise<void> {
    for (const { name, status } of this.#projector?.states() ?? []) {
      if (status === 'stopped') await this.#projector?.resume(name);
    }
  }

  /** For health and metrics. Who waits for its turn is as well as who folds. */
  states(): readonly RecordProjectorState[] {
    const states = this.#projector?.states();
    const failure = this.#failure instanceof Error ? this.#failure.name : 'unknown';
    return this.projections.map(({ name }): RecordProjectorState => {
      if (this.#failure !== null) return { name, status: 'retrying', failure, stuck: [] };
      const state = states?.find((one) => one.name === name);
      if (state?.status === 'stopped') return { name, status: 'stopped', failure: state.failure, stuck: [0] };
      return {
        name,
        status: state?.status === 'retrying' ? 'retrying' : 'running',
        failure: state?.failure ?? null,
        stuck: [],
      };
    });
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { alone, views, pause } = this.ports;
    while (!signal.aborted) {
      try {
        await alone(views, signal, (lost) => this.#fold(lost));
        this.#failure = null;
      } catch (error) {
        this.#failure = error ?? new Error('unknown');
      }
      await pause(interval, signal);
    }
  }

  async #fold(lost: AbortSignal): Promise<void> {
    const projector = new Projector(this.projections, { ...this.ports, isAlone: false });
    await projector.start();
    this.#projector = projector;
    this.#failure = null;
    try {
      await aborted(lost);
    } finally {
      this.#projector = null;
      await projector.stop();
    }
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
}
