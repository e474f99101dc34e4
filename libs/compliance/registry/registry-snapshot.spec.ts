import { agreementVersionOf, entryTypes, nameOf } from '#catalogue';
import { entryId, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { police, school, uuidOf } from '../testing/recorded-log.js';
import { RegistrySnapshot } from './registry-snapshot.js';

const at = (moment: string): Instant => moment as Instant;

/** An entry of the registry, made from the example of its type. */
const recorded = (type: string, data: JsonObject = {}, issuer: AgencyId = police) => ({
  id: entryId(uuidOf(type)),
  issuer,
  recordedAt: at('2026-01-05T09:00:00.000Z'),
  type,
  data: { ...entryTypes.get(type)?.example.data, ...data },
});

const missing = { missing: 'unknown' };
const admitted = (data: JsonObject = {}) =>
  recorded('AgencyAdmitted', { agency: school, admittedFrom: '2026-01-01T00:00:00.000Z', ...data });
const suspended = (data: JsonObject = {}) => recorded('AgencySuspended', { agency: school, ...data });

describe('an agency', () => {
  it('is what it was admitted as', () => {
    const registry = new RegistrySnapshot([admitted({ regime: 'LED', pack: 'DE-NW', kind: 'school' })]);
    expect([registry.regimeOf(school), registry.packOf(school), registry.kindOf(school)]).toEqual([
      'LED',
      'DE-NW',
      'school',
    ]);
    expect([registry.regimeOf(police), registry.packOf(police), registry.kindOf(police)]).toEqual([null, null, null]);
  });

  it('has the holidays it was admitted with, where that says which', () => {
    const known = (data: JsonObject) => new RegistrySnapshot([admitted(data)]).calendarOf(school);
    expect([known({ calendar: 'DE-NW' }), known({ calendar: missing }), known({})]).toEqual(['DE-NW', null, null]);
  });

  it('is a member from its first admission on, under what was said last', () => {
    const registry = new RegistrySnapshot([
      admitted({ regime: 'GDPR' }),
      admitted({ regime: 'LED', admittedFrom: '2026-06-01T00:00:00.000Z' }),
    ]);
    expect(registry.regimeOf(school)).toBe('LED');
    const moments = ['2025-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'];
    expect(moments.map((moment) => registry.isMember(school, at(moment)))).toEqual([false, true, true]);
    expect(registry.isMember(police, at('2026-03-01T00:00:00.000Z'))).toBe(false);
  });

  it('is no member where nobody said from when', () => {
    const registry = new RegistrySnapshot([admitted({ admittedFrom: missing })]);
    expect(registry.isMember(school, at('2099-01-01T00:00:00.000Z'))).toBe(false);
  });

  it('is suspended from a moment until another, which is free again', () => {
    const registry = new RegistrySnapshot([admitted(), suspended()]);
    const moments = [
      '2026-07-02T15:59:59.999Z',
      '2026-07-02T16:00:00.000Z',
      '2026-07-06T05:59:59.999Z',
      '2026-07-06T06:00:00.000Z',
    ];
    const since = '2026-07-02T16:00:00.000Z';
    expect(moments.map((moment) => registry.suspendedSince(school, at(moment)))).toEqual([null, since, since, null]);
    expect(moments.map((moment) => registry.isMember(school, at(moment)))).toEqual([true, false, false, true]);
    expect(moments.map((moment) => registry.suspendedSince(police, at(moment)))).toEqual([null, null, null, null]);
  });

  it('is suspended as was recorded last, without an end where none is said, else from the recording on', () => {
    const told = (recordedAt: string, data: JsonObject) => ({ ...suspended(data), recordedAt: at(recordedAt) });
    const registry = new RegistrySnapshot([
      told('2026-07-01T00:00:00.000Z', { suspendedFrom: '2026-07-01T00:00:00.000Z', suspendedUntil: missing }),
      told('2026-07-05T00:00:00.000Z', {
        suspendedFrom: '2026-07-01T00:00:00.000Z',
        suspendedUntil: '2026-07-10T00:00:00.000Z',
      }),
      told('2026-08-01T00:00:00.000Z', { suspendedFrom: missing, suspendedUntil: missing }),
    ]);
    const moments = ['2026-06-30', '2026-07-03', '2026-07-09', '2026-07-10', '2026-08-01', '2030-01-01'];
    expect(
      moments.map((day) => registry.suspendedSince(school, at(`${day}T00:00:00.000Z`))?.slice(0, 10) ?? null),
    ).toEqual([null, '2026-07-01', '2026-07-01', null, '2026-08-01', '2026-08-01']);
  });

  it('is suspended no longer once it is admitted anew, and may be again', () => {
    const open = (from: string) => suspended({ suspendedFrom: from, suspendedUntil: missing });
    const registry = new RegistrySnapshot([
      admitted(),
      open('2026-07-01T00:00:00.000Z'),
      { ...admitted(), recordedAt: at('2026-08-01T00:00:00.000Z') },
      { ...open('2026-09-01T00:00:00.000Z'), recordedAt: at('2026-08-31T00:00:00.000Z') },
    ]);
    const moments = ['2026-07-31T23:59:59.999Z', '2026-08-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z'];
    expect(moments.map((moment) => registry.isMember(school, at(moment)))).toEqual([false, true, false]);
  });

  it('has registered the versions of its own processing activities', () => {
    const registry = new RegistrySnapshot([
      recorded('ProcessingActivityRegistered', { activity: 'exit-support', version: 2 }, school),
    ]);
    expect(registry.hasRegistered(school, 'exit-support@2')).toBe(true);
    expect(registry.hasRegistered(school, 'exit-support@1')).toBe(false);
    expect(registry.hasRegistered(police, 'exit-support@2')).toBe(false);
  });
});

describe('an agreement', () => {
  const agreement = 'town';
  const adopted = (data: JsonObject = {}) =>
    recorded('AgreementAdopted', {
      agreement,
      version: 1,
      validFrom: '2026-02-01',
      validUntil: '2026-11-30',
      ...data,
    });
  const amended = (data: JsonObject = {}) =>
    recorded('AgreementAmended', {
      agreement,
      version: 2,
      supersedes: 'town@1',
      validFrom: '2026-05-01',
      validUntil: '2026-11-30',
      ...data,
    });
  const terminated = (lastDay: string | JsonObject, ends = agreement) =>
    recorded('AgreementTerminated', { agreement: ends, lastDay });

  const inForce = (entries: ConstructorParameters<typeof RegistrySnapshot>[0], ...moments: readonly string[]) => {
    const registry = new RegistrySnapshot(entries);
    return moments.map((moment) =>
      registry
        .agreementsInForce(at(moment))
        .map((one) => nameOf(agreementVersionOf(one) ?? { agreement: '', version: 0 })),
    );
  };

  it('is in force from the beginning of its first day to the end of its last, in Berlin', () => {
    expect(
      inForce(
        [adopted()],
        '2026-01-31T22:59:59.999Z',
        '2026-01-31T23:00:00.000Z',
        '2026-11-30T22:59:59.999Z',
        '2026-11-30T23:00:00.000Z',
      ),
    ).toEqual([[], ['town@1'], ['town@1'], []]);
  });

  it('ends with the last day of its termination, and not later than agreed', () => {
    const days = ['2026-06-30T12:00:00.000Z', '2026-07-01T12:00:00.000Z', '2026-12-01T12:00:00.000Z'];
    expect(inForce([adopted(), terminated('2026-06-30')], ...days)).toEqual([['town@1'], [], []]);
    expect(inForce([adopted(), terminated('2027-06-30')], ...days)).toEqual([['town@1'], ['town@1'], []]);
    expect(inForce([adopted(), terminated('2026-06-30'), terminated('2026-10-31')], ...days)).toEqual([
      ['town@1'],
      [],
      [],
    ]);
  });

  it('goes on where the termination names no day or another agreement', () => {
    const day = '2026-07-01T12:00:00.000Z';
    expect(inForce([adopted(), terminated(missing)], day)).toEqual([['town@1']]);
    expect(inForce([adopted(), terminated('2026-06-30', 'village')], day)).toEqual([['town@1']]);
  });

  it('that is adopted after another one was terminated is not ended by that', () => {
    const again = amended({ validFrom: '2026-08-01', supersedes: missing });
    expect(inForce([adopted(), terminated('2026-06-30'), again], '2026-09-01T12:00:00.000Z')).toEqual([['town@2']]);
  });

  it('gives way to the version that supersedes it from that one’s first day on', () => {
    expect(inForce([adopted(), amended()], '2026-04-30T12:00:00.000Z', '2026-04-30T22:00:00.000Z')).toEqual([
      ['town@1'],
      ['town@2'],
    ]);
  });

  it('stands beside others, in the order in which they were recorded', () => {
    const village = adopted({ agreement: 'village' });
    expect(inForce([village, adopted()], '2026-06-01T12:00:00.000Z')).toEqual([['village@1', 'town@1']]);
  });

  it('follows from nothing that does not say what it is or from when', () => {
    const faults = [{ agreement: missing }, { version: missing }, { validFrom: missing }];
    expect(inForce(faults.map(adopted), '2026-06-01T12:00:00.000Z')).toEqual([[]]);
  });
});
