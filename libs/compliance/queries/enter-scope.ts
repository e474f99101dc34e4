import type { Instant } from '#kernel';
import type { DialectAdapter } from 'kysely';
import type { Scope } from '../scope.js';
import type { ViewsTransaction } from '../views.js';

/** Adapter of a dialect whose database knows scopes itself and shows nothing before one is entered. */
export interface ScopedAdapter extends DialectAdapter {
  /** Makes the transaction see the current views, and of them only what the scope holds at that moment. */
  enter(transaction: ViewsTransaction, scope: Scope, now: Instant): Promise<void>;
}

/**
 * To be called first in every transaction that reads for somebody. Costs nothing where the database knows no scopes.
 *
 * @param now when it is looked: what is deferred until then is open
 */
export async function enterScope(transaction: ViewsTransaction, scope: Scope, now: Instant): Promise<void> {
  const { adapter } = transaction.getExecutor();
  if (isScoped(adapter)) await adapter.enter(transaction, scope, now);
}

const isScoped = (adapter: DialectAdapter): adapter is ScopedAdapter => 'enter' in adapter;
