import fc from 'fast-check';
import { instantAt, millisecondsOf, type Instant } from '#kernel';
import { Calendar, type Deadline } from './calendar.js';
import { deadlineInWords } from './deadline-in-words.js';

const seed = 20261122;
const berlin = new Calendar({ country: 'DE', region: 'NW', zone: 'Europe/Berlin' });
const at = (text: string): Instant => text as Instant;

describe('a deadline', () => {
  it.each<[string, Deadline, string, string]>([
    ['of hours runs through a weekend', { hours: 72 }, '2026-11-20T10:00:00.000Z', '2026-11-23T10:00:00.000Z'],
    [
      'of hours is as long on the night when clocks are put forward',
      { hours: 24 },
      '2026-03-28T12:00:00.000Z',
      '2026-03-29T12:00:00.000Z',
    ],
    [
      'of working days does not count the day of the event',
      { workingDays: 2 },
      '2026-11-16T08:00:00.000Z',
      '2026-11-18T22:59:59.999Z',
    ],
    ['skips Saturday and Sunday', { workingDays: 1 }, '2026-11-20T08:00:00.000Z', '2026-11-23T22:59:59.999Z'],
    ['skips Good Friday and Easter Monday', { workingDays: 1 }, '2026-04-02T08:00:00.000Z', '2026-04-07T21:59:59.999Z'],
    [
      'begins on the local day: late evening in UTC is the next day in Berlin',
      { workingDays: 1 },
      '2026-06-08T22:30:00.000Z',
      '2026-06-10T21:59:59.999Z',
    ],
    ['of days counts every day', { days: 30 }, '2026-03-06T14:00:00.000Z', '2026-04-07T21:59:59.999Z'],
    [
      'of days that ends on a working day ends with it',
      { days: 30 },
      '2026-09-01T08:00:00.000Z',
      '2026-10-01T21:59:59.999Z',
    ],
    ['of months ends on the same day', { months: 1 }, '2026-09-10T08:00:00.000Z', '2026-10-12T21:59:59.999Z'],
    [
      'of months ends on the last day of a short month',
      { months: 1 },
      '2028-01-31T08:00:00.000Z',
      '2028-02-29T22:59:59.999Z',
    ],
    [
      'of months knows that 2027 is no leap year',
      { months: 1 },
      '2027-01-29T08:00:00.000Z',
      '2027-03-01T22:59:59.999Z',
    ],
    [
      'of months that ends on a holiday ends with the next working day',
      { months: 1 },
      '2026-04-01T08:00:00.000Z',
      '2026-05-04T21:59:59.999Z',
    ],
    ['ends with the following year', { yearEnds: 1 }, '2026-01-01T08:00:00.000Z', '2027-12-31T22:59:59.999Z'],
    [
      'ends with the following year, as the year is there',
      { yearEnds: 1 },
      '2026-12-31T23:30:00.000Z',
      '2028-12-31T22:59:59.999Z',
    ],
  ])('%s', (_, deadline, from, end) => {
    expect(berlin.end(deadline, at(from))).toBe(end);
  });

  it.each<[Deadline, string]>([
    [{ hours: 24 }, '9999-12-31T22:59:59.999Z'],
    [{ days: 1 }, '9999-12-31T22:59:59.999Z'],
    [{ workingDays: 2 }, '9999-12-31T08:00:00.000Z'],
    [{ months: 1 }, '9999-12-15T08:00:00.000Z'],
    [{ yearEnds: 1 }, '9999-06-01T08:00:00.000Z'],
  ])('%j from %s on ends with the last moment there is', (deadline, from) => {
    const end = berlin.end(deadline, at(from));
    expect(end).toBe('9999-12-31T23:59:59.999Z');
    expect(berlin.end(deadline, end)).toBe(end);
  });

  it('depends on the Land', () => {
    const from = at('2026-06-03T08:00:00.000Z');
    const hamburg = new Calendar({ country: 'DE', region: 'HH', zone: 'Europe/Berlin' });
    expect(berlin.end({ workingDays: 1 }, from)).toBe('2026-06-05T21:59:59.999Z');
    expect(hamburg.end({ workingDays: 1 }, from)).toBe('2026-06-04T21:59:59.999Z');
  });

  it('never ends before it begins, and later beginnings never end earlier', () => {
    const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }).map(instantAt);
    const deadline = fc.oneof(
      fc.record({ hours: fc.integer({ min: 1, max: 100 }) }),
      fc.record({ days: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ workingDays: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ months: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ yearEnds: fc.integer({ min: 0, max: 3 }) }),
    );
    fc.assert(
      fc.property(moment, moment, deadline, (one, other, given) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        expect(berlin.end(given, first) > first).toBe(true);
        expect(berlin.end(given, first) <= berlin.end(given, second)).toBe(true);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('of working days has exactly so many of them after its first day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 20 }), (days, count) => {
        const from = instantAt(Date.UTC(2025, 0, 1, 12) + days * 86_400_000);
        const end = berlin.end({ workingDays: count }, from);
        let found = 0;
        for (let noon = millisecondsOf(from) + 86_400_000; noon <= millisecondsOf(end); noon += 86_400_000) {
          if (berlin.isWorkingDay(berlin.dateOf(instantAt(noon)))) found += 1;
        }
        expect(found).toBe(count);
      }),
      { seed, numRuns: 100 },
    );
  });

  it.each<[Deadline, string, string]>([
    [{ hours: 1 }, '1 hour', '1 Stunde'],
    [{ hours: 72 }, '72 hours', '72 Stunden'],
    [{ days: 30 }, '30 days', '30 Tage'],
    [{ workingDays: 5 }, '5 working days', '5 Arbeitstage'],
    [{ months: 1 }, '1 month', '1 Monat'],
    [{ yearEnds: 1 }, 'end of the following year', 'Ende des Folgejahres'],
  ])('%j is said in words', (deadline, english, german) => {
    expect([deadlineInWords(deadline, 'en'), deadlineInWords(deadline, 'de')]).toEqual([english, german]);
  });
});
