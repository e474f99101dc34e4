import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { AgencyId, Instant } from '#kernel';
import { oneOf } from '../queries/one-of.js';
import { agenciesOf, type Scope } from '../scope.js';
import type { ViewsSchema } from '../views.js';

type Rows = ExpressionBuilder<ViewsSchema, 'judgement'>;
type Meant = (rows: Rows) => Expression<SqlBool>;

/** Judgements the scope holds at a moment. */
export const judgementsIn =
  (scope: Scope, now: Instant): Meant =>
  (rows) =>
    rows.and([oneOf(rows.ref('judgement.agency'), agenciesOf(scope)), isTold(rows, now)]);

/** What another agency has deferred begins nothing before it opens. */
const isTold = (rows: Rows, now: Instant): Expression<SqlBool> => rows('judgement.shown_from', '<=', now);

/** Those of one agency of the scope; with null all of them, which are found by no index of agencies. */
export const judgementsOf =
  (scope: Scope, agency: AgencyId | null, now: Instant): Meant =>
  (rows) =>
    agency === null
      ? sql<SqlBool>`case when ${judgementsIn(scope, now)(rows)} then 1 else 0 end = 1`
      : rows.and([rows('judgement.agency', '=', agency), isTold(rows, now)]);
