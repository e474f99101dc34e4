import type { JsonObject } from '#statement';
import { agreedDeadline } from './agreed-deadline.js';

describe('a time limit of an agreement is a deadline', () => {
  it.each([
    [{ amount: 24, unit: 'hours' }, { hours: 24 }],
    [{ amount: 30, unit: 'days' }, { days: 30 }],
    [{ amount: 0, unit: 'working-days' }, { workingDays: 0 }],
    [{ amount: 6, unit: 'months' }, { months: 6 }],
    [{ amount: 2, unit: 'years' }, { months: 24 }],
    [{ amount: 1, unit: 'year-ends' }, { yearEnds: 1 }],
    [{ amount: 1_000, unit: 'days' }, { days: 1_000 }],
  ])('%j', (limit, deadline) => {
    expect(agreedDeadline(limit)).toEqual(deadline);
  });

  it.each<[JsonObject]>([
    [{}],
    [{ amount: 1_001, unit: 'days' }],
    [{ amount: -1, unit: 'days' }],
    [{ amount: 1.5, unit: 'days' }],
    [{ amount: '2', unit: 'days' }],
    [{ amount: { missing: 'unknown' }, unit: 'days' }],
    [{ amount: 2, unit: { missing: 'unknown' } }],
    [{ amount: 2, unit: 'fortnights' }],
    [{ amount: 2, unit: 'constructor' }],
  ])('but not %j', (limit) => {
    expect(agreedDeadline(limit)).toBeNull();
  });
});
