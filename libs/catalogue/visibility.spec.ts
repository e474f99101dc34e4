import type { JsonObject } from '#statement';
import type { Instant } from '#kernel';
import { always, hidingFaults, isHidden, never, openSince } from './visibility.js';
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

  it('not before that day is over where an earlier entry says nothing but the day, or is open beside it', () => {
    const hiddenUntil = '2026-06-30';
    for (const visibility of [{}, { visibility: 'open' }, { visibility: { missing: 'unknown' } }]) {
      expect(since({ ...visibility, hiddenUntil })).toBe('2026-06-30T22:00:00.000Z');
    }
    expect(since({ hiddenUntil: 'never' })).toBe(never);
  });

  it.each(['unknown', 'not-given', 'follows'])(
    'never where an entry says of the day alone that it is missing: %s',
    (why) => {
      for (const visibility of [{}, { visibility: 'open' }, { visibility: { missing: 'unknown' } }]) {
        expect(since({ ...visibility, hiddenUntil: { missing: why } })).toBe(never);
      }
    },
  );

  it.each(['never', '2026-02-30', '2026-6-30', { missing: 'follows' }])(
    'never where the day of the deferral is none: %j',
    (hiddenUntil) => {
      expect(since({ visibility: 'deferred-until', hiddenUntil })).toBe(never);
    },
  );
});

describe('a day until which something is hidden', () => {
  const hiddenUntil = '2026-06-30';

  it('is said with its being deferred and with nothing else', () => {
    expect(hidingFaults({ visibility: 'deferred-until', hiddenUntil })).toEqual([]);
    for (const visibility of [undefined, 'open', 'restricted', { missing: 'unknown' }]) {
      const said = { hiddenUntil, ...(visibility !== undefined && { visibility }) };
      expect(hidingFaults(said).map(({ pointer }) => pointer)).toEqual(['/visibility']);
    }
  });

  it('is owed by nothing that is not hidden until a day', () => {
    for (const said of [
      {},
      { visibility: 'open' },
      { visibility: 'restricted', hiddenUntil: { missing: 'unknown' } },
      { hiddenUntil: { missing: 'unknown' } },
    ]) {
      expect(hidingFaults(said)).toEqual([]);
    }
  });
});
