import type { Instant } from '#kernel';
import { lastClosed, quarterNamed } from './calendar-quarter.js';

describe('A calendar quarter', () => {
  it.each([
    ['2026-Q1', '2026-01-01', '2026-04-01', '2026-05-01'],
    ['2026-Q2', '2026-04-01', '2026-07-01', '2026-08-01'],
    ['2026-Q3', '2026-07-01', '2026-10-01', '2026-11-01'],
    ['2026-Q4', '2026-10-01', '2027-01-01', '2027-02-01'],
  ])('%s begins, ends, and closes a month later', (name, ...days) => {
    const [from, until, closes] = days.map((day) => `${day}T00:00:00.000Z`);
    expect(quarterNamed(name)).toEqual({ name, from, until, closes });
  });

  it.each(['2026', '2026-Q0', '2026-Q5', '2026-Q1 ', '2026-q1', '1026-Q1', '2026-03', ''])(
    'is no other period: %j',
    (name) => expect(quarterNamed(name)).toBeNull(),
  );

  it.each([
    ['2026-04-30T23:59:59.999Z', '2025-Q4'],
    ['2026-05-01T00:00:00.000Z', '2026-Q1'],
    ['2026-07-31T23:59:59.999Z', '2026-Q1'],
    ['2026-12-31T23:59:59.999Z', '2026-Q3'],
    ['2027-01-01T00:00:00.000Z', '2026-Q3'],
    ['2027-01-31T23:59:59.999Z', '2026-Q3'],
    ['2027-02-01T00:00:00.000Z', '2026-Q4'],
    ['2028-02-29T12:00:00.000Z', '2027-Q4'],
  ])('at %s the last one that is closed is %s', (now, last) => {
    expect(lastClosed(now as Instant).name).toBe(last);
  });
});
