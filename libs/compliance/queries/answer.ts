import { DomainError, sizeAt, treeSize, type TreeSize } from '#kernel';
import { readPosition } from '../saved-positions.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';

/** Every answer says up to which entry it is complete as recorded. What was never recorded cannot be shown. */
export interface Complete {
  readonly completeUpTo: TreeSize;
}

/** Most rows of a page. */
export const longestPage = 1_000;

/**
 * Reads rows and the saved position of the projections they come from at one moment.
 *
 * @param names the projections it reads; the one that is furthest behind says how far the answer is complete
 */
export async function answer<Rows extends object>(
  database: ViewsDatabase,
  names: readonly string[],
  read: (transaction: ViewsTransaction) => Promise<Rows>,
): Promise<Rows & Complete> {
  return database
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      const positions = await Promise.all(names.map((name) => readPosition(transaction, name)));
      const sizes = positions.map((saved) => (saved ? sizeAt(saved.position) : 0));
      return { ...(await read(transaction)), completeUpTo: treeSize(Math.min(...sizes)) };
    });
}

/** @throws DomainError `invalid-query` */
export function checkedLimit(limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > longestPage) {
    throw new DomainError('invalid-query', `a page has 1 to ${longestPage} rows`);
  }
  return limit;
}
