import { instantAt, millisecondsOf, type Instant } from '#kernel';
import { monthWeights } from './calibration.js';
import type { Random } from './random.js';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** From a moment up to, not including, another. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

const inBerlin = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** The beginning of its day in Berlin, where the deadlines of days end: nothing is due between the two. */
export function beginningOfDay(now: Instant): Instant {
  const moment = millisecondsOf(now);
  const [hours = 0, minutes = 0, seconds = 0] = inBerlin.format(moment).split(':').map(Number);
  return instantAt(Math.floor(moment / 1000) * 1000 - hours * hour - minutes * minute - seconds * 1000);
}

/** The twelve months before a moment. */
export function yearBefore(until: Instant): Span {
  const start = new Date(until);
  start.setUTCFullYear(start.getUTCFullYear() - 1);
  return { from: instantAt(start.getTime()), until };
}

/** A calendar year, as far as it has passed at a moment. */
export function calendarYear(year: number, now?: Instant): Span {
  const end = instantAt(Date.UTC(year + 1, 0, 1));
  return { from: instantAt(Date.UTC(year, 0, 1)), until: now === undefined || end < now ? end : now };
}

/**
 * When things begin: `count` moments over a span, earliest first, more of them in busy months. One at a time, so that
 * memory does not grow with their number.
 */
export function* beginnings({ from, until }: Span, count: number, random: Random): Iterable<number> {
  const months = monthsOf(millisecondsOf(from), millisecondsOf(until));
  const whole = months.reduce((sum, { weight }) => sum + weight, 0);
  for (let place = 0; place < count; place += 1) {
    let rest = ((place + random.next()) / count) * whole;
    const month = months.find(({ weight }) => (rest -= weight) < 0) ?? months.at(-1);
    if (month === undefined) return;
    yield Math.floor(month.until + (rest / month.weight) * (month.until - month.from));
  }
}

/** The months of a span, each weighted by the part of it that lies in the span. */
function monthsOf(from: number, until: number): { from: number; until: number; weight: number }[] {
  const months = [];
  for (let start = from; start < until;) {
    const date = new Date(start);
    const begins = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    const end = Math.min(next, until);
    const weight = ((monthWeights[date.getUTCMonth()] ?? 1) * (end - start)) / (next - begins);
    months.push({ from: start, until: end, weight });
    start = end;
  }
  return months;
}

/** The first moment at or after this one at which an office works: Monday to Friday, between 7 and 17 o'clock UTC. */
export function inOfficeHours(moment: number, random: Random): number {
  const date = new Date(moment);
  const at = date.getUTCHours();
  if (at >= 7 && at < 17 && isWorkday(date)) return moment;
  const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  let morning = at < 7 ? midnight : midnight + day;
  while (!isWorkday(new Date(morning))) morning += day;
  return Math.floor(morning + random.between(7, 11) * hour);
}

const isWorkday = (date: Date): boolean => date.getUTCDay() % 6 !== 0;

/** `2026-11-22` */
export const dateOf = (moment: number): string => instantAt(moment).slice(0, 10);
