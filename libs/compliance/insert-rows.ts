import type { Insertable } from 'kysely';
import type { ViewName, ViewsSchema, ViewsTransaction } from './views.js';

/** Below the least number of parameters a statement may have, 32,766 in SQLite, for the widest table. */
const rowsAtOnce = 200;

/** Inserts many rows with few statements. Equal sizes make equal statements, which the driver prepares once. */
export async function insertRows<Table extends ViewName>(
  transaction: ViewsTransaction,
  table: Table,
  rows: readonly Insertable<ViewsSchema[Table]>[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    await transaction
      .insertInto(table)
      .values(rows.slice(at, at + rowsAtOnce))
      .execute();
  }
}
