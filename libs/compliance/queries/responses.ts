import type { Instant } from '#kernel';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { ResponseKind } from '../projections/disclosures.js';
import { agenciesOf, type Scope } from '../scope.js';
import type { ViewsSchema } from '../views.js';
import { oneOf } from './one-of.js';

type Rows = ExpressionBuilder<ViewsSchema, 'disclosure'>;

/**
 * Whether this was recorded about a disclosure. Hidden responses count for whoever recorded them, and for their
 * supervisor, only.
 */
export const responded = (rows: Rows, kind: ResponseKind, scope: Scope, now: Instant): Expression<SqlBool> =>
  rows.exists(
    responsesTo(rows, kind)
      .select('response.entry_index')
      .where(({ or, eb, ref }) =>
        or([eb('response.open_since', '<=', now), oneOf(ref('response.issuer'), agenciesOf(scope))]),
      ),
  );

/** What was recorded about a disclosure by the side whose say it is. What does not name its disclosure answers none. */
export function responsesTo(rows: Rows, kind: ResponseKind) {
  const found = rows
    .selectFrom('disclosure_response as response')
    .whereRef('response.exchange', '=', 'disclosure.exchange')
    .where('response.kind', '=', kind);
  if (kind === 'requested') return found;
  const side = kind === 'invalidated' ? 'disclosure.issuer' : 'disclosure.recipient';
  return found
    .whereRef('response.disclosure_id', '=', 'disclosure.disclosure_id')
    .whereRef('response.issuer', '=', side);
}
