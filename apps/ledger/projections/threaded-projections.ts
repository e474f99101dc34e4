import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { ProjectionState } from '#compliance';
import { treeSize, type EntryId, type TreeSize } from '#kernel';
import type { Projections } from './projections.js';
import type { Message, Question } from './thread-protocol.js';

/** The thread that runs the projections is gone. The log is unharmed; views fold on at the next start. */
export class ProjectionsLost extends Error {
  override readonly name = 'ProjectionsLost';
}

/** Judging holds the matters of a batch at once, and the calendars; more would only be garbage kept longer. */
const memory = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };

type Unnumbered<Union> = Union extends unknown ? Omit<Union, 'number'> : never;

interface Asked {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Runs the projections in a thread of their own: folding views never holds up who records. */
export class ThreadedProjections implements Projections {
  readonly #worker: Worker;
  readonly #asked = new Map<number, Asked>();
  readonly #watching = new Set<() => void>();
  #states: readonly ProjectionState[] = [];
  #lost: ProjectionsLost | null = null;
  #isStopping = false;
  #next = 0;

  private constructor(
    directory: string,
    private readonly alarm: (what: string, error: unknown) => void,
    thread: URL,
  ) {
    this.#worker = new Worker(thread, {
      workerData: directory,
      resourceLimits: memory,
    });
    this.#worker.on('message', (message: Message) => this.#heard(message));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end());
  }

  /**
   * @param directory of the ledger's files
   * @param alarm hears of a thread that ends without being told to
   * @param thread the program of the thread
   * @returns once the tables can be queried
   * @throws ProjectionsLost
   */
  static async start(
    directory: string,
    alarm: (what: string, error: unknown) => void,
    thread = new URL('./projection-thread.js', import.meta.url),
  ): Promise<ThreadedProjections> {
    const projections = new ThreadedProjections(directory, alarm, thread);
    await projections.#ask({ ask: 'reached', size: treeSize(0) });
    return projections;
  }

  /** @throws ProjectionsLost */
  states(): readonly ProjectionState[] {
    if (this.#lost) throw this.#lost;
    return this.#states;
  }

  /** @throws ProjectionsLost, also where the views hold that much: what is erased from now on would stay in them */
  async reached(size: TreeSize, signal: AbortSignal): Promise<void> {
    if (this.#lost) throw this.#lost;
    if (this.#states.length > 0 && this.#states.every(({ position }) => position >= size)) return;
    await Promise.race([this.#ask({ ask: 'reached', size }), aborted(signal)]);
  }

  watch(watcher: () => void): void {
    this.#watching.add(watcher);
  }

  erase(ids: readonly EntryId[]): Promise<void> {
    return this.#ask({ ask: 'erase', ids });
  }

  /** Stopping what is lost already does nothing. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    try {
      await this.#ask({ ask: 'stop' });
    } catch (error) {
      if (!(error instanceof ProjectionsLost)) throw error;
    } finally {
      await this.#worker.terminate();
    }
  }

  #ask(question: Unnumbered<Question>): Promise<void> {
    if (this.#lost) return Promise.reject(this.#lost);
    const number = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(number, { resolve, reject });
      this.#worker.postMessage({ ...question, number });
    });
  }

  #heard(message: Message): void {
    if ('states' in message) {
      const before = this.#states;
      this.#states = message.states;
      if (!isDeepStrictEqual(before, message.states)) for (const watcher of this.#watching) watcher();
      return;
    }
    const asked = this.#asked.get(message.number);
    this.#asked.delete(message.number);
    if (message.failed === undefined) asked?.resolve();
    else asked?.reject(new Error(`a projection answered with ${message.failed}`));
  }

  #end(cause?: unknown): void {
    if (this.#lost) return;
    this.#lost = new ProjectionsLost('the thread of the projections has ended', { cause });
    if (!this.#isStopping) this.alarm('the projections have stopped', cause ?? this.#lost);
    for (const { reject } of this.#asked.values()) reject(this.#lost);
    this.#asked.clear();
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const give = (): void => reject(signal.reason as Error);
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
