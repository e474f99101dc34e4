import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { AgencyId } from '#kernel';
import { oneOf } from '../queries/one-of.js';
import { agenciesOf, type Scope } from '../scope.js';
import type { ViewsSchema } from '../views.js';

type Meant = (rows: ExpressionBuilder<ViewsSchema, 'judgement'>) => Expression<SqlBool>;

/** Judgements the scope holds. */
export const judgementsIn =
  (scope: Scope): Meant =>
  ({ ref }) =>
    oneOf(ref('judgement.agency'), agenciesOf(scope));

/** Those of one agency of the scope; with null all of them, which are found by no index of agencies. */
export const judgementsOf =
  (scope: Scope, agency: AgencyId | null): Meant =>
  (rows) =>
    agency === null
      ? sql<SqlBool>`case when ${judgementsIn(scope)(rows)} then 1 else 0 end = 1`
      : rows('judgement.agency', '=', agency);
