import fc from 'fast-check';
import { type AgreementVersion, agreementVersionOf, conflicts, isInForce, nameOf } from './agreement-conflicts.js';
import { agreementAmended } from './entries/agreement-amended.js';

const seed = 20261122;

const version = (number: number, change: Partial<AgreementVersion> = {}): AgreementVersion => ({
  agreement: 'exit-network',
  version: number,
  validFrom: `2026-0${number}-01`,
  validUntil: null,
  supersedes: number === 1 ? null : `exit-network@${number - 1}`,
  ...change,
});

const pointers = (known: readonly AgreementVersion[], next: AgreementVersion): readonly string[] =>
  conflicts(known, next).map(({ pointer }) => pointer);

describe('a version of an agreement', () => {
  it('is read from what was recorded, and from nothing less', () => {
    const { data } = agreementAmended.example;
    expect(agreementVersionOf(data)).toEqual({
      agreement: 'youth-office-police-exampletown',
      version: 2,
      validFrom: '2026-09-01',
      validUntil: null,
      supersedes: 'youth-office-police-exampletown@1',
    });
    for (const name of ['agreement', 'version', 'validFrom']) {
      expect(agreementVersionOf({ ...data, [name]: { missing: 'unknown' } })).toBeNull();
    }
  });

  it('is in force from its first to its last day', () => {
    const one = version(1, { validUntil: '2026-02-28' });
    expect(['2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01'].map((day) => isInForce(one, day, [one]))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('gives way on the first day of what supersedes it, not before', () => {
    const known = [version(1), version(2)];
    expect(['2026-01-31', '2026-02-01'].map((day) => isInForce(version(1), day, known))).toEqual([true, false]);
  });
});

describe('the next version', () => {
  it('stands beside those it follows', () => {
    expect(conflicts([], version(1))).toEqual([]);
    expect(conflicts([version(1), version(2)], version(3))).toEqual([]);
    expect(conflicts([version(1, { validUntil: '2026-01-31' })], version(2, { supersedes: null }))).toEqual([]);
  });

  it('is recorded once', () => {
    expect(conflicts([version(1)], version(1))).toEqual([
      { pointer: '/version', detail: 'this version is known already' },
    ]);
  });

  it('does not hold beside another version of the same agreement, not for a day', () => {
    expect(conflicts([version(1)], version(2, { supersedes: null }))).toEqual([
      { pointer: '/validFrom', detail: 'in force at the same time as exit-network@1' },
    ]);
    expect(pointers([version(1, { validUntil: '2026-02-01' })], version(2, { supersedes: null }))).toEqual([
      '/validFrom',
    ]);
    expect(pointers([version(2)], version(1))).toEqual([]);
    expect(pointers([version(2, { supersedes: null })], version(1))).toEqual(['/validFrom']);
  });

  it('may hold beside other agreements', () => {
    expect(conflicts([version(1, { agreement: 'school-network' })], version(1))).toEqual([]);
  });

  it('does not supersede what was superseded before', () => {
    const known = [version(1), version(2)];
    expect(conflicts(known, version(3, { supersedes: 'exit-network@1' }))).toEqual([
      { pointer: '/validFrom', detail: 'in force at the same time as exit-network@2' },
    ]);
  });

  it('leaves what it supersedes at least a day', () => {
    for (const validFrom of ['2025-12-31', '2026-01-01']) {
      expect(conflicts([version(1)], version(2, { validFrom }))).toEqual([
        { pointer: '/validFrom', detail: 'not after the first day of exit-network@1, which it supersedes' },
      ]);
    }
    expect(conflicts([version(1)], version(2, { validFrom: '2026-01-02' }))).toEqual([]);
  });

  it('does not supersede itself, directly or through others', () => {
    const circular = [{ pointer: '/supersedes', detail: 'it supersedes itself through other versions' }];
    expect(conflicts([], version(1, { supersedes: 'exit-network@1' }))).toEqual(circular);
    expect(conflicts([version(2), version(3)], version(1, { supersedes: 'exit-network@3' }))).toEqual(circular);
    const other = version(1, { agreement: 'school-network', supersedes: 'exit-network@2' });
    expect(conflicts([other], version(2, { supersedes: 'school-network@1' }))).toEqual(circular);
  });

  it('never leaves two versions in force on one day, whatever is offered in whatever order', () => {
    const day = fc.integer({ min: 1, max: 9 }).map((n) => `2026-01-0${n}`);
    const offered = fc.record({
      agreement: fc.constant('exit-network'),
      version: fc.integer({ min: 1, max: 5 }),
      validFrom: day,
      validUntil: fc.option(day),
      supersedes: fc.option(fc.integer({ min: 1, max: 5 }).map((n) => `exit-network@${n}`)),
    });
    fc.assert(
      fc.property(fc.array(offered, { maxLength: 8 }), day, (all, on) => {
        const known: AgreementVersion[] = [];
        for (const next of all) if (conflicts(known, next).length === 0) known.push(next);
        expect(known.filter((one) => isInForce(one, on, known)).length).toBeLessThanOrEqual(1);
        expect(new Set(known.map(nameOf)).size).toBe(known.length);
      }),
      { seed, numRuns: 500 },
    );
  });
});
