import type { Instant } from '#kernel';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import type { ViewsSchema } from './views.js';

/** When a row is shown: the same that is known for another time may be another row. */
export interface Shown {
  /** an instant, or empty: always */
  readonly shown_from: string;
  readonly shown_until: string | null;
}

/** Rows that are shown at a moment. */
export const isShown =
  (now: Instant) =>
  ({ and, eb, or }: ExpressionBuilder<ViewsSchema, 'exchange' | 'turn' | 'view_row'>): Expression<SqlBool> =>
    and([eb('shown_from', '<=', now), or([eb('shown_until', 'is', null), eb('shown_until', '>', now)])]);
