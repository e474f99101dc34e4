import { DomainError, type AgencyId, type EntryId, type Instant } from '#kernel';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { Scope } from '../scope.js';
import type { ViewsSchema } from '../views.js';
import { oneOf } from './one-of.js';

/** What narrows a list of disclosures. Agency and counterpart: between these two, in either direction. */
export interface DisclosureFilter {
  readonly agency?: AgencyId;
  readonly counterpart?: AgencyId;
  /** code of the vocabulary data-category */
  readonly category?: string;
  /** code of the vocabulary legal-basis */
  readonly legalBasis?: string;
  /** occurred at or after */
  readonly from?: Instant;
  /** occurred before */
  readonly to?: Instant;
  /** Only these entries, at most {@link mostIds}; an empty list finds nothing. */
  readonly ids?: readonly EntryId[];
}

/** A list in memory that a database still takes as one condition. */
export const mostIds = 10_000;

type Rows = ExpressionBuilder<ViewsSchema, 'disclosure'>;

/** Disclosures the scope holds at a moment. */
export function disclosuresIn(scope: Scope, now: Instant) {
  return (rows: Rows): Expression<SqlBool> => {
    if (scope.kind === 'competent') return oneOf(rows.ref('issuer'), scope.agencies);
    return rows.or([
      rows('issuer', '=', scope.agency),
      rows.and([rows('recipient', '=', scope.agency), rows('open_since', '<=', now)]),
    ]);
  };
}

/**
 * Disclosures the filter leaves.
 *
 * @throws DomainError `invalid-query` for more than {@link mostIds} ids
 */
export function matching(filter: DisclosureFilter) {
  const { agency, counterpart, category, legalBasis, from, to, ids } = filter;
  if (ids && ids.length > mostIds) throw new DomainError('invalid-query', `more than ${mostIds} entries at once`);
  return (rows: Rows): Expression<SqlBool> => {
    const conditions: Expression<SqlBool>[] = [];
    if (agency !== undefined) conditions.push(oneSide(rows, agency));
    if (counterpart !== undefined) conditions.push(oneSide(rows, counterpart));
    if (agency !== undefined && agency === counterpart) conditions.push(rows('issuer', '=', rows.ref('recipient')));
    if (category !== undefined) conditions.push(rows('category', '=', category));
    if (legalBasis !== undefined) conditions.push(rows('legal_basis', '=', legalBasis));
    if (from !== undefined) conditions.push(rows('occurred_at', '>=', from));
    if (to !== undefined) conditions.push(rows('occurred_at', '<', to));
    if (ids) conditions.push(oneOf(rows.ref('entry_id'), ids));
    return rows.and(conditions);
  };
}

const oneSide = (rows: Rows, agency: AgencyId): Expression<SqlBool> =>
  rows.or([rows('issuer', '=', agency), rows('recipient', '=', agency)]);
