import { validateEntry } from '#catalogue';
import { agencyId, type AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { assess } from './assess.js';
import { readDraft } from './draft.js';
import { disclosureFilledIn } from './filled-in.js';
import { templatesOf } from './template.js';
import { at, clauses, inForceThere, police, school, youth } from './testing/network.js';

const [progress] = clauses;
/** A clause that names a provision for the change of regime, and lets a body of the same regime receive too. */
const inForce = inForceThere({
  parties: [youth, police, school],
  clauses: [{ ...progress, id: 'progress', to: [police, school] }],
});
const provision = progress?.['regimeChangeProvision'] ?? null;

function provisionFor(...others: readonly AgencyId[]): JsonValue | undefined {
  const { registry } = inForce;
  const template = templatesOf(youth, at, registry)[0] ?? null;
  const desk = { agency: youth, actor: 'worker-1', at, registry };
  return disclosureFilledIn({ given: { items: [] }, others, template, desk })['regimeChangeProvision'];
}

describe('The provision of a clause for the change of regime', () => {
  it('is filled in where the regime changes, or nobody knows whether it does', () => {
    expect(provision).toBe('SGB X § 78(1)');
    expect(provisionFor(police)).toBe(provision);
    expect(provisionFor(police, school)).toBe(provision);
    expect(provisionFor(agencyId('stranger.example'))).toBe(provision);
  });

  it('is not where it stays: there it allows nothing', () => {
    expect(provisionFor(school)).toBeUndefined();
  });

  it('lets nobody say yes to another purpose within one regime', () => {
    const lacks = (other: AgencyId, more: JsonObject = {}): readonly (string | null)[] =>
      assess(
        readDraft({
          kind: 'disclosure',
          template: 'exit@2#progress',
          counterparts: [other],
          items: [{ dataCategory: 'exit-progress', collectedFor: 'health-care' }],
          subjectCategory: 'client',
          ageBand: '14-17',
          helpNotEndangered: true,
          ...more,
        }),
        { id: '0195a6f0-0006-7000-8000-000000000008', agency: youth, at },
        inForce,
      ).items.flatMap(({ reasons }) => reasons.flatMap(({ rule, lacks }) => (rule === 'PUR-01' ? [lacks] : [])));
    expect(lacks(school)).toEqual(['purposeCompatible']);
    expect(lacks(school, { purposeCompatible: true })).toEqual([]);
    expect(lacks(police)).toEqual([]);
  });
});

describe('Of several clauses that cover the same', () => {
  const [clients, victims] = [
    { ...progress, id: 'clients', subjectCategories: ['client'], conditions: ['purpose-only'] },
    { ...progress, id: 'victims', subjectCategories: ['victim'], conditions: ['need-to-know-list'] },
  ].map((clause, place) => ({ ...clause, retentionTold: place === 0 ? 'Three years.' : 'Six months.' }));
  const agreedBy = (network: readonly JsonObject[], template: string, given: JsonObject): JsonObject => {
    const { registry } = inForceThere({ clauses: network });
    const named = templatesOf(youth, at, registry).find(({ reference }) => reference === template) ?? null;
    const desk = { agency: youth, actor: 'worker-1', at, registry };
    return disclosureFilledIn({ given, others: [police], template: named, desk });
  };
  const items = [{ dataCategory: 'exit-progress' }];

  it('those about other persons set nothing', () => {
    const network = [clients, victims].flatMap((one) => one ?? []);
    const about = (subjectCategory: string) =>
      agreedBy(network, `exit@2#${subjectCategory}s`, { items, subjectCategory });
    expect(about('victim')).toMatchObject({ conditions: ['need-to-know-list'], retentionTold: 'Six months.' });
    expect(about('client')).toMatchObject({ conditions: ['purpose-only'], retentionTold: 'Three years.' });
    for (const subjectCategory of ['client', 'victim']) {
      const draft = { kind: 'disclosure', template: `exit@2#${subjectCategory}s`, items, subjectCategory };
      const asked = { id: '0195a6f0-0006-7000-8000-000000000001', agency: youth, at };
      const { conditions, retentionTold } = assess(readDraft(draft), asked, inForceThere({ clauses: network }));
      expect(about(subjectCategory)).toMatchObject({ conditions, retentionTold });
    }
  });

  it('the one that was picked says how long it may be kept, and another one of what that does not cover', () => {
    const wide = { ...progress, id: 'wide', dataCategories: ['exit-progress', 'family'], retentionTold: 'Six months.' };
    const narrow = { ...progress, id: 'narrow', dataCategories: ['exit-progress'], retentionTold: 'Three years.' };
    const told = (template: string, ...categories: readonly string[]) =>
      agreedBy([narrow, wide], template, { items: categories.map((dataCategory) => ({ dataCategory })) })[
        'retentionTold'
      ];
    expect(told('exit@2#wide', 'exit-progress', 'family')).toBe('Six months.');
    expect(told('exit@2#narrow', 'exit-progress')).toBe('Three years.');
    expect(told('exit@2#narrow', 'exit-progress', 'family')).toBe('Three years. Six months.');
  });

  it('all that they say of how long it may be kept can be recorded', () => {
    const long = (letter: string): string => letter.repeat(390);
    const narrow = { ...progress, id: 'narrow', dataCategories: ['exit-progress'], retentionTold: long('a') };
    const other = { ...progress, id: 'other', dataCategories: ['family'], retentionTold: long('b') };
    const data = agreedBy([narrow, other], 'exit@2#narrow', { items: [...items, { dataCategory: 'family' }] });
    const entry = {
      id: '0195a6f0-0006-7000-8000-000000000002',
      type: 'InformationDisclosed',
      exchange: '0195a6f0-0006-7000-8000-000000000003',
      occurredAt: at,
      data: { ...data, disclosureId: '0195a6f0-0006-7000-8000-000000000004' },
    };
    expect(data['retentionTold']).toBe(`${long('a')} ${long('b')}`);
    expect(() => validateEntry(entry, at)).not.toThrow();
  });
});
