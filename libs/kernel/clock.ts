declare const instant: unique symbol;

/** A moment in UTC with milliseconds, in exactly this form: `2026-11-22T10:00:00.123Z`. Texts sort as moments do. */
export type Instant = string & { readonly [instant]: true };

/** The only way to learn the time. Adapters of the rim read the machine's clock; everything below is told. */
export interface Clock {
  now(): Instant;
}

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** True for an existing moment in the one accepted form: 30 February, `:60` and other zones are not. */
export function isInstant(value: unknown): value is Instant {
  if (typeof value !== 'string' || !form.test(value)) return false;
  const milliseconds = Date.parse(value);
  return !Number.isNaN(milliseconds) && instantAt(milliseconds) === value;
}

/** The last moment that has the one accepted form, in milliseconds since 1970-01-01T00:00:00Z. */
const last = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * What lies beyond the year 9999 is its end: text of later years would sort before all others.
 *
 * @param milliseconds since 1970-01-01T00:00:00Z
 */
export const instantAt = (milliseconds: number): Instant =>
  new Date(Math.min(milliseconds, last)).toISOString() as Instant;

/** @returns milliseconds since 1970-01-01T00:00:00Z */
export const millisecondsOf = (moment: Instant): number => Date.parse(moment);
