import { validateEntry, type EntryBody } from '#catalogue';
import type { JsonObject, JsonValue } from '#statement';
import { everyRule } from '../rules/every-rule.js';
import { judge } from '../rules/judge.js';
import type { Matter } from '../rules/matter.js';
import { entryId } from '#kernel';
import { expand } from './expand.js';
import type { Earlier } from './expanding.js';
import { asJudged } from './hypothetical.js';
import { readQuickEntry } from './quick-entry.js';
import { at, inForceThere, police, youth } from './testing/network.js';

const inForce = inForceThere();
const id = '0195a6f0-0006-7000-8000-000000000010';
const exchange = '0195a6f0-0006-7000-8000-000000000011';
const asked = '0195a6f0-0006-7000-8000-000000000012';
/** Ids as short as that, and always the same. */
const idOf = (...what: readonly string[]): string =>
  what.length === 0 ? id : `0195a6f0-0007-7000-8000-${String(what.join('').length).padStart(12, '0')}`;

const request = (categories: readonly string[], isDecisionOwed = true): Earlier => ({
  id: asked,
  exchange,
  issuer: police,
  terms: {
    type: 'InformationRequested',
    purpose: 'exit-support',
    agreement: 'exit@2',
    items: categories.map((dataCategory) => ({ dataCategory })),
  },
  isDecisionOwed,
  conditionsDecided: [],
});

const answered = (items: JsonValue, earlier: Earlier, more: JsonObject = {}): readonly EntryBody[] =>
  expand({
    quick: readQuickEntry({ request: asked, case: 'case-1', reason: 'A reason.', items, ...more }),
    desk: { agency: youth, actor: 'worker-1', at, registry: inForce.registry },
    inForce,
    earlier,
    idOf,
  }).map(({ body }) => body);
const types = (bodies: readonly EntryBody[]): readonly string[] => bodies.map(({ type }) => type);

describe('An answer', () => {
  it('grants all that was asked for and told, and the first of both entries bears the id', () => {
    const bodies = answered(['identity', 'exit-progress'], request(['identity', 'exit-progress']));
    expect(bodies.map((body) => [body.id, body.type])).toEqual([
      [id, 'RequestDecided'],
      [idOf('InformationDisclosed'), 'InformationDisclosed'],
    ]);
    expect(bodies[0]?.data).toMatchObject({
      decision: 'grant-full',
      legalBasisTransmit: { code: 'GDPR-A6-1-e' },
      conditions: ['purpose-only', 'social-secrecy', 'originator-consent'],
    });
    expect(bodies[0]?.data).not.toHaveProperty('refused');
  });

  it('goes with the conditions of every clause that covers an item of it, in both entries', () => {
    const categories = ['exit-progress', 'mental-health'];
    const bodies = answered(categories, request(categories), { specialGround: 'GDPR-A9-2-g' });
    const conditions = ['purpose-only', 'social-secrecy', 'originator-consent', 'need-to-know-list'];
    expect(bodies.map(({ data }) => data['conditions'])).toEqual([conditions, conditions]);
    const alone = answered(['exit-progress'], request(['exit-progress']));
    expect(alone.map(({ data }) => data['conditions'])).toEqual([conditions.slice(0, 3), conditions.slice(0, 3)]);
  });

  it('goes with the conditions that were decided on the request before, too, whether it decides anew or not', () => {
    const decided = { ...request(['identity', 'exit-progress'], false), conditionsDecided: ['purpose-only', 'sealed'] };
    const conditions = ['purpose-only', 'social-secrecy', 'originator-consent', 'sealed'];
    const refusing = ['identity', { dataCategory: 'exit-progress', refused: 'secrecy' }];
    for (const items of [['identity'], refusing]) {
      const bodies = answered(items, decided);
      expect(bodies.map(({ data }) => data['conditions'])).toEqual(bodies.map(() => conditions));
    }
    expect(answered(['identity'], decided, { conditions: ['sealed'] })[0]?.data['conditions']).toEqual(['sealed']);
  });

  it('refuses what was asked for and is not mentioned, for a reason that nobody gave', () => {
    const [decision] = answered(['identity'], request(['exit-progress', 'identity']));
    expect(decision?.data).toMatchObject({
      decision: 'grant-partial',
      granted: [{ dataCategory: 'identity', answersItem: 1 }],
      refused: [{ dataCategory: 'exit-progress', answersItem: 0, refusalReason: { missing: 'not-given' } }],
    });
  });

  it.each<[string, JsonValue, string]>([
    ['refused', { refusalReason: 'secrecy', provision: 'StGB § 203' }, 'refuse'],
    ['not held', 'not-held', 'not-held'],
  ])('that tells nothing is the decision alone: %s', (_what, refused, decision) => {
    const bodies = answered([{ dataCategory: 'identity', refused }], request(['identity']));
    expect(bodies).toMatchObject([{ id, type: 'RequestDecided', data: { decision } }]);
    expect(bodies[0]?.data).not.toHaveProperty('granted');
  });

  it('to what was decided before is the disclosure alone, unless it refuses something', () => {
    const decided = request(['identity', 'exit-progress'], false);
    const bodies = answered(['identity'], decided);
    expect(bodies.map((body) => [body.id, body.type])).toEqual([[id, 'InformationDisclosed']]);
    const refusing = ['identity', { dataCategory: 'exit-progress', refused: 'secrecy' }];
    expect(types(answered(refusing, decided))).toEqual(['RequestDecided', 'InformationDisclosed']);
  });

  it('tells two items of one category apart', () => {
    const [decision] = answered(['identity', 'identity'], request(['identity', 'exit-progress', 'identity']));
    expect(decision?.data['granted']).toMatchObject([{ answersItem: 0 }, { answersItem: 2 }]);
  });

  it('says of a decision what only a decision says', () => {
    const more = { dpoConsulted: true, decidedByFunction: 'head of unit', necessity: 'Needed.' };
    const [decision, disclosure] = answered(['identity'], request(['identity']), more);
    expect(decision?.data).toMatchObject({ dpoConsulted: true, decidedByFunction: 'head of unit' });
    expect(decision?.data).not.toHaveProperty('necessity');
    expect(disclosure?.data).toMatchObject({ necessity: 'Needed.' });
    expect(disclosure?.data).not.toHaveProperty('dpoConsulted');
    const headed = answered(['identity'], request(['identity']), { decidedByHead: true });
    expect(headed[0]?.data).toMatchObject({ decidedByFunction: 'head of the office or deputy' });
  });

  it('can be recorded as it is, and keeps the rules about decisions', () => {
    const refused = { refusalReason: 'entrusted-data', provision: 'SGB VIII § 65(1)' };
    const items = ['identity', { dataCategory: 'exit-progress', refused }];
    const more = { dpoConsulted: true };
    const bodies = answered(items, request(['identity', 'exit-progress']), more);
    for (const body of bodies) expect(() => validateEntry(body, at)).not.toThrow();
    const entries = bodies.map(({ id: name, type, data }) =>
      asJudged({ agency: youth, at, type, data }, entryId(name)),
    );
    const matter: Matter = { kind: 'exchange', id: exchange, entries, linked: new Map() };
    const broken = judge(matter, everyRule, () => inForce).filter(({ verdict }) => verdict.is === 'broken');
    expect(broken.map(({ rule }) => rule.id).filter((rule) => /^(DEC|NEC-01|CON-01)/.test(rule))).toEqual([]);
  });
});

describe('A refusal that is none', () => {
  it.each<[JsonValue, string]>([
    ['because', '/items/0/refused'],
    [7, '/items/0/refused'],
    [{}, '/items/0/refused'],
    [{ refusalReason: 'secrecy', provision: 7 }, '/items/0/refused/provision'],
    [{ refusalReason: 'secrecy', mood: 'bad' }, '/items/0/refused/mood'],
  ])('%j', (refused, pointer) => {
    expect(() => answered([{ dataCategory: 'identity', refused }], request(['identity']))).toThrow(
      expect.objectContaining({ code: 'invalid-body', faults: [expect.objectContaining({ pointer })] }),
    );
  });
});
