import type { JsonObject } from '#statement';
import type { Instant } from '#kernel';
import { always, isHidden, never, openSince } from './visibility.js';
import { vocabularies } from './vocabularies.js';

const type = 'InformationDisclosed';

describe('whether others are not shown an entry', () => {
  it.each([...(vocabularies.get('visibility')?.terms.keys() ?? []), 'of-a-later-vocabulary'])(
    'is so unless it is open: %s',
    (visibility) => {
      expect(isHidden({ type, visibility })).toBe(visibility !== 'open');
    },
  );

  it('is not so where nothing is said', () => {
    for (const one of [{ type }, { type, visibility: { missing: 'unknown' } }]) expect(isHidden(one)).toBe(false);
  });

  it('is always so of a sealed entry', () => {
    for (const visibility of ['sealed', 'open', { missing: 'not-given' }]) {
      expect(isHidden({ type: 'SealedEntryRecorded', visibility })).toBe(true);
    }
    expect(isHidden({ type: 'SealedEntryRecorded' })).toBe(true);
  });
});

describe('others know of an entry', () => {
  const since = (terms: JsonObject, named = type) => openSince({ said: { type: named, terms } });

  it('always where it is open or says nothing, and never where it is restricted, sealed, unknown or erased', () => {
    expect([since({}), since({ visibility: 'open' }), since({ visibility: { missing: 'unknown' } })]).toEqual([
      always,
      always,
      always,
    ]);
    for (const visibility of ['restricted', 'sealed', 'of-a-later-vocabulary']) {
      expect(since({ visibility, hiddenUntil: '2026-06-30' })).toBe(never);
    }
    expect(openSince({ said: null })).toBe(never);
  });

  it.each([
    ['2026-06-30', '2026-06-30T22:00:00.000Z'],
    ['2026-12-31', '2026-12-31T23:00:00.000Z'],
    ['2026-03-28', '2026-03-28T23:00:00.000Z'],
    ['2028-02-29', '2028-02-29T23:00:00.000Z'],
    ['0000-01-01', '0000-01-01T23:06:32.000Z'],
    ['9999-12-31', '9999-12-31T23:00:00.000Z'],
  ])('from the end of the day on until which it is deferred, in Berlin: %s', (hiddenUntil, moment) => {
    expect(since({ visibility: 'deferred-until', hiddenUntil })).toBe(moment as Instant);
    expect(since({ visibility: 'deferred-until', hiddenUntil }, 'SealedEntryRecorded')).toBe(never);
  });

  it.each(['never', '2026-02-30', '2026-6-30', { missing: 'follows' }])(
    'never where the day of the deferral is none: %j',
    (hiddenUntil) => {
      expect(since({ visibility: 'deferred-until', hiddenUntil })).toBe(never);
    },
  );
});
