import { CompiledQuery, type DialectAdapter, type Insertable } from 'kysely';
import type { ViewName, ViewsSchema, ViewsTransaction } from './views.js';

/** Below the least number of parameters a statement may have, 65,535 in PostgreSQL, for the widest table. */
const rowsAtOnce = 256;

/**
 * What the adapter of a database in this process says of it: one row after the other, by the same statement, is faster
 * than many by a long one. A statement that is given a list of lists is carried out for each of them.
 */
export interface RowByRow {
  readonly insertsRowByRow: true;
}

/**
 * Inserts many rows with few statements of few sizes: equal ones are put together and prepared once.
 *
 * @param rows all with the same columns
 */
export async function insertRows<Table extends ViewName>(
  transaction: ViewsTransaction,
  table: Table,
  rows: readonly Insertable<ViewsSchema[Table]>[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first) as (keyof Insertable<ViewsSchema[Table]>)[];
  const valuesOf = (row: Insertable<ViewsSchema[Table]>): readonly unknown[] =>
    columns.map((column) => row[column] ?? null);
  if ('insertsRowByRow' in transaction.getExecutor().adapter) {
    await transaction.executeQuery(CompiledQuery.raw(statementFor(transaction, table, [first]), rows.map(valuesOf)));
    return;
  }
  for (let at = 0, size = rowsAtOnce; at < rows.length; at += size) {
    while (size > rows.length - at) size /= 4;
    const some = rows.slice(at, at + size);
    await transaction.executeQuery(CompiledQuery.raw(statementFor(transaction, table, some), some.flatMap(valuesOf)));
  }
}

/** Statements as they were put together before, which takes longer than to carry them out. */
const statements = new WeakMap<DialectAdapter, Map<string, string>>();

function statementFor<Table extends ViewName>(
  transaction: ViewsTransaction,
  table: Table,
  rows: readonly Insertable<ViewsSchema[Table]>[],
): string {
  const { adapter } = transaction.getExecutor();
  const known = statements.get(adapter) ?? new Map<string, string>();
  statements.set(adapter, known);
  const name = [table, rows.length, ...Object.keys(rows[0] ?? {})].join(' ');
  const statement = known.get(name) ?? transaction.insertInto(table).values(rows).compile().sql;
  known.set(name, statement);
  return statement;
}
