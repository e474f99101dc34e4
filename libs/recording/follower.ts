import { leafIndex, logNames, type LogName } from '#kernel';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';
import { catchUpWithAll } from './fold.js';
import { LogDamaged } from './log-damaged.js';
import type { Register } from './register.js';

export interface FollowerParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly register: Register;
  /** waits before the next attempt, or less when the signal aborts */
  readonly pause: (signal: AbortSignal) => Promise<void>;
  /** hears of what keeps the register from following */
  readonly troubled: (error: unknown) => void;
}

/** Keeps the register up with what other ledgers append to the same logs. */
export class Follower {
  readonly #stopping = new AbortController();
  readonly #following: Promise<unknown>;
  /** a refresh that has not begun: whoever comes before it does is served by it */
  #refreshing: Promise<boolean> | null = null;

  constructor(private readonly parts: FollowerParts) {
    this.#following = Promise.all(logNames.map((log) => this.#follow(log)));
  }

  /**
   * Catches up at once. For whoever did not find what another ledger may just have recorded.
   *
   * @returns whether there was anything new
   */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refresh();
    return this.#refreshing;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
  }

  async #refresh(): Promise<boolean> {
    let grew = false;
    await this.parts.register.inTurn(async () => {
      this.#refreshing = null;
      grew = await catchUpWithAll(this.parts);
    });
    return grew;
  }

  async #follow(log: LogName): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#untilItEnds(log, signal);
      } catch (error) {
        this.parts.troubled(error);
        // A log that contradicts itself does not mend; the sequencer meets the same and refuses to write.
        if (error instanceof LogDamaged) return;
      }
      if (!signal.aborted) await this.parts.pause(signal);
    }
  }

  async #untilItEnds(log: LogName, signal: AbortSignal): Promise<void> {
    const { store, register } = this.parts;
    for await (const batch of store.subscribe(log, leafIndex(register.size(log)), signal)) {
      const last = batch.at(-1);
      if (last === undefined || last.index < register.size(log)) continue;
      // A leaf of this ledger often arrives before its mark: in turn, the mark is there.
      await register.inTurn(async () => {
        if (last.index >= register.size(log)) await catchUpWithAll(this.parts);
      });
    }
  }
}
