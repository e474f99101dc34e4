import type { DialectAdapter } from 'kysely';
import type { Scope } from '../scope.js';
import type { ViewsTransaction } from '../views.js';

/** Adapter of a dialect whose database knows scopes itself and shows nothing before one is entered. */
export interface ScopedAdapter extends DialectAdapter {
  /** Makes the transaction see the current views, and of them only what the scope holds. */
  enter(transaction: ViewsTransaction, scope: Scope): Promise<void>;
}

/** To be called first in every transaction that reads for somebody. Costs nothing where the database knows no scopes. */
export async function enterScope(transaction: ViewsTransaction, scope: Scope): Promise<void> {
  const { adapter } = transaction.getExecutor();
  if (isScoped(adapter)) await adapter.enter(transaction, scope);
}

const isScoped = (adapter: DialectAdapter): adapter is ScopedAdapter => 'enter' in adapter;
