import { agencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { clausesBetween, coveringClause } from './covering-clause.js';

const youth = agencyId('youth.example');
const police = agencyId('police.example');
const flow = { from: youth, to: police, purpose: 'exit-support' };
const progress = { dataCategory: 'exit-progress', specialCategory: false };

const clause = (changes: JsonObject = {}): JsonObject => ({
  id: 'progress',
  from: ['youth.example'],
  to: ['police.example'],
  purposes: ['exit-support'],
  dataCategories: ['identity', 'exit-progress'],
  specialCategories: false,
  ...changes,
});
const agreement = (...clauses: readonly JsonObject[]): JsonObject => ({ agreement: 'exit', version: 2, clauses });
const found = (changes: JsonObject): string | null | undefined =>
  coveringClause([agreement(clause(changes))], flow, progress)?.reference;

describe('a clause covers what is passed on', () => {
  it('when it names sender, recipient, purpose and category', () => {
    expect(found({})).toBe('exit@2#progress');
  });

  it.each<[string, JsonObject]>([
    ['another sender', { from: ['school.example'] }],
    ['another recipient', { to: ['school.example'] }],
    ['only the way back', { from: ['police.example'], to: ['youth.example'] }],
    ['another purpose', { purposes: ['threat-prevention'] }],
    ['other categories', { dataCategories: ['identity'] }],
    ['no sender', { from: { missing: 'follows' } }],
    ['no purposes', { purposes: { missing: 'unknown' } }],
    ['no categories', { dataCategories: { missing: 'not-given' } }],
  ])('but not when it names %s', (_, changes) => {
    expect(found(changes)).toBeUndefined();
  });

  it.each([
    [true, 'exit@2#progress'],
    [false, undefined],
    [{ missing: 'unknown' }, undefined],
  ])('special categories only where it says so: %j', (specialCategories, expected) => {
    const special = { ...progress, specialCategory: true };
    expect(coveringClause([agreement(clause({ specialCategories }))], flow, special)?.reference).toBe(expected);
  });

  it.each([
    [{ ...flow, purpose: null }, progress],
    [flow, { ...progress, dataCategory: null }],
  ])('never what is not said: %j, %j', (said, item) => {
    expect(coveringClause([agreement(clause())], said, item)).toBeNull();
  });

  it('also where it has no name to cite', () => {
    const nameless = coveringClause([agreement(clause({ id: { missing: 'not-given' } }))], flow, progress);
    expect(nameless).toMatchObject({ reference: null });
    expect(coveringClause([{ clauses: [clause()] }], flow, progress)).toMatchObject({ reference: null });
  });

  it('the first one that covers it is cited', () => {
    const narrow = clause({ id: 'identity', dataCategories: ['identity'] });
    const other: JsonObject = { agreement: 'city', version: 1, clauses: [clause({ id: 'all' })] };
    expect(coveringClause([agreement(narrow, clause()), other], flow, progress)?.reference).toBe('exit@2#progress');
    expect(coveringClause([other, agreement(narrow, clause())], flow, progress)?.reference).toBe('city@1#all');
  });
});

describe('clauses between two agencies', () => {
  it('are those in one direction, whatever they allow', () => {
    const clauses = [
      clause(),
      clause({ id: 'threat', purposes: ['threat-prevention'] }),
      clause({ to: ['x.example'] }),
    ];
    expect(clausesBetween([agreement(...clauses)], flow).map(({ reference }) => reference)).toEqual([
      'exit@2#progress',
      'exit@2#threat',
    ]);
  });

  it.each<[JsonObject]>([[{}], [{ clauses: 'none' }], [{ clauses: [null, 7, 'x', []] }], [{ clauses: [{}] }]])(
    'are none in %j',
    (nonsense) => {
      expect(clausesBetween([nonsense], flow)).toEqual([]);
    },
  );
});
