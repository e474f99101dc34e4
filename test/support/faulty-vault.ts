import type { AgencyId, EntryId, TreeSize } from '#kernel';
import {
  Vault,
  VaultUnavailable,
  type Destruction,
  type DigestsOf,
  type IndexTerm,
  type OpenedBlock,
  type Place,
  type SealedEntry,
} from '#vault';
import { InjectedFailure, type FaultPlan } from './fault-plan.js';

/** A vault whose calls fail as planned: `vault store`, `vault open`, `vault destroy`, `vault places`, `vault sweep`. */
export class FaultyVault extends Vault {
  readonly #inner: Vault;
  readonly #plan: FaultPlan;

  constructor(inner: Vault, plan: FaultPlan) {
    super();
    this.#inner = inner;
    this.#plan = plan;
  }

  override store(entries: readonly SealedEntry[], expected: TreeSize): Promise<void> {
    return this.#failing('vault store', () => this.#inner.store(entries, expected));
  }

  override open(...asked: Parameters<Vault['open']>): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>> {
    return this.#failing('vault open', () => this.#inner.open(...asked));
  }

  override destroy(what: Destruction): Promise<{ readonly entries: number; readonly blocks: number }> {
    return this.#failing('vault destroy', () => this.#inner.destroy(what));
  }

  override search(agency: AgencyId, term: IndexTerm): Promise<readonly EntryId[]> {
    return this.#inner.search(agency, term);
  }

  override exchangesOf(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly Place[]>> {
    return this.#failing('vault places', () => this.#inner.exchangesOf(ids));
  }

  override sweep(size: TreeSize, digestsOf: DigestsOf): Promise<number> {
    return this.#failing('vault sweep', () => this.#inner.sweep(size, digestsOf));
  }

  override close(): Promise<void> {
    return this.#inner.close();
  }

  async #failing<Result>(operation: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#plan.around(operation, work);
    } catch (error) {
      if (error instanceof InjectedFailure) throw new VaultUnavailable(error.message, { cause: error });
      throw error;
    }
  }
}
