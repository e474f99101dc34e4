import Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import { instantAt, millisecondsOf, type Instant } from '#kernel';

/** Where days are counted: which are holidays, and when they begin. */
export interface Place {
  /** ISO 3166-1 alpha-2 */
  readonly country: string;
  /** state of the country, for Germany the Land: `NW` */
  readonly region?: string;
  /** IANA time zone */
  readonly zone: string;
}

/** Whose holidays count, by a code of ISO 3166 like `DE-NW`. */
export function holidaysOf(code: string): Pick<Place, 'country' | 'region'> {
  const [country = '', region] = code.split('-');
  return { country, ...(region !== undefined && { region }) };
}

/** How long somebody has. Days, working days and months end with their last day, hours to the minute. */
export type Deadline =
  | { readonly hours: number }
  | { readonly days: number }
  | { readonly workingDays: number }
  | { readonly months: number }
  /** 31 December, so many years after */
  | { readonly yearEnds: number };

const millisecondsPerHour = 3_600_000;

/**
 * Ends deadlines at a place. Days are those of the calendar there: the day of the event is not counted; a deadline of
 * days or months that would end on a Saturday, Sunday or holiday ends with the next working day (Regulation (EEC,
 * Euratom) No 1182/71, Art. 3). Hours run through, whatever day it is.
 */
export class Calendar {
  readonly #holidays: Holidays;
  readonly #daysOff = new Map<number, ReadonlySet<string>>();
  readonly #dates = new Map<number, string>();
  readonly #ends = new Map<string, Instant>();

  constructor(private readonly place: Place) {
    const { country, region } = place;
    const types = { types: ['public' as const] };
    this.#holidays = region === undefined ? new Holidays(country, types) : new Holidays(country, region, types);
  }

  get country(): string {
    return this.place.country;
  }

  /** The last moment at which it is still in time. */
  end(deadline: Deadline, from: Instant): Instant {
    if ('hours' in deadline) return instantAt(millisecondsOf(from) + deadline.hours * millisecondsPerHour);
    const date = this.dateOf(from);
    const key = `${date} ${JSON.stringify(deadline)}`;
    const known = this.#ends.get(key);
    if (known !== undefined) return known;
    const end = this.#endOf(this.#lastDay(deadline, Temporal.PlainDate.from(date)));
    this.#ends.set(key, end);
    return end;
  }

  /** The last moment of a day like `2026-11-22`, there. */
  endOfDay(date: string): Instant {
    return this.#endOf(Temporal.PlainDate.from(date));
  }

  /** The day it is there, as `2026-11-22`. */
  dateOf(moment: Instant): string {
    // No zone changes its offset within a quarter of an hour.
    const quarter = Math.floor(millisecondsOf(moment) / (millisecondsPerHour / 4));
    const known = this.#dates.get(quarter);
    if (known !== undefined) return known;
    const date = Temporal.Instant.from(moment).toZonedDateTimeISO(this.place.zone).toPlainDate().toString();
    this.#dates.set(quarter, date);
    return date;
  }

  isWorkingDay(date: string): boolean {
    return this.#isWorkingDay(Temporal.PlainDate.from(date));
  }

  #lastDay(deadline: Exclude<Deadline, { readonly hours: number }>, from: Temporal.PlainDate): Temporal.PlainDate {
    if ('workingDays' in deadline) return this.#afterWorkingDays(from, deadline.workingDays);
    if ('yearEnds' in deadline) {
      return Temporal.PlainDate.from({ year: from.year + deadline.yearEnds, month: 12, day: 31 });
    }
    const last = from.add('days' in deadline ? { days: deadline.days } : { months: deadline.months });
    return this.#isWorkingDay(last) ? last : this.#afterWorkingDays(last, 1);
  }

  #afterWorkingDays(from: Temporal.PlainDate, count: number): Temporal.PlainDate {
    let day = from;
    for (let left = count; left > 0;) {
      day = day.add({ days: 1 });
      if (this.#isWorkingDay(day)) left -= 1;
    }
    return day;
  }

  #isWorkingDay(day: Temporal.PlainDate): boolean {
    return day.dayOfWeek <= 5 && !this.#offIn(day.year).has(day.toString());
  }

  #offIn(year: number): ReadonlySet<string> {
    const known = this.#daysOff.get(year);
    if (known !== undefined) return known;
    const off = new Set(this.#holidays.getHolidays(year).map(({ date }) => date.slice(0, 10)));
    this.#daysOff.set(year, off);
    return off;
  }

  /** The last millisecond of a day. */
  #endOf(day: Temporal.PlainDate): Instant {
    const next = day.add({ days: 1 }).toZonedDateTime(this.place.zone);
    return instantAt(next.epochMilliseconds - 1);
  }
}
