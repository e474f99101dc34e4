import { type Fault, instantAt, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { Temporal } from 'temporal-polyfill';
import type { Said } from './entry-type.js';
import { dayIn } from './reading.js';

/**
 * Whether an entry is left out of what everybody but its issuer and its supervisor is shown: restricted, sealed and
 * deferred ones. What is neither said to be open nor missing is hidden too, whatever a later vocabulary means by it; a
 * sealed entry is hidden whatever it says.
 */
export const isHidden = ({
  type,
  visibility,
}: {
  readonly type?: JsonObject[string];
  readonly visibility?: JsonObject[string];
}): boolean => type === 'SealedEntryRecorded' || (typeof visibility === 'string' && visibility !== 'open');

/**
 * What an entry says of who may know of it. What says until when it is hidden, be it that the day is missing, but nothing
 * else that hides it is deferred: such entries were taken once, and what was meant to be hidden is never shown too early.
 */
export function visibilityIn({ visibility, hiddenUntil }: JsonObject): JsonObject[string] | undefined {
  return hiddenUntil === undefined || isHidden({ ...(visibility !== undefined && { visibility }) })
    ? visibility
    : 'deferred-until';
}

/**
 * A day until which something is hidden is said together with its being deferred: nobody should have to guess which is
 * meant. That the day is missing is no reason to refuse; such an entry reads as deferred: {@link visibilityIn}.
 */
export function hidingFaults({ visibility, hiddenUntil }: JsonObject): readonly Fault[] {
  if (typeof hiddenUntil !== 'string' || visibility === 'deferred-until') return [];
  return [{ pointer: '/visibility', detail: 'expected deferred-until, because hiddenUntil says until when' }];
}

/** Text in the order of instants, before and after all of them. */
export const always = '';
export const never = '~';

/**
 * From when on others than its issuer, and who supervises it, may know of an entry: {@link always}, {@link never}, or
 * the moment after the day until which it is deferred. Of an erased one nobody can say that it was not hidden.
 */
export function openSince({ said }: { readonly said: Pick<Said, 'type' | 'terms'> | null }): string {
  if (said === null) return never;
  const known = sinceWhen.get(said) ?? opening(said);
  sinceWhen.set(said, known);
  return known;
}

/** Of two things that are shown together only: from when on both are open. */
export const laterOf = (one: string, other: string): string => (one > other ? one : other);

/** Every view asks the same of the same entries. */
const sinceWhen = new WeakMap<Pick<Said, 'type' | 'terms'>, string>();

function opening({ type, terms }: Pick<Said, 'type' | 'terms'>): string {
  const visibility = visibilityIn(terms);
  if (!isHidden({ type, ...(visibility !== undefined && { visibility }) })) return always;
  const day = dayIn(terms, 'hiddenUntil');
  const isDeferred = visibility === 'deferred-until' && type !== 'SealedEntryRecorded';
  return isDeferred && day !== null ? afterDay(day) : never;
}

/** The moment after a day until which something is deferred, that day included: days end where the network is. */
export const afterDay = (day: string): Instant =>
  instantAt(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime('Europe/Berlin').epochMilliseconds);
