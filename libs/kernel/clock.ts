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

/** @param milliseconds since 1970-01-01T00:00:00Z */
export const instantAt = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

/** @returns milliseconds since 1970-01-01T00:00:00Z */
export const millisecondsOf = (moment: Instant): number => Date.parse(moment);
