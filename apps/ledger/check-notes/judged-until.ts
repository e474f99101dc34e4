import { completeUpTo, type ViewsDatabase } from '#compliance';
import type { Clock, Instant, TreeSize } from '#kernel';
import type { Ledger } from '../ledger.js';

export interface JudgedParts {
  readonly store: Pick<Ledger['store'], 'size'>;
  readonly clock: Clock;
  readonly views: () => Promise<ViewsDatabase>;
}

/** A moment, and a size the log had by then. */
interface Mark {
  readonly at: Instant;
  readonly size: TreeSize;
}

/**
 * Until when the judgements know everything that was recorded. While they are behind the log, above all while they are
 * built anew, they miss what was done in time: nothing may be called late for a moment of which they do not know all.
 */
export class JudgedUntil {
  #known: Mark | null = null;
  #awaited: Mark | null = null;

  constructor(private readonly parts: JudgedParts) {}

  /** @returns the latest such moment that can be told; null where none can */
  async latest(): Promise<Instant | null> {
    const { clock, store } = this.parts;
    const now: Mark = { at: clock.now(), size: await store.size('entries') };
    const judged = await this.#judged();
    const marks = [this.#known, this.#awaited, now].filter((mark) => mark !== null);
    this.#known = marks.findLast(({ size }) => size <= judged) ?? null;
    this.#awaited = marks.find(({ size }) => size > judged) ?? null;
    return this.#known?.at ?? null;
  }

  /** Whether what was read of the judgements since then counts: they were not begun anew meanwhile. */
  async isStill(): Promise<boolean> {
    return this.#known !== null && this.#known.size <= (await this.#judged());
  }

  async #judged(): Promise<TreeSize> {
    return completeUpTo(await this.parts.views(), ['judgements']);
  }
}
