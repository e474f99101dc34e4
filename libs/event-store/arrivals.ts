import type { StreamName } from './event-store.js';

/** Tells waiting subscriptions that a stream grew. It carries no records: whoever wakes up reads for itself. */
export class Arrivals {
  readonly #counts = new Map<StreamName, number>();
  readonly #waiting = new Map<StreamName, Set<() => void>>();

  announce(stream: StreamName): void {
    this.#counts.set(stream, this.count(stream) + 1);
    for (const wake of this.#waiting.get(stream) ?? []) wake();
  }

  /** How often the stream was announced. Taken before a read, it shows what arrived during the read. */
  count(stream: StreamName): number {
    return this.#counts.get(stream) ?? 0;
  }

  /**
   * Resolves as soon as the stream was announced after `seen` was counted, the signal aborts, or the patience ends.
   *
   * @param patience milliseconds; for stores that others can write to without announcing it here
   */
  async after(stream: StreamName, seen: number, signal: AbortSignal, patience?: number): Promise<void> {
    if (signal.aborted || this.count(stream) !== seen) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = (): void => resolve();
    const waiting = this.#waitingFor(stream);
    const timer = patience === undefined ? undefined : setTimeout(wake, patience).unref();
    waiting.add(wake);
    signal.addEventListener('abort', wake);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      waiting.delete(wake);
      signal.removeEventListener('abort', wake);
    }
  }

  #waitingFor(stream: StreamName): Set<() => void> {
    const waiting = this.#waiting.get(stream) ?? new Set();
    this.#waiting.set(stream, waiting);
    return waiting;
  }
}
