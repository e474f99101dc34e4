import { entryTypes } from '#catalogue';
import { entryId, treeSize, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { everyRule } from '../rules/every-rule.js';
import { clinic, police, uuidOf } from '../testing/recorded-log.js';
import { RegistryHistory, type RegistryEntry } from './registry-history.js';

const recordedAt = '2026-01-05T09:00:00.000Z' as Instant;
const recorded = (type: string, data: JsonObject): RegistryEntry => ({
  id: entryId(uuidOf(type)),
  issuer: police,
  recordedAt,
  type,
  data,
});

const example = entryTypes.get('RulePackPublished')?.example.data ?? {};
const published = (data: JsonObject = {}): RegistryEntry => recorded('RulePackPublished', { ...example, ...data });
const something = recorded('PolicyPublished', {});

function history(...entries: readonly RegistryEntry[]): RegistryHistory {
  const known = new RegistryHistory();
  known.add(entries);
  return known;
}

const log04 = everyRule.find(({ id }) => id === 'LOG-04');
const social = { agency: clinic, regime: 'GDPR', pack: 'DE-SGB' };

function settingsAt(known: RegistryHistory, size: number) {
  if (log04 === undefined) throw new RangeError('no rule');
  return known.at(treeSize(size)).settings.of(log04, social);
}

describe('the registry as it was', () => {
  it('is known at every size up to its own and at none beyond', () => {
    const known = history(something, something);
    expect(known.size).toBe(2);
    for (const size of [0, 1, 2]) expect(known.at(treeSize(size)).registry.regimeOf(clinic)).toBeNull();
    expect(() => known.at(treeSize(3))).toThrow(RangeError);
    known.add([something]);
    expect(() => known.at(treeSize(3))).not.toThrow();
  });

  it('is the same however often and in which order it is asked for', () => {
    const entries = Array.from({ length: 40 }, (_, place) =>
      recorded('AgencyAdmitted', { agency: clinic, kind: `kind-${place}`, admittedFrom: recordedAt }),
    );
    const known = history(...entries);
    const kinds = (sizes: readonly number[]) => sizes.map((size) => known.at(treeSize(size)).registry.kindOf(clinic));
    const sizes = Array.from({ length: 40 }, (_, place) => place + 1);
    const expected = sizes.map((size) => `kind-${size - 1}`);
    expect(kinds(sizes)).toEqual(expected);
    expect(kinds(sizes.toReversed())).toEqual(expected.toReversed());
    expect(known.at(treeSize(40))).toBe(known.at(treeSize(40)));
  });
});

describe('a rule pack that was published', () => {
  it('takes the place of the one that comes with the ledger for what was recorded after it, and for nothing before', () => {
    const known = history(something, published());
    expect(settingsAt(known, 1)).toMatchObject({ deadline: { workingDays: 5 }, packs: [] });
    expect(settingsAt(known, 2)).toMatchObject({ deadline: { workingDays: 3 }, packs: ['DE-SGB@1'] });
    expect(settingsAt(known, 1).deadline).toEqual({ workingDays: 5 });
  });

  it('is the latest version, not the one that was published last', () => {
    const known = history(published({ version: 3 }), published({ version: 2, overrides: [] }));
    expect(settingsAt(known, 2).packs).toEqual(['DE-SGB@3']);
  });

  it('binds who is checked against it and nobody else', () => {
    if (log04 === undefined) throw new RangeError('no rule');
    const { settings } = history(published()).at(treeSize(1));
    expect(settings.of(log04, { ...social, pack: 'DE-NW' }).deadline).toEqual({ workingDays: 5 });
  });

  it('counts days where it says, and where it names no place that a calendar knows, as usual', () => {
    const end = (data: JsonObject) =>
      history(published(data))
        .at(treeSize(1))
        .settings.calendar(social)
        .end({ workingDays: 1 }, '2026-05-06T10:00:00.000Z' as Instant);
    expect(end({})).toBe('2026-05-07T21:59:59.999Z');
    expect(end({ timeZone: 'Europe/Lisbon' })).toBe('2026-05-07T22:59:59.999Z');
    for (const timeZone of ['Mars/Olympus', '', { missing: 'unknown' }]) {
      expect(end({ timeZone })).toBe('2026-05-07T21:59:59.999Z');
    }
    // Corpus Christi is on 4 June 2026: a holiday in North Rhine-Westphalia, none in Lower Saxony.
    const june = (calendar: string) =>
      history(published({ calendar })).at(treeSize(1)).settings.calendar(social).isWorkingDay('2026-06-04');
    expect(['DE-NW', 'DE-NI'].map(june)).toEqual([false, true]);
  });

  it.each([
    [{ pack: { missing: 'unknown' } }],
    [{ version: { missing: 'unknown' } }],
    [{ version: '2' }],
    [{ overrides: { missing: 'unknown' } }],
    [{ overrides: [{ source: 'no rule' }, 7, null, []] }],
    [{ overrides: [{ rule: 'LOG-04', severity: 'dreadful', kind: 'taste', deadline: { amount: -1, unit: 'days' } }] }],
    [{ overrides: [{ rule: 'LOG-04', deadline: { amount: 9_007_199_254_740_991, unit: 'working-days' } }] }],
  ])('changes nothing by what it does not say: %j', (data) => {
    expect(settingsAt(history(published(data)), 1)).toMatchObject({
      deadline: { workingDays: 5 },
      severity: 'medium',
      basis: 'policy',
      applies: true,
    });
  });
});
