import { StoreRefused } from '../store-refused.js';

/** How long streams were seen to be. One that is shorter afterwards lost something. */
export class SeenSizes {
  readonly #sizes = new Map<string, number>();

  /** @param name of the stream in the store */
  of(name: string): number {
    return this.#sizes.get(name) ?? 0;
  }

  raise(name: string, size: number): void {
    this.#sizes.set(name, Math.max(size, this.of(name)));
  }

  /** @throws StoreRefused `truncated`, when the stream ends before a size that it had */
  require(name: string, size: number, end: number): void {
    if (end < size)
      throw new StoreRefused(
        'truncated',
        `stream ${name} of the event store, index ${end}: missing, it was there before`,
      );
  }
}
