import { vocabularies } from '#catalogue';
import { everyRule } from '../rules/every-rule.js';
import type { Judged } from '../rules/judge.js';
import { law03 } from '../rules/by-id/law-03.js';
import { nec02 } from '../rules/by-id/nec-02.js';
import type { Rule } from '../rules/rule.js';
import { draftEntry, itemsIn } from './draft-entry.js';
import { readDraft } from './draft.js';
import { brokenBy, type Hypothetical } from './hypothetical.js';
import { itemByItem } from './item-by-item.js';
import { at, inForceThere, police, youth } from './testing/network.js';

const inForce = inForceThere();
const draft = readDraft({
  kind: 'disclosure',
  counterparts: [police],
  purpose: 'exit-support',
  items: [...(vocabularies.get('data-category')?.terms.keys() ?? [])].map((dataCategory, place) => ({
    dataCategory,
    ...(place % 3 === 0 && { secrecyClass: 'official' }),
    ...(place % 4 === 0 && { thirdPerson: true }),
  })),
});
const desk = { agency: youth, actor: '-', at, registry: inForce.registry };
const alone: readonly Hypothetical[] = itemsIn(draft, at).map((item) =>
  draftEntry(draft, [item], [police], { template: null, desk, linked: new Map() }),
);

const inWords = (broken: readonly Judged[]): readonly string[] => broken.map((one) => JSON.stringify(one));

/** The same rule, and how often it was asked. */
function counted(rule: Rule): { readonly rule: Rule; times: number } {
  const count = {
    times: 0,
    rule: {
      ...rule,
      judge: (...told: Parameters<Rule['judge']>) => {
        count.times += 1;
        return rule.judge(...told);
      },
    },
  };
  return count;
}

describe('Items one after the other', () => {
  it('are judged as each is alone, in the order of the rules', () => {
    const brokenOf = itemByItem(everyRule, inForce);
    expect(alone.map((entry) => inWords(brokenOf(entry)))).toEqual(
      alone.map((entry) => inWords(brokenBy(entry, everyRule, inForce))),
    );
  });

  it('are each judged by a rule on what is passed on, and all at once by one on the whole', () => {
    const [ofItems, ofWhole] = [counted(law03), counted(nec02)];
    const brokenOf = itemByItem([ofItems.rule, ofWhole.rule], inForce);
    for (const entry of alone) expect(brokenOf(entry).map(({ rule }) => rule.id)).toContain('NEC-02');
    expect([ofItems.times, ofWhole.times]).toEqual([alone.length, 1]);
  });

  it('are judged anew where anything else is said, too', () => {
    const ofWhole = counted(nec02);
    const brokenOf = itemByItem([ofWhole.rule], inForce);
    const [entry] = alone;
    if (entry === undefined) throw new Error('there is no item');
    for (const necessity of ['needed', undefined, 'needed']) {
      brokenOf({ ...entry, data: { ...entry.data, ...(necessity !== undefined && { necessity }) } });
    }
    expect(ofWhole.times).toBe(2);
  });
});
