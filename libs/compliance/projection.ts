import type { AgencyId, EntryId, ExchangeId, Instant, LeafIndex, TreeSize } from '#kernel';
import type { JsonObject } from '#statement';
import type { RegistryThen } from './registry/registry-history.js';
import type { ViewName, ViewsTransaction } from './views.js';

/** What a projection learns of an entry: who recorded it, when, and block `terms`. No other block is ever opened for it. */
export interface ProjectedEntry {
  readonly index: LeafIndex;
  readonly id: EntryId;
  readonly issuer: AgencyId;
  readonly recordedAt: Instant;
  /** Size of the registry log it was judged against. */
  readonly registry: TreeSize;
  /** Known also after the terms are erased. */
  readonly exchange: ExchangeId | null;
  /** What the terms say, or null once they are erased. */
  readonly said: SaidTerms | null;
}

/** Block `terms` of an entry, with the members every entry has. The type may be one this version does not know. */
export interface SaidTerms {
  readonly type: string;
  readonly occurredAt: Instant;
  readonly terms: JsonObject;
}

/** What a fold may ask for beside the entries. */
export interface Given {
  /** What was in force at a size of the registry log. */
  registryAt(size: TreeSize): Promise<RegistryThen>;
}

/** For folds that ask for nothing. */
export const nothingGiven: Given = {
  registryAt: () => Promise.reject(new RangeError('this fold is given no registry')),
};

/**
 * Entries that follow each other without gap, in the log or in one partition of it. They come in parts, because who has
 * fallen far behind folds more of them together than there should be in memory.
 */
type Stretch = AsyncIterable<readonly ProjectedEntry[]> | Iterable<readonly ProjectedEntry[]>;

/**
 * A view: a fold of the log `entries` into tables of its own. It must be a function of the entries alone, so that it
 * can be dropped and built again to the same rows.
 */
export interface Projection {
  readonly name: string;
  /** Raised when rows would be built differently; the view is then built anew at the next start. */
  readonly version: number;
  /**
   * Which order of entries the fold needs. `exchange`: only that of the entries of one exchange, so that partitions of
   * the log can be folded side by side. `log`: that of all of them; it follows the log itself, in one place at a time.
   */
  readonly order: 'exchange' | 'log';
  /** Every table it owns, and only those. */
  readonly tables: readonly ViewName[];
  /** Creates its tables and indexes where they are absent. */
  migrate(database: ViewsTransaction): Promise<void>;
  /**
   * Folds what comes after what was folded before, to the same rows wherever one stretch ends and the next begins. Each
   * entry is given once; what is erased by now adds nothing.
   */
  apply(transaction: ViewsTransaction, stretch: Stretch, given: Given): Promise<void>;
  /** Makes the rows what they would be had these entries' terms been erased from the beginning. */
  erase(transaction: ViewsTransaction, ids: readonly EntryId[], given: Given): Promise<void>;
}
