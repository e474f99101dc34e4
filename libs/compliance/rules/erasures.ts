import { agencyIn, dayIn, isMissing, isObject, textIn } from '#catalogue';
import { millisecondsOf, type Instant } from '#kernel';
import { chainRoot } from './chain-root.js';
import { admittedSide } from './issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from './matter.js';
import type { Then } from './rule.js';
import type { Side } from './side.js';

/** An erasure with what completed it later. */
export interface Erasure {
  readonly fact: Fact;
  /** of whose entries */
  readonly side: Side;
  /** The erasure itself first. */
  readonly parts: readonly Fact[];
}

/** Erasures in the order in which they were executed. */
export function erasuresIn(matter: Matter, then: (entry: Fact) => Then): readonly Erasure[] {
  const all = factsOf(matter, 'ErasureExecuted');
  const rootOf = new Map(all.map((one) => [one, chainRoot(one, all, 'completes')]));
  return all
    .filter((one) => rootOf.get(one) === one)
    .map((fact) => ({
      fact,
      side: admittedSide(agencyIn(fact.terms, 'agency') ?? fact.issuer, then(fact).registry),
      parts: [fact, ...all.filter((one) => one !== fact && rootOf.get(one) === fact)],
    }));
}

/** When it had arrived at all of these places; null where it has not. */
export function arrivedAt({ parts }: Erasure, places: readonly string[]): Instant | null {
  const arrivals = places.map(
    (place) => parts.find(({ terms }) => textsOf(terms, 'reached').includes(place))?.occurredAt ?? null,
  );
  return arrivals.includes(null)
    ? null
    : (arrivals
        .filter((one) => one !== null)
        .sort()
        .at(-1) ?? null);
}

/** Ends of the first and of the last day on which something was recorded; null where that side is open. */
export interface RecordedDays {
  readonly from: Instant | null;
  readonly until: Instant | null;
}

/** The days on which what an erasure or a hold is about was recorded; null where it does not say them. */
export function recordedDays({ terms }: Pick<Fact, 'terms'>, side: Side, then: Then): RecordedDays | null {
  const recorded = terms['recorded'];
  if (!isObject(recorded) || isMissing(recorded)) return null;
  const [from, until] = (['from', 'until'] as const).map((name) => {
    if (recorded[name] === undefined) return null;
    const day = dayIn(recorded, name);
    return day === null ? undefined : then.endOfDay(side, day);
  });
  return from === undefined || until === undefined ? null : { from, until };
}

/** @param dayEnd the end of the day that may be one of them */
export const isAmong = (dayEnd: Instant, { from, until }: RecordedDays): boolean =>
  (from === null || from <= dayEnd) && (until === null || dayEnd <= until);

/** Whether two spans of days have one in common. */
export const overlap = (one: RecordedDays, other: RecordedDays): boolean =>
  (one.from === null || other.until === null || one.from <= other.until) &&
  (other.from === null || one.until === null || other.from <= one.until);

/** Whether all days of a span are days of another one. */
export const contains = (whole: RecordedDays, part: RecordedDays): boolean =>
  (whole.from === null || (part.from !== null && whole.from <= part.from)) &&
  (whole.until === null || (part.until !== null && part.until <= whole.until));

/** Ends of two days that follow each other are 23 to 25 hours apart. */
const lessThanTwoDays = 36 * 3_600_000;

/** Whether several spans together have all days of another one. */
export function cover(spans: readonly RecordedDays[], whole: RecordedDays): boolean {
  const [start, end] = sidesOf(whole);
  const reached = spans
    .map(sidesOf)
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)))
    .reduce(
      (last, [from, until]) => (from <= last + lessThanTwoDays ? Math.max(last, until) : last),
      start - lessThanTwoDays,
    );
  return reached >= end;
}

/** In milliseconds; what is open has no bound. */
const sidesOf = ({ from, until }: RecordedDays): readonly [from: number, until: number] => [
  from === null ? -Infinity : millisecondsOf(from),
  until === null ? Infinity : millisecondsOf(until),
];

/** Whether a class of blocks is among those that are named. */
export const isOfClass = ({ terms }: Pick<Fact, 'terms'>, retentionClass: string): boolean =>
  textsOf(terms, 'retentionClasses').includes(retentionClass);

/** Whether a hold names single entries, exchanges or a case: what else was recorded on its days is erased. */
export const isNarrow = ({ terms }: Pick<Fact, 'terms'>): boolean =>
  ['entries', 'exchanges'].some((name) => terms[name] !== undefined) || textsOf(terms, 'present').includes('case');

/** When a hold ended or will end: when it was released, else with its last day; null where it says neither. */
export function endOfHold(hold: Fact, matter: Matter, side: Side, then: Then): Instant | null {
  const released = factsOf(matter, 'LegalHoldReleased').find(
    ({ issuer, terms }) => issuer === hold.issuer && textIn(terms, 'legalHold') === hold.id,
  );
  const lastDay = dayIn(hold.terms, 'until');
  const planned = lastDay === null ? null : then.endOfDay(side, lastDay);
  if (released === undefined) return planned;
  return planned !== null && planned < released.occurredAt ? planned : released.occurredAt;
}
