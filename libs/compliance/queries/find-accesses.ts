import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { leafIndex, type AgencyId, type EntryId, type Instant, type LeafIndex } from '#kernel';
import type { Scope } from '../scope.js';
import type { ViewsDatabase, ViewsSchema } from '../views.js';
import { answer, checkedLimit, type Complete } from './answer.js';
import { oneOf } from './one-of.js';

/** A look at an entry or a search (`LedgerAccessed`), or an export (`ExportIssued`). Null: not given. */
export interface AccessRow {
  readonly index: LeafIndex;
  readonly entry: EntryId;
  readonly type: string;
  readonly accessor: AgencyId | null;
  readonly owner: AgencyId | null;
  readonly lookedAt: EntryId | null;
  readonly role: string | null;
  readonly purpose: string | null;
  /** the owner does not learn of it yet */
  readonly hidden: boolean;
  readonly occurredAt: Instant;
}

type Rows = ExpressionBuilder<ViewsSchema, 'access'>;

/**
 * Looks the scope holds. An agency sees its own and the ones at its entries that are not hidden from it; a supervisor
 * every look by or at the agencies it is competent for, unless it is an entry that an agency keeps from everybody.
 */
export function accessesIn(scope: Scope) {
  return ({ eb, and, or, ref }: Rows): Expression<SqlBool> =>
    scope.kind === 'agency'
      ? or([eb('accessor', '=', scope.agency), and([eb('owner', '=', scope.agency), eb('hidden', '=', 0)])])
      : and([
          eb('own_only', '=', 0),
          or([oneOf(ref('accessor'), scope.agencies), oneOf(ref('owner'), scope.agencies)]),
        ]);
}

/**
 * Who looked, in the order it was recorded; identities that were resolved are no looks.
 *
 * @throws DomainError `invalid-query`
 */
export async function findAccesses(
  database: ViewsDatabase,
  scope: Scope,
  { after, limit }: { readonly after?: LeafIndex; readonly limit: number },
): Promise<Complete & { readonly rows: readonly AccessRow[]; readonly next: LeafIndex | null }> {
  const most = checkedLimit(limit);
  return answer(database, scope, ['accesses'], async (transaction) => {
    let query = transaction.selectFrom('access').selectAll().where(accessesIn(scope)).where('kind', '!=', 'identity');
    if (after !== undefined) query = query.where('entry_index', '>', after);
    const found = await query
      .orderBy('entry_index')
      .limit(most + 1)
      .execute();
    const rows = found.slice(0, most).map((row) => ({
      index: leafIndex(Number(row.entry_index)),
      entry: row.entry_id as EntryId,
      type: row.type,
      accessor: (row.accessor as AgencyId) || null,
      owner: (row.owner as AgencyId) || null,
      lookedAt: row.looked_at as EntryId | null,
      role: row.role,
      purpose: row.purpose,
      hidden: row.hidden === 1,
      occurredAt: row.occurred_at as Instant,
    }));
    return { rows, next: found.length > most ? (rows.at(-1)?.index ?? null) : null };
  });
}
