import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { entryTypes, languages } from '#catalogue';
import { entryId, leafIndex, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { everyRule } from './every-rule.js';
import { judge } from './judge.js';
import type { About, JudgedEntry, Matter } from './matter.js';
import { everyPack } from './packs/every-pack.js';
import { packOrder } from './packs/pack.js';
import { specOf } from './rules-markdown.js';
import { Settings } from './settings.js';
import { emptyRegistry } from './testing/story.js';

const seed = 20261122;
const here = import.meta.dirname;
const inForce = { settings: new Settings(everyPack), registry: emptyRegistry };

describe('the rules', () => {
  it('are the files of by-id/, each named after its rule, in an order people find them in', () => {
    const files = readdirSync(`${here}/by-id`).filter((file) => /^[a-z]+-\d+\.ts$/.test(file));
    expect(everyRule.map(({ id }) => `${id.toLowerCase()}.ts`).toSorted()).toEqual(files.toSorted());
  });

  it.each(everyRule)(
    '$id says what it is for in both languages, names its sources, and has a table of cases',
    (rule) => {
      for (const text of [rule.statement, rule.compliant]) {
        for (const language of languages) expect(text[language]).toMatch(/^.*\.$/su);
      }
      expect(rule.sources.join()).not.toBe('');
      expect(readFileSync(`${here}/by-id/${specOf(rule)}`, 'utf8')).toContain(`from './${rule.id.toLowerCase()}.js'`);
    },
  );

  it.each(everyRule)('$id reads types there are', ({ reads }) => {
    expect(reads.filter((type) => !entryTypes.has(type))).toEqual([]);
  });

  it('come in packs that change rules there are, each with its source', () => {
    const ids = new Set(everyRule.map(({ id }) => id));
    expect(everyPack.map(({ code }) => code)).toEqual([...packOrder]);
    for (const { rules } of everyPack) {
      for (const [id, change] of Object.entries(rules)) {
        expect(ids.has(id)).toBe(true);
        expect(change.source).toMatch(/\S/);
      }
    }
  });
});

const odd = fc.constantFrom<unknown>(null, 7, 'text', [], [null], {}, [[{}]], { missing: 'unknown' }, [{ a: 1 }]);
const fieldNames = [...new Set([...entryTypes.values()].flatMap(({ example }) => Object.keys(example.data)))];
const kinds: readonly About[] = [
  ...new Set<About>(everyRule.flatMap(({ about }) => (typeof about === 'string' ? [about] : about))),
];

const anyEntry = (place: number): fc.Arbitrary<JudgedEntry> =>
  fc
    .record({
      type: fc.constantFrom(...entryTypes.keys()),
      changes: fc.dictionary(fc.constantFrom(...fieldNames), odd, { maxKeys: 6 }),
      erased: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
      day: fc.integer({ min: 1, max: 28 }),
      issuer: fc.constantFrom('police.example', 'youth-office.example', 'ledger'),
    })
    .map(({ type, changes, erased, day, issuer }) => {
      const at = `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z` as Instant;
      const terms = { ...entryTypes.get(type)?.example.data, ...changes } as JsonObject;
      return {
        index: leafIndex(place),
        id: entryId(`0195a6f0-00aa-7000-8000-${String(place).padStart(12, '0')}`),
        issuer: issuer as AgencyId,
        recordedAt: at,
        said: erased ? null : { type, occurredAt: at, terms },
      };
    });

const anyMatter: fc.Arbitrary<Matter> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    entries: fc
      .integer({ min: 0, max: 8 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => anyEntry(at)))),
  })
  .map(({ kind, entries }) => ({ kind, id: 'matter', entries, linked: new Map() }));

describe('judging', () => {
  it('never fails, whatever the terms hold, and says the same in whatever order the entries come', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const told = (one: Matter): readonly string[] =>
          judge(one, everyRule, () => inForce)
            .map(({ key, verdict }) => `${key} ${JSON.stringify(verdict)}`)
            .toSorted();
        expect(told({ ...matter, entries: matter.entries.toReversed() })).toEqual(told(matter));
      }),
      { seed, numRuns: 300 },
    );
  });

  it('raises one thing once: no two judgements of a matter have the same key', () => {
    fc.assert(
      fc.property(anyMatter, (matter) => {
        const keys = judge(matter, everyRule, () => inForce).map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { seed, numRuns: 300 },
    );
  });
});
