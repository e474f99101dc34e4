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
