import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { leafIndex, type AgencyId, type EntryId, type Instant, type LeafIndex } from '#kernel';
import { agenciesOf, type Scope } from '../scope.js';
import type { ViewsDatabase, ViewsSchema } from '../views.js';
import { answer, checkedLimit, type Complete } from './answer.js';
import { oneOf } from './one-of.js';

/** A look at an entry or a search (`LedgerAccessed`), or an export (`ExportIssued`). Null: not given. */
export interface AccessRow {
  readonly index: LeafIndex;
  readonly entry: EntryId;
  readonly type: string;
  readonly accessor: AgencyId | null;
  /** who recorded what was looked at */
  readonly owners: readonly AgencyId[];
  readonly lookedAt: EntryId | null;
  readonly role: string | null;
  readonly purpose: string | null;
  /** owners do not learn of it yet */
  readonly hidden: boolean;
  readonly occurredAt: Instant;
}

type Rows = ExpressionBuilder<ViewsSchema, 'access'>;

/**
 * Looks the scope holds. An agency sees its own and the ones at its entries that are not hidden from it; a supervisor
 * every look by or at the agencies it is competent for.
 */
export function accessesIn(scope: Scope) {
  return ({ exists, selectFrom }: Rows): Expression<SqlBool> =>
    exists(
      selectFrom('access_party')
        .select('access_party.agency')
        .whereRef('access_party.entry_index', '=', 'access.entry_index')
        .where(({ ref }) => oneOf(ref('access_party.agency'), agenciesOf(scope)))
        .$if(scope.kind === 'agency', (parties) => parties.where('access_party.hidden', '=', 0)),
    );
}

/** Which looks, and how many of them. */
export interface AskedAccesses {
  /** occurred at or after */
  readonly from?: Instant;
  /** occurred before */
  readonly to?: Instant;
  readonly after?: LeafIndex;
  readonly limit: number;
}

/**
 * Who looked, in the order it was recorded; identities that were resolved are no looks.
 *
 * @throws DomainError `invalid-query`
 */
export async function findAccesses(
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  { from, to, after, limit }: AskedAccesses,
): Promise<Complete & { readonly rows: readonly AccessRow[]; readonly next: LeafIndex | null }> {
  const most = checkedLimit(limit);
  return answer(database, scope, now, ['accesses'], async (transaction) => {
    let query = transaction.selectFrom('access').selectAll().where(accessesIn(scope)).where('kind', '!=', 'identity');
    if (from !== undefined) query = query.where('occurred_at', '>=', from);
    if (to !== undefined) query = query.where('occurred_at', '<', to);
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
      owners: JSON.parse(row.owners) as readonly AgencyId[],
      lookedAt: row.looked_at as EntryId | null,
      role: row.role,
      purpose: row.purpose,
      hidden: row.hidden === 1,
      occurredAt: row.occurred_at as Instant,
    }));
    return { rows, next: found.length > most ? (rows.at(-1)?.index ?? null) : null };
  });
}
