import type { Instant } from '#kernel';
import { answer, type Complete } from '../queries/answer.js';
import type { Scope } from '../scope.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';
import { askRows, rowsIn, rowsProjection } from './ask-rows.js';
import { rowsThen, type Then } from './as-of.js';
import { isAsked, type AnyView, type AskedView, type Question, type Surroundings } from './asked-view.js';
import type { AnsweredPage, AnsweredRow, Asked, Page } from './asked.js';
import { pageOf } from './page-of.js';
import type { RowsView } from './view.js';

/** A question as it is put to any view. */
export interface ViewQuestion extends Surroundings {
  readonly scope: Scope;
  readonly asked: Asked;
  readonly asOf: Instant | null;
}

/**
 * One page of a view, of the present or of an earlier moment.
 *
 * @throws DomainError `invalid-query`
 */
export function askView(database: ViewsDatabase, view: AnyView, question: ViewQuestion): Promise<AnsweredPage> {
  const { scope, asked, asOf, now } = question;
  if (isAsked(view)) return askOther(database, view, question);
  if (asOf === null && asked.ids === undefined) return askRows(database, scope, view, asked, now);
  return answer(database, scope, asOf ?? now, [rowsProjection], async (transaction) => {
    const rows =
      asOf === null
        ? await everyRow(transaction, scope, view, now)
        : await rowsThen(transaction, scope, view, { at: asOf, cut: asOf }, question);
    return pageOf(view, rows, asked);
  });
}

function askOther(database: ViewsDatabase, view: AskedView, question: ViewQuestion): Promise<Page & Complete> {
  const { scope, asOf, now } = question;
  const then: Then = { at: asOf ?? now, cut: asOf };
  return answer(database, scope, then.at, view.projections, (transaction) => {
    const given: Question = {
      ...question,
      database: transaction,
      rowsOf: (other) =>
        asOf === null ? everyRow(transaction, scope, other, now) : rowsThen(transaction, scope, other, then, question),
    };
    return view.ask(given);
  });
}

const rowsAtOnce = 1_000;

async function everyRow(
  transaction: ViewsTransaction,
  scope: Scope,
  view: RowsView,
  now: Instant,
): Promise<readonly AnsweredRow[]> {
  const rows: AnsweredRow[] = [];
  for (let after: Asked['after'] = null; ;) {
    const asked = { filter: [], sort: view.order, after, limit: rowsAtOnce };
    const page: Page = await rowsIn(transaction, scope, view, asked, now);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    after = page.next;
  }
}
