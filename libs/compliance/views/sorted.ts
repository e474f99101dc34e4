import type { Cell, ColumnKind } from './view.js';

/** Kinds whose cells are lists. Rows cannot be ordered by them. */
export const isPlural = (kind: ColumnKind): boolean =>
  kind === 'agencies' || kind === 'codes' || kind === 'entries' || kind === 'references';

/** What stands for a number that is missing: before all that views count, days that are over among it. */
export const noNumber = Number.MIN_SAFE_INTEGER;

/** What a row is ordered by. Missing ones come first. */
export function sortedBy(kind: ColumnKind, cell: Cell): string | number {
  if (kind === 'number') return typeof cell === 'number' ? cell : noNumber;
  if (kind === 'flag') return cell === true ? '1' : '0';
  return cell === null ? '' : String(cell);
}

/** The same as text, whose order is that of numbers from 0 on. */
export const orderingOf = (kind: ColumnKind, cell: Cell): string => {
  const sorted = sortedBy(kind, cell);
  if (typeof sorted === 'string') return sorted;
  return sorted === noNumber ? '' : String(sorted).padStart(16, '0');
};
