import { largestBatch, type EventStore, type StoredRecord, type StreamName } from '#event-store';
import type { LeafIndex } from '#kernel';

/** Subscriptions that wait a little after each batch that was not full, so that the next one is larger. */
export class GatheringStore implements Pick<EventStore, 'subscribe' | 'read'> {
  readonly #waiting = new Set<() => void>();

  /** @param patience milliseconds */
  constructor(
    private readonly store: Pick<EventStore, 'subscribe' | 'read'>,
    private readonly patience: number,
  ) {}

  async *subscribe(
    stream: StreamName,
    from: LeafIndex,
    signal: AbortSignal,
  ): AsyncGenerator<readonly StoredRecord[], void, undefined> {
    for await (const batch of this.store.subscribe(stream, from, signal)) {
      yield batch;
      if (batch.length < largestBatch) await this.#gather(signal);
    }
  }

  read(stream: StreamName, from: LeafIndex, count: number): Promise<readonly StoredRecord[]> {
    return this.store.read(stream, from, count);
  }

  /** Ends every wait: somebody wants an answer. */
  hurry(): void {
    for (const go of this.#waiting) go();
  }

  async #gather(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const go = (): void => resolve();
    const timer = setTimeout(go, this.patience).unref();
    this.#waiting.add(go);
    signal.addEventListener('abort', go);
    await promise;
    signal.removeEventListener('abort', go);
    this.#waiting.delete(go);
    clearTimeout(timer);
  }
}
