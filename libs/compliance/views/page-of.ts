import type { EntryId } from '#kernel';
import { checkedLimit } from '../queries/answer.js';
import type { AnsweredRow, Asked, Condition, Page, Place } from './asked.js';
import { sortedBy } from './sorted.js';
import type { Cell, View } from './view.js';

/** Filters, sorts and pages rows that are all at hand, as a table of them would be. @throws DomainError `invalid-query` */
export function pageOf(
  { columns }: Pick<View, 'columns'>,
  rows: readonly AnsweredRow[],
  { filter, sort: { by, direction }, after, limit, ids }: Asked,
): Page {
  const most = checkedLimit(limit);
  const kind = columns[by]?.kind ?? 'text';
  const forwards = direction === 'ascending' ? 1 : -1;
  const placed = rows
    .filter((row) => ids === undefined || isAbout(row, columns, ids))
    .filter((row) => meets(row, filter))
    .map((row) => ({ row, place: { sorted: sortedBy(kind, row.cells[by] ?? null), row: nameOf(row) } }))
    .toSorted((one, other) => forwards * compared(one.place, other.place))
    .filter(({ place }) => after === null || forwards * compared(place, after) > 0);
  const page = placed.slice(0, most);
  return {
    rows: page.map(({ row }) => row),
    next: placed.length > most ? (page.at(-1)?.place ?? null) : null,
  };
}

/** Whether a row is what was asked for. */
export const meets = ({ cells }: Pick<AnsweredRow, 'cells'>, filter: Asked['filter']): boolean =>
  filter.every((one) => matches(one, cells[one.column] ?? null));

/** Of one of these entries, or naming one: what corrects an entry of the wrong person is found under the right one. */
function isAbout({ entry, cells }: AnsweredRow, columns: View['columns'], ids: ReadonlySet<EntryId>): boolean {
  if (entry !== null && ids.has(entry)) return true;
  return Object.entries(columns).some(([name, { kind }]) => {
    const cell = cells[name] ?? null;
    if (kind !== 'entry' && kind !== 'entries') return false;
    return typeof cell === 'object'
      ? (cell?.some((one) => ids.has(one as EntryId)) ?? false)
      : ids.has(cell as EntryId);
  });
}

const nameOf = ({ agency, key }: AnsweredRow): string => `${agency ?? ''} ${key}`;

export function compared(one: Place, other: Place): number {
  if (one.sorted !== other.sorted) return one.sorted < other.sorted ? -1 : 1;
  return one.row < other.row ? -1 : Number(one.row > other.row);
}

function matches({ is, value }: Condition, cell: Cell): boolean {
  if (typeof value === 'boolean') return cell === value;
  if (typeof cell === 'object') return cell?.some((one) => one === value) ?? false;
  if (cell === '' || typeof cell !== typeof value) return false;
  if (is === 'equal') return cell === value;
  if (is === 'from') return cell >= value;
  return is === 'before' ? cell < value : cell <= value;
}
