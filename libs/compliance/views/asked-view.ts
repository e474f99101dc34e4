import type { Instant, LogName, TreeSize } from '#kernel';
import type { Given } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import type { Scope } from '../scope.js';
import type { ViewsTransaction } from '../views.js';
import type { AnsweredRow, Asked, Page } from './asked.js';
import type { RowsView, View } from './view.js';

/** How far a log is signed. */
export interface SignedLog {
  readonly log: LogName;
  /** entries under the last checkpoint; 0 before the first */
  readonly sealed: TreeSize;
  /** the root of its tree in base64; null before the first checkpoint */
  readonly root: string | null;
}

/** What was in force when somebody asks and before, and how far the logs are signed. */
export interface Surroundings extends Given {
  readonly now: Instant;
  readonly registry: RegistryThen;
  readonly logs: readonly SignedLog[];
}

/** A question to a view, and all that may be used to answer it. */
export interface Question extends Surroundings {
  /** has entered the scope: a database that knows scopes shows nothing else */
  readonly database: ViewsTransaction;
  /** Whose rows may be answered. Queries narrow to it themselves, because not every database does. */
  readonly scope: Scope;
  readonly asked: Asked;
  /** The moment looked back to; null: the present. Only ever set for views that declare it. */
  readonly asOf: Instant | null;
  /** All rows another view shows in this scope, now or at `asOf`: for views made of others. */
  rowsOf(view: RowsView): Promise<readonly AnsweredRow[]>;
}

/**
 * A view whose rows do not follow from one matter: sums, deadlines, agreements, integrity. It is answered when it is
 * asked, from tables of block `terms`, and stores nothing.
 */
export interface AskedView extends View {
  /** names of the projections it reads; the one that is furthest behind says how far the answer is complete */
  readonly projections: readonly string[];
  /** One page. Views of few rows make all of them and leave the rest to `pageOf`. */
  ask(question: Question): Promise<Page>;
}

export type AnyView = RowsView | AskedView;

export const isAsked = (view: AnyView): view is AskedView => 'ask' in view;
