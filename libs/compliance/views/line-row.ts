import type { Fact } from '../rules/matter.js';
import { isPlural } from './sorted.js';
import type { Row, RowsView } from './view.js';

/**
 * A row of a view that has several kinds of lines, as its column `line` says: one an entry, `at` the time of which it
 * speaks. What lines of this kind do not have is empty.
 */
export const lineRow = (
  { columns }: Pick<RowsView, 'columns'>,
  line: string,
  { id, occurredAt }: Fact,
  cells: Row['cells'],
): Row => ({
  key: id,
  entry: id,
  cells: {
    ...Object.fromEntries(Object.entries(columns).map(([name, { kind }]) => [name, isPlural(kind) ? [] : null])),
    line,
    at: occurredAt,
    ...cells,
  },
});
