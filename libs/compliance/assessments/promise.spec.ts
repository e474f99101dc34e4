import fc from 'fast-check';
import { textIn, vocabularies, type EntryBody } from '#catalogue';
import type { JsonObject } from '#statement';
import { everyRule } from '../rules/every-rule.js';
import { assess } from './assess.js';
import type { Assessment } from './assessment.js';
import { readDraft } from './draft.js';
import { expand } from './expand.js';
import { brokenBy } from './hypothetical.js';
import { readQuickEntry } from './quick-entry.js';
import { at, clauses, inForceThere, intelligence, police, youth } from './testing/network.js';

const seed = 20_261_122;
const inForce = inForceThere();
const id = '0195a6f0-0006-7000-8000-000000000002';
const idOf = (...what: readonly string[]): string =>
  what.length === 0 ? id : id.replace(/2$/, String(what[0]?.length));

const code = (vocabulary: string): fc.Arbitrary<string> =>
  fc.constantFrom(...(vocabularies.get(vocabulary)?.terms.keys() ?? []));
const sometimes = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const usually = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 9 });
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const some = (...names: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...names]);

/** Categories that the clauses allow come often: else hardly anything is ever allowed. */
const category = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('identity', 'exit-progress', 'mental-health', 'criminal-offence', 'family') },
  code('data-category'),
);
const item = fc.record({
  dataCategory: category,
  secrecyClass: rarely(code('secrecy-class')),
  specialCategory: sometimes(fc.boolean()),
  thirdPerson: rarely(fc.boolean()),
  collectedFor: rarely(fc.oneof(fc.constant('exit-support'), code('purpose'))),
  reCollectionTest: sometimes(fc.boolean()),
  given: some('marking', 'thirdPersonReason'),
});
const draft = fc.record({
  template: fc.constantFrom('exit', ...clauses.map((clause) => `exit@2#${textIn(clause, 'id')}`)),
  counterparts: sometimes(fc.constantFrom([police], [intelligence])),
  purpose: fc.constantFrom('exit-support', 'exit-support', 'child-welfare', 'crime-investigation'),
  items: fc.array(item, { minLength: 1, maxLength: 4 }),
  subjectCategory: fc.option(fc.constantFrom(...Array<string>(9).fill('client'), 'victim'), {
    nil: undefined,
    freq: 19,
  }),
  ageBand: usually(code('age-band')),
  gateway: sometimes(code('gateway')),
  specialGround: sometimes(fc.oneof(fc.constant('GDPR-A9-2-g'), code('special-ground'))),
  purposeCompatible: sometimes(fc.boolean()),
  decidedByHead: sometimes(fc.boolean()),
  helpNotEndangered: usually(fc.constant(true)),
  given: some('necessity', 'strictNecessity', 'alternatives', 'threshold', 'regimeChangeProvision'),
});

const plain = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
const written = (names: readonly string[]): JsonObject => Object.fromEntries(names.map((name) => [name, 'in words']));

const assessed = (asked: JsonObject): Assessment | null => {
  try {
    return assess(readDraft({ kind: 'disclosure', ...asked }), { id, agency: youth, at }, inForce);
  } catch {
    // The clause has other parties.
    return null;
  }
};

/** The same, recorded: what the draft said would be written is written. */
function recordedLike({ given, items, subjectCategory, ageBand, ...said }: JsonObject): EntryBody | undefined {
  const quick = readQuickEntry({
    ...said,
    ...written(given as readonly string[]),
    kind: 'spontaneous',
    case: {
      case: 'case-1',
      subject: 'person-1',
      ...(subjectCategory !== undefined && { subjectCategory }),
      ...(ageBand !== undefined && { ageBand }),
    },
    reason: 'A reason.',
    items: (items as readonly JsonObject[]).map(({ given: names, ...rest }) => ({
      ...rest,
      ...written(names as readonly string[]),
    })),
  });
  const desk = { agency: youth, actor: 'worker-1', at, registry: inForce.registry };
  return expand({ quick, desk, inForce, earlier: null, idOf })[0]?.body;
}

const urgentIn = ({ type, data }: EntryBody): readonly string[] =>
  brokenBy({ agency: youth, at, type, data }, everyRule, inForce)
    .filter(({ settings }) => settings.severity === 'urgent')
    .map(({ rule, part }) => `${rule.id} ${part ?? ''}`);

describe('What an assessment promises', () => {
  it(`is kept: where it says yes to everything, no urgent check note follows (seed ${seed})`, () => {
    let allowed = 0;
    fc.assert(
      fc.property(draft, (one) => {
        const asked = plain(one);
        const found = assessed(asked);
        if (found === null || found.items.some(({ advice }) => advice !== 'yes')) return;
        allowed += 1;
        const entry = recordedLike({ ...asked, template: found.template });
        expect(entry === undefined ? ['nothing'] : urgentIn(entry)).toEqual([]);
      }),
      { seed, numRuns: 800 },
    );
    expect(allowed).toBeGreaterThan(20);
  });

  it(`is all there is: where an urgent check note would follow, something is not allowed (seed ${seed})`, () => {
    let noted = 0;
    fc.assert(
      fc.property(draft, (one) => {
        const asked = plain(one);
        const found = assessed(asked);
        const entry = found && recordedLike({ ...asked, template: found.template });
        if (!found || !entry || urgentIn(entry).length === 0) return;
        noted += 1;
        expect(found.items.some(({ advice }) => advice !== 'yes')).toBe(true);
      }),
      { seed: seed + 1, numRuns: 100 },
    );
    expect(noted).toBeGreaterThan(20);
  });

  it('does not depend on what else is asked about, nor on the order', () => {
    fc.assert(
      fc.property(draft, (one) => {
        const asked = plain({ ...one, template: 'exit@2#special', counterparts: [police] });
        const items = asked['items'] as readonly JsonObject[];
        const together = assessed(asked)?.items.map(({ advice }) => advice);
        const alone = items.map((line) => assessed({ ...asked, items: [line] })?.items[0]?.advice);
        expect(together).toEqual(alone);
      }),
      { seed: seed + 2, numRuns: 30 },
    );
  });
});
