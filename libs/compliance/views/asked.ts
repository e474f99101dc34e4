import type { AgencyId, EntryId, TreeSize } from '#kernel';
import type { Cell } from './view.js';

/** What the cells of one column must be. `equal`: the value, or what a list contains; `from`, and `before` or `upTo`: a period. */
export interface Condition {
  readonly column: string;
  readonly is: 'equal' | 'from' | 'before' | 'upTo';
  readonly value: string | number | boolean;
}

/** By which column rows are ordered. */
export interface Order {
  readonly by: string;
  readonly direction: 'ascending' | 'descending';
}

/** The place after which a page begins: what the last row seen is ordered by, and which row it was. */
export interface Place {
  readonly sorted: string | number;
  readonly row: string;
}

/** What somebody asked of a view, once its columns have allowed it. */
export interface Asked {
  readonly filter: readonly Condition[];
  readonly sort: Order;
  readonly after: Place | null;
  /** most rows of the page */
  readonly limit: number;
  /** Only rows about these entries: those of them, and those that name one. */
  readonly ids?: ReadonlySet<EntryId>;
  /** Only what other bodies wait for, as if nobody had noted anything about it: domain §7, case workers. */
  readonly onlyTurns?: boolean;
}

/** One line of an answer. */
export interface AnsweredRow {
  /** whose row it is, where it is one agency's */
  readonly agency: AgencyId | null;
  readonly key: string;
  /** the entry it is about, where it is about one */
  readonly entry: EntryId | null;
  readonly cells: Readonly<Record<string, Cell>>;
}

export interface Page {
  readonly rows: readonly AnsweredRow[];
  /** null on the last page */
  readonly next: Place | null;
  /** Pages are made from what comes first, and there is more. */
  readonly isCut?: true;
}

/** A page, and how many entries of the log it takes account of. */
export interface AnsweredPage extends Page {
  readonly completeUpTo: TreeSize;
}
