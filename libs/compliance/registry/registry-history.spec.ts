import { entryTypes } from '#catalogue';
import { entryId, treeSize, type Instant } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
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
const published = (data: Readonly<Record<string, JsonValue | undefined>> = {}): RegistryEntry =>
  recorded('RulePackPublished', said({ ...example, ...data }));
const something = recorded('PolicyPublished', {});

function history(...entries: readonly RegistryEntry[]): RegistryHistory {
  const known = new RegistryHistory();
  known.add(entries);
  return known;
}

const said = (data: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

function ruleOf(id: string) {
  const rule = everyRule.find((one) => one.id === id);
  if (rule === undefined) throw new RangeError(`no rule ${id}`);
  return rule;
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
  it('goes over the one that comes with the ledger for what was recorded after it, and for nothing before', () => {
    const known = history(something, published());
    expect(settingsAt(known, 1)).toMatchObject({ deadline: { workingDays: 5 }, packs: [] });
    expect(settingsAt(known, 2)).toMatchObject({ deadline: { workingDays: 3 }, packs: ['DE-SGB@1001'] });
    expect(settingsAt(known, 1).deadline).toEqual({ workingDays: 5 });
  });

  it('leaves every rule as the law has it that it does not speak of, and the holidays with them', () => {
    const { settings } = history(published({ calendar: undefined })).at(treeSize(1));
    for (const id of ['SOC-01', 'SOC-02', 'SOC-03', 'DSR-04']) {
      expect(settings.of(ruleOf(id), social)).toMatchObject({ applies: true, packs: ['DE-SGB@1'] });
    }
    const police = { agency: clinic, regime: 'LED', pack: 'DE-NW' };
    const without = history(published({ pack: 'DE-NW', calendar: undefined })).at(treeSize(1)).settings;
    expect(without.calendar(police).isWorkingDay('2026-06-04')).toBe(false);
  });

  it('switches a rule off by saying so', () => {
    const overrides = [{ rule: 'SOC-01', applies: false, source: 'Decision of the network' }];
    const { settings } = history(published({ overrides })).at(treeSize(1));
    expect(settings.of(ruleOf('SOC-01'), social)).toMatchObject({ applies: false, packs: ['DE-SGB@1001', 'DE-SGB@1'] });
  });

  it('is judged by also where it has no higher version, as it could once be recorded', () => {
    const { settings } = history(published({ version: 1 })).at(treeSize(1));
    expect(settings.of(ruleOf('LOG-04'), social).deadline).toEqual({ workingDays: 3 });
    expect(settings.of(ruleOf('SOC-01'), social).applies).toBe(true);
  });

  it('sets the end of a year as a deadline, and those that depend on a code', () => {
    const overrides = [
      { rule: 'RET-01', source: 'a decision', deadline: { amount: 2, unit: 'year-ends' } },
      {
        rule: 'REQ-02',
        source: 'a decision',
        deadlines: [
          { code: 'urgent', deadline: { amount: 4, unit: 'hours' } },
          { code: 'normal', deadline: { amount: -1, unit: 'days' } },
        ],
      },
    ];
    const { settings } = history(published({ overrides })).at(treeSize(1));
    expect(settings.of(ruleOf('RET-01'), social).deadline).toEqual({ yearEnds: 2 });
    expect(settings.of(ruleOf('REQ-02'), social)).toMatchObject({
      deadline: { workingDays: 10 },
      deadlines: { urgent: { hours: 4 }, 'imminent-danger': { hours: 1 } },
    });
  });

  it('sets no times by a code for a rule whose time depends on none', () => {
    const deadlines = [{ code: 'urgent', deadline: { amount: 4, unit: 'hours' } }];
    const { settings } = history(published({ overrides: [{ rule: 'LOG-04', source: 'a decision', deadlines }] })).at(
      treeSize(1),
    );
    expect(settings.of(ruleOf('LOG-04'), social)).not.toHaveProperty('deadlines');
  });

  it('is the latest version, not the one that was published last', () => {
    const known = history(published({ version: 1003 }), published({ version: 1002, overrides: [] }));
    expect(settingsAt(known, 2).packs).toEqual(['DE-SGB@1003']);
  });

  it('binds who is checked against it and nobody else', () => {
    if (log04 === undefined) throw new RangeError('no rule');
    const { settings } = history(published()).at(treeSize(1));
    expect(settings.of(log04, { ...social, pack: 'DE-NW' }).deadline).toEqual({ workingDays: 5 });
  });

  it('counts days where it says, and where it names no place that a calendar knows, as usual', () => {
    const end = (data: Parameters<typeof published>[0]) =>
      history(published(data))
        .at(treeSize(1))
        .settings.calendar(social)
        .end({ workingDays: 1 }, '2026-05-06T10:00:00.000Z' as Instant);
    expect(end({})).toBe('2026-05-07T21:59:59.999Z');
    expect(end({ timeZone: 'Europe/Lisbon' })).toBe('2026-05-07T22:59:59.999Z');
    expect(end({ timeZone: 'Europe/Lisbon', calendar: undefined })).toBe('2026-05-07T22:59:59.999Z');
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
