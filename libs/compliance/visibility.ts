import { instantAt, millisecondsOf, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import type { SaidTerms } from './projection.js';
import { dayIn } from './rules/day-in.js';
import { Calendar } from './rules/deadlines/calendar.js';
import { type Flag, flag } from './views.js';

/**
 * Whether an entry is left out of everybody's views but its issuer's and its supervisor's: restricted, sealed and
 * deferred ones. What is neither said to be open nor missing is hidden too, whatever a later vocabulary means by it; a
 * sealed entry is hidden whatever it says.
 */
export function hidden({
  type,
  visibility,
}: {
  readonly type?: JsonObject[string];
  readonly visibility?: JsonObject[string];
}): Flag {
  return flag(type === 'SealedEntryRecorded' || (typeof visibility === 'string' && visibility !== 'open'));
}

/** Text in the order of instants, before and after all of them. */
export const always = '';
export const never = '~';

/** The days until which something is hidden are those of the network's usual calendar. */
const berlin = new Calendar({ country: 'DE', zone: 'Europe/Berlin' });

/**
 * From when on others than its issuer, and who supervises it, may know of an entry: {@link always}, {@link never}, or
 * the moment after the day until which it is deferred. Of an erased one nobody can say that it was not hidden.
 */
export function openSince({ said }: { readonly said: Pick<SaidTerms, 'type' | 'terms'> | null }): string {
  if (said === null) return never;
  const known = sinceWhen.get(said) ?? opening(said);
  sinceWhen.set(said, known);
  return known;
}

/** Of two things that are shown together only: from when on both are open. */
export const laterOf = (one: string, other: string): string => (one > other ? one : other);

/** Every view asks the same of the same entries. */
const sinceWhen = new WeakMap<Pick<SaidTerms, 'type' | 'terms'>, string>();

function opening({ type, terms }: Pick<SaidTerms, 'type' | 'terms'>): string {
  const { visibility } = terms;
  if (hidden({ type, ...(visibility !== undefined && { visibility }) }) === 0) return always;
  const day = dayIn(terms, 'hiddenUntil');
  const isDeferred = visibility === 'deferred-until' && type !== 'SealedEntryRecorded';
  return isDeferred && day !== null ? afterDay(day) : never;
}

/** The moment after a day until which something is deferred, that day included. */
export const afterDay = (day: string): Instant => instantAt(millisecondsOf(berlin.endOfDay(day)) + 1);
