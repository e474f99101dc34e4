import { DomainError, treeSize, type Instant, type TreeSize } from '#kernel';
import { firstQuarantined } from '../quarantine.js';
import { completeUpTo } from '../saved-positions.js';
import type { Scope } from '../scope.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';
import { enterScope } from './enter-scope.js';

/** Every answer says up to which entry it is complete as recorded. What was never recorded cannot be shown. */
export interface Complete {
  readonly completeUpTo: TreeSize;
}

/** Most rows of a page. */
export const longestPage = 1_000;

/**
 * Reads rows and the saved positions of the projections they come from at one moment.
 *
 * @param scope whose rows; a database that knows scopes itself shows no others, whatever is read
 * @param now when it is looked: what is deferred until then is open
 * @param names the projections it reads; the one that is furthest behind says how far the answer is complete
 */
export async function answer<Rows extends object>(
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  names: readonly string[],
  read: (transaction: ViewsTransaction) => Promise<Rows>,
): Promise<Rows & Complete> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      await enterScope(transaction, scope, now);
      const size = await wholeUpTo(transaction, names);
      return { ...(await read(transaction)), completeUpTo: size };
    });
}

/** What was put aside is known to the projection, but no row shows it: an answer is complete only up to there. */
async function wholeUpTo(transaction: ViewsTransaction, names: readonly string[]): Promise<TreeSize> {
  const size = await completeUpTo(transaction, names);
  const lacking = await firstQuarantined(transaction, names);
  return lacking === null || lacking >= size ? size : treeSize(lacking);
}

/** @throws DomainError `invalid-query` */
export function checkedLimit(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > longestPage) {
    throw new DomainError('invalid-query', `a page has 1 to ${longestPage} rows`);
  }
  return limit;
}
