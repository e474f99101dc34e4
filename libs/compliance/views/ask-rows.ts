import { sql, type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool } from 'kysely';
import type { AgencyId, EntryId, Instant } from '#kernel';
import { answer, checkedLimit } from '../queries/answer.js';
import { oneOf } from '../queries/one-of.js';
import { agenciesOf, type Scope } from '../scope.js';
import { isShown } from '../shown.js';
import type { ViewsDatabase, ViewsSchema, ViewsTransaction } from '../views.js';
import type { AnsweredPage, AnsweredRow, Asked, Condition, Page } from './asked.js';
import { firstOf } from './first-of.js';
import { isPlural, noNumber } from './sorted.js';
import type { ColumnKind, RowsView } from './view.js';

/** The projection that writes the rows. */
export const rowsProjection = 'judgements';

/**
 * One page of the rows that agencies of the scope see now. Pages stay stable while entries are added.
 *
 * @throws DomainError `invalid-query`
 */
export const askRows = (
  database: ViewsDatabase,
  scope: Scope,
  view: RowsView,
  asked: Asked,
  now: Instant,
): Promise<AnsweredPage> =>
  answer(database, scope, now, [rowsProjection], (transaction) => rowsIn(transaction, scope, view, asked, now));

/** The same, of somebody who has entered the scope. */
export async function rowsIn(
  transaction: ViewsTransaction,
  scope: Scope,
  view: RowsView,
  { filter, sort, after, limit }: Asked,
  now: Instant,
): Promise<Page> {
  const most = checkedLimit(limit);
  const { by, direction } = sort;
  const sorted = by === view.order.by ? sql<string>`ordering` : sortedIn(by, kindOf(view, by));
  const way = direction === 'ascending' ? ('asc' as const) : ('desc' as const);
  let query = transaction
    .selectFrom('view_row')
    .select(['id', 'agency', 'key', 'entry_id', 'cells', sorted.as('sorted')])
    .where('view', '=', view.name)
    .where(isShown(now))
    .where(({ and }) => and(filter.map((one) => matches(one, view))));
  if (after !== null) {
    const beyond = direction === 'ascending' ? sql`>` : sql`<`;
    query = query.where(sql<SqlBool>`(${sorted}, id) ${beyond} (${after.sorted}, ${after.row})`);
  }
  const first = query
    .orderBy(sorted, way)
    .orderBy('id', way)
    .limit(most + 1);
  const compare = (one: Sorted, other: Sorted): number =>
    (way === 'asc' ? 1 : -1) * (compared(one.sorted, other.sorted) || compared(one.id, other.id));
  const found = await firstOf(scope, { most: most + 1, compare, nameOf: ({ id }) => id }, (agency) =>
    first.where(agency === null ? shownTo(scope) : ({ eb }) => eb('agency', '=', agency)).execute(),
  );
  const rows = found.slice(0, most);
  const last = found.length > most ? rows.at(-1) : undefined;
  return {
    rows: rows.map(answeredRow),
    next:
      last === undefined
        ? null
        : { sorted: typeof last.sorted === 'number' ? last.sorted : String(last.sorted), row: last.id },
  };
}

interface Read {
  readonly agency: string;
  readonly key: string;
  readonly entry_id: string;
  readonly cells: string;
}

interface Sorted extends Read {
  readonly id: string;
  readonly sorted: string | number;
}

const compared = (one: string | number, other: string | number): number => (one < other ? -1 : Number(one > other));

const answeredRow = (row: Read): AnsweredRow => ({
  agency: row.agency as AgencyId,
  key: row.key,
  entry: row.entry_id as EntryId,
  cells: JSON.parse(row.cells) as AnsweredRow['cells'],
});

/** An agency sees its own rows; a supervisor those of the agencies it is competent for. */
const shownTo =
  (scope: Scope) =>
  ({ ref }: ExpressionBuilder<ViewsSchema, 'view_row'>): Expression<SqlBool> =>
    oneOf(ref('agency'), agenciesOf(scope));

/** @throws RangeError for a column the view does not have */
export function kindOf({ columns }: Pick<RowsView, 'columns'>, name: string): ColumnKind {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column === undefined) throw new RangeError('no such column');
  return column.kind;
}

/** A cell as text. What joins it with the empty end of an id makes PostgreSQL compare it byte by byte, like the id. */
const cellOf = (column: string): RawBuilder<string> =>
  sql<string>`coalesce(cast(cells ->> ${sql.lit(column)} as text), substr(id, 1, 0))`;

function sortedIn(column: string, kind: ColumnKind): RawBuilder<string | number> {
  if (kind === 'number') return numberOf(column);
  return kind === 'flag' ? sql<string>`case when ${isSaid(column, true)} then '1' else '0' end` : cellOf(column);
}

const numberOf = (column: string): RawBuilder<number> =>
  sql<number>`coalesce(cast(cells ->> ${sql.lit(column)} as double precision), ${sql.lit(noNumber)})`;

/** The two databases write a flag differently. Where nothing is said it is neither. */
const isSaid = (column: string, value: boolean): RawBuilder<SqlBool> =>
  sql<SqlBool>`${cellOf(column)} in (${sql.lit(value ? '1' : '0')}, ${sql.lit(String(value))})`;

const signs = { equal: sql`=`, from: sql`>=`, before: sql`<`, upTo: sql`<=` } as const;

function matches({ column, is, value }: Condition, view: Pick<RowsView, 'columns' | 'order'>): Expression<SqlBool> {
  const kind = kindOf(view, column);
  if (typeof value === 'boolean') return isSaid(column, value);
  if (typeof value === 'number') return sql<SqlBool>`${numberOf(column)} ${signs[is]} ${value}`;
  const cell = cellOf(column);
  // A list is JSON: one of its texts, with quotes around it, goes away where it stands in it.
  if (isPlural(kind)) return sql<SqlBool>`replace(${cell}, ${JSON.stringify(value)}, '') <> ${cell}`;
  // What rows are ordered by has an index: a period that is long over is found at once.
  const indexed = column === view.order.by ? sql.ref('ordering') : cell;
  return sql<SqlBool>`(${indexed} <> '' and ${indexed} ${signs[is]} ${value})`;
}
