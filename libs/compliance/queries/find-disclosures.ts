import { leafIndex, type AgencyId, type EntryId, type ExchangeId, type Instant, type LeafIndex } from '#kernel';
import type { Selectable } from 'kysely';
import type { DisclosureTable } from '../projections/disclosures.js';
import type { Scope } from '../scope.js';
import type { ViewsDatabase } from '../views.js';
import { answer, checkedLimit, type Complete } from './answer.js';
import { disclosuresIn, matching, type DisclosureFilter } from './disclosure-filter.js';
import { responded } from './responses.js';

/** One category of data passed on to one recipient. Null: not given. */
export interface DisclosureRow {
  readonly index: LeafIndex;
  readonly entry: EntryId;
  readonly exchange: ExchangeId;
  readonly disclosure: string | null;
  readonly from: AgencyId;
  readonly to: AgencyId | null;
  readonly category: string | null;
  /** lines of the manifest in this category */
  readonly items: number;
  readonly special: boolean;
  readonly purpose: string | null;
  readonly legalBasis: string | null;
  readonly provision: string | null;
  readonly spontaneous: boolean;
  /** the discloser has declared it incorrect, unlawful or superseded */
  readonly invalidated: boolean;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

/** The place after which the next page begins: that of the last row seen. */
export interface DisclosurePlace {
  readonly index: LeafIndex;
  readonly recipient: string;
  readonly category: string;
}

export interface DisclosurePage extends Complete {
  readonly rows: readonly DisclosureRow[];
  /** null on the last page */
  readonly next: DisclosurePlace | null;
}

/**
 * Who received what, in the order it was recorded. Pages stay stable while entries are added.
 *
 * @throws DomainError `invalid-query`
 */
export async function findDisclosures(
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  filter: DisclosureFilter,
  { after, limit }: { readonly after?: DisclosurePlace; readonly limit: number },
): Promise<DisclosurePage> {
  const most = checkedLimit(limit);
  const matches = matching(filter);
  return answer(database, scope, now, ['disclosures'], async (transaction) => {
    let query = transaction
      .selectFrom('disclosure')
      .selectAll()
      .select((rows) =>
        rows
          .case()
          .when(responded(rows, 'invalidated', scope, now))
          .then(rows.lit(1))
          .else(rows.lit(0))
          .end()
          .as('invalidated'),
      )
      .where(disclosuresIn(scope, now))
      .where(matches);
    if (after) {
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('entry_index', 'recipient', 'category'), '>', tuple(after.index, after.recipient, after.category)),
      );
    }
    const found = await query
      .orderBy('entry_index')
      .orderBy('recipient')
      .orderBy('category')
      .limit(most + 1)
      .execute();
    const page = found.slice(0, most);
    return { rows: page.map(rowOf), next: found.length > most ? placeOf(page.at(-1)) : null };
  });
}

function placeOf(row: Selectable<DisclosureTable> | undefined): DisclosurePlace | null {
  return row ? { index: leafIndex(Number(row.entry_index)), recipient: row.recipient, category: row.category } : null;
}

const rowOf = (row: Selectable<DisclosureTable> & { readonly invalidated: number }): DisclosureRow => ({
  index: leafIndex(Number(row.entry_index)),
  entry: row.entry_id as EntryId,
  exchange: row.exchange as ExchangeId,
  disclosure: row.disclosure_id || null,
  from: row.issuer as AgencyId,
  to: (row.recipient as AgencyId) || null,
  category: row.category || null,
  items: row.items,
  special: row.special === 1,
  purpose: row.purpose,
  legalBasis: row.legal_basis,
  provision: row.provision,
  spontaneous: row.spontaneous === 1,
  invalidated: row.invalidated === 1,
  occurredAt: row.occurred_at as Instant,
  recordedAt: row.recorded_at as Instant,
});
