import { entryTypes } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { leftOpen } from './left-open.js';

const example: JsonObject = entryTypes.get('AgreementAdopted')?.example.data ?? {};
const [clause] = example['clauses'] as readonly JsonObject[];
const pointersOf = (agreement: JsonObject): readonly string[] => leftOpen(agreement).map(({ pointer }) => pointer);

describe('what an agreement leaves open', () => {
  it('is nothing in a complete one', () => {
    expect(leftOpen(example)).toEqual([]);
  });

  it('is what is said to be missing, wherever it stands', () => {
    const provision = { code: 'LED-A8-1', provision: { missing: 'follows' } };
    expect(
      leftOpen({
        ...example,
        reviewDue: { missing: 'unknown' },
        clauses: [{ ...clause, legalBasisCollect: provision }],
      }),
    ).toEqual([
      { pointer: '/reviewDue', detail: 'said to be missing: unknown' },
      { pointer: '/clauses/0/legalBasisCollect/provision', detail: 'said to be missing: follows' },
    ]);
  });

  it.each(['contactPoint', 'dpia', 'rightsProcedure', 'breachProcedure'])('is %s where it is absent', (name) => {
    const { [name]: absent, ...rest } = example;
    expect(absent).toBeDefined();
    expect(pointersOf(rest)).toEqual([`/${name}`]);
  });

  it.each(['conditions', 'timeLimits', 'retentionTold', 'dpoConsultationWhen', 'activities'])(
    'is %s of a clause where it is absent',
    (name) => {
      const { [name]: absent, ...rest } = clause ?? {};
      expect(absent).toBeDefined();
      expect(pointersOf({ ...example, clauses: [rest] })).toEqual([`/clauses/0/${name}`]);
    },
  );

  it.each(['conditions', 'dpoConsultationWhen', 'activities'])('is %s of a clause where nothing is in it', (name) => {
    expect(pointersOf({ ...example, clauses: [{ ...clause, [name]: [] }] })).toEqual([`/clauses/0/${name}`]);
  });

  it('is the ground only where special categories may be passed on, and publication only of joint controllers', () => {
    expect(pointersOf({ ...example, clauses: [{ ...clause, specialCategories: true }] })).toEqual([
      '/clauses/0/specialGrounds',
    ]);
    const { essencePublishedAt, ...unpublished } = example;
    expect(essencePublishedAt).toBeDefined();
    expect(pointersOf(unpublished)).toEqual([]);
    expect(pointersOf({ ...unpublished, controllership: 'joint' })).toEqual(['/essencePublishedAt']);
  });

  it('is whether one basis fits several bodies, of whose laws no agreement tells', () => {
    const to = ['police.example', 'clinic.example', 'school.example'];
    const own = to.slice(1).map((agency) => ({ agency, code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120' }));
    expect(leftOpen({ ...example, clauses: [{ ...clause, to }] })).toEqual([
      {
        pointer: '/clauses/0/legalBasisCollect',
        detail: `one basis for ${to.join(', ')}: who is under another law cites its own in collectBases`,
      },
    ]);
    expect(leftOpen({ ...example, clauses: [{ ...clause, to, collectBases: own }] })).toEqual([]);
  });

  it.each<[JsonValue]>([[null], [7], [[]], [[null]], [{}]])('can be told whatever the clauses are: %j', (odd) => {
    expect(Array.isArray(leftOpen({ ...example, clauses: odd }))).toBe(true);
  });
});
