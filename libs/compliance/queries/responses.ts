import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { ResponseKind } from '../projections/disclosures.js';
import { agenciesOf, type Scope } from '../scope.js';
import type { ViewsSchema } from '../views.js';
import { oneOf } from './one-of.js';

type Rows = ExpressionBuilder<ViewsSchema, 'disclosure'>;

/**
 * Whether this was recorded about a disclosure, by the side whose say it is. A response that does not name its
 * disclosure answers none. Hidden responses count for whoever recorded them, and for their supervisor, only.
 */
export function responded(rows: Rows, kind: ResponseKind, scope: Scope): Expression<SqlBool> {
  const found = rows
    .selectFrom('disclosure_response as response')
    .select('response.entry_index')
    .whereRef('response.exchange', '=', 'disclosure.exchange')
    .where('response.kind', '=', kind)
    .where((response) =>
      response.or([response('response.hidden', '=', 0), oneOf(response.ref('response.issuer'), agenciesOf(scope))]),
    );
  if (kind === 'requested') return rows.exists(found);
  const about = found.whereRef('response.disclosure_id', '=', 'disclosure.disclosure_id');
  return rows.exists(
    kind === 'invalidated'
      ? about.whereRef('response.issuer', '=', 'disclosure.issuer')
      : about.whereRef('response.issuer', '=', 'disclosure.recipient'),
  );
}
