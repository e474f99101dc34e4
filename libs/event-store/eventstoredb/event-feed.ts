import { setImmediate } from 'node:timers/promises';
import type { ResolvedEvent } from '@eventstore/db-client';

/** What is used of the client's streams. */
interface Source {
  on(event: string, listener: (error: Error) => void): unknown;
  read(): unknown;
  destroy(): unknown;
}

/**
 * The events of a read or a subscription, pulled. The client's streams report errors without ending, more than once
 * and also while nobody waits: here they wait for the next pull.
 */
export class EventFeed {
  #failure: Error | undefined;
  #ended = false;
  #isStirred = false;
  #wake = (): void => {};

  constructor(
    private readonly source: Source,
    private readonly cancel: () => Promise<unknown>,
  ) {
    source.on('error', (error: Error) => {
      this.#failure ??= error;
      this.#stir();
    });
    source.on('end', () => {
      this.#ended = true;
      this.#stir();
    });
    source.on('readable', () => this.#stir());
  }

  /**
   * @returns what has arrived, at most so many; waits until there is something. None: the feed has ended
   * @throws Error what broke the feed, or the signal's reason
   */
  async take(most: number, signal: AbortSignal): Promise<readonly ResolvedEvent[]> {
    const waking = (): void => this.#stir();
    signal.addEventListener('abort', waking);
    try {
      for (;;) {
        signal.throwIfAborted();
        this.#isStirred = false;
        const events = await this.#arrived(most);
        if (events.length > 0 || this.#ended) return events;
        if (this.#failure !== undefined) throw this.#failure;
        if (!this.#isStirred) await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', waking);
    }
  }

  /** Tells the server to stop. */
  close(): void {
    // Where the stream never came to be, there is nothing to cancel; its error was heard above.
    this.cancel().catch(() => {});
    this.source.destroy();
  }

  #stir(): void {
    this.#isStirred = true;
    this.#wake();
  }

  // Events come one by one. Those that came in one piece of the network are there a turn later.
  async #arrived(most: number): Promise<ResolvedEvent[]> {
    const events: ResolvedEvent[] = [];
    for (let before = -1; before < events.length && events.length < most;) {
      before = events.length;
      if (before > 0) await setImmediate();
      for (let event = this.#next(); event !== null; event = events.length < most ? this.#next() : null)
        events.push(event);
    }
    return events;
  }

  #next(): ResolvedEvent | null {
    return this.source.read() as ResolvedEvent | null;
  }
}
