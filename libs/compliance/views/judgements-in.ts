import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { oneOf } from '../queries/one-of.js';
import type { Scope } from '../scope.js';
import type { ViewsSchema } from '../views.js';

/** Judgements the scope holds: a supervisor sees none that rest on what an agency hides. */
export const judgementsIn =
  (scope: Scope) =>
  (rows: ExpressionBuilder<ViewsSchema, 'judgement'>): Expression<SqlBool> =>
    scope.kind === 'agency'
      ? rows('judgement.agency', '=', scope.agency)
      : rows.and([oneOf(rows.ref('judgement.agency'), scope.agencies), rows('judgement.hidden', '=', 0)]);
