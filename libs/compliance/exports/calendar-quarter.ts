import { instantAt, type Instant } from '#kernel';

/**
 * A quarter of a year, of UTC as instants are written: the one period that statistics are made of. Periods that overlap,
 * or that lie in one another, could be subtracted, and what is left could be small.
 */
export interface CalendarQuarter {
  /** like 2026-Q3 */
  readonly name: string;
  readonly from: Instant;
  /** the first moment after it */
  readonly until: Instant;
  /** A month later: what is recorded or opened from then on is not counted, so that its figures stay as they are. */
  readonly closes: Instant;
}

/** @returns null for what names no quarter */
export function quarterNamed(name: string): CalendarQuarter | null {
  const [, year, quarter] = /^(2\d{3})-Q([1-4])$/.exec(name) ?? [];
  return year === undefined ? null : quarterFrom(Number(year), (Number(quarter) - 1) * 3);
}

/** The last quarter of which statistics can be made. */
export function lastClosed(now: Instant): CalendarQuarter {
  const [year, month] = [Number(now.slice(0, 4)), Number(now.slice(5, 7)) - 1];
  return quarterFrom(year, Math.floor((month - 1) / 3) * 3 - 3);
}

/** @param month of its first day, 0 for January; of the year before, where it is below */
function quarterFrom(year: number, month: number): CalendarQuarter {
  const first = (months: number): Instant => instantAt(Date.UTC(year, month + months, 1));
  const from = first(0);
  const name = `${from.slice(0, 4)}-Q${Math.ceil(Number(from.slice(5, 7)) / 3)}`;
  return { name, from, until: first(3), closes: first(4) };
}
