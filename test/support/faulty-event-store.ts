import { EventStore, StoreUnavailable, type StoredRecord, type StreamName } from '#event-store';
import type { LeafIndex, TreeSize } from '#kernel';
import { InjectedFailure, type FaultPlan } from './fault-plan.js';

/** An event store whose calls fail as planned: `append <stream>`, `read <stream>`, `size <stream>`. */
export class FaultyEventStore extends EventStore {
  readonly #inner: EventStore;
  readonly #plan: FaultPlan;

  constructor(inner: EventStore, plan: FaultPlan) {
    super();
    this.#inner = inner;
    this.#plan = plan;
  }

  override append(...given: Parameters<EventStore['append']>): Promise<void> {
    return this.#failing(`append ${given[0]}`, () => this.#inner.append(...given));
  }

  override size(stream: StreamName): Promise<TreeSize> {
    return this.#failing(`size ${stream}`, () => this.#inner.size(stream));
  }

  override read(stream: StreamName, from: LeafIndex, limit: number): Promise<readonly StoredRecord[]> {
    return this.#failing(`read ${stream}`, () => this.#inner.read(stream, from, limit));
  }

  override subscribe(stream: StreamName, from: LeafIndex, signal: AbortSignal): AsyncIterable<readonly StoredRecord[]> {
    return this.#inner.subscribe(stream, from, signal);
  }

  override close(): Promise<void> {
    return this.#inner.close();
  }

  async #failing<Result>(operation: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#plan.around(operation, work);
    } catch (error) {
      if (error instanceof InjectedFailure) throw new StoreUnavailable(error.message, { cause: error });
      throw error;
    }
  }
}
