import { readdirSync, readFileSync } from 'node:fs';
import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import { type EntryId, type ExchangeId, type Instant } from '#kernel';
import { blockNames } from '#statement';
import { blocksOf, entryTypes, fieldsOf, languages, retentionOf, validateEntry, vocabularies } from '#catalogue';
import { missingCodes } from './missing.js';
import { arbitraryData } from './testing/arbitrary.js';
import { randomRuns } from '../../test/support/random-runs.js';

const now = '2026-11-22T10:00:00.000Z' as Instant;
const seed = 20261122;
const types = [...entryTypes.values()];
const here = import.meta.dirname;
const entryFiles = readdirSync(`${here}/entries`).filter((file) => !file.endsWith('.spec.ts'));

describe('the catalogue', () => {
  it('lists every file of entries/, each named after its type', () => {
    const kebab = (name: string): string => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
    expect(entryFiles.toSorted()).toEqual(types.map(({ name }) => `${kebab(name)}.ts`).toSorted());
  });

  it('lists every file of vocabularies/, with labels in every language', () => {
    expect(readdirSync(`${here}/vocabularies`).toSorted()).toEqual(
      [...vocabularies.keys()].map((name) => `${name}.ts`).toSorted(),
    );
    for (const { terms } of vocabularies.values()) {
      expect(terms.size).toBeGreaterThan(1);
      for (const [code, term] of terms) {
        expect(code).toMatch(/^[A-Za-z0-9-]+$/);
        for (const language of languages) expect(term[language]).not.toBe('');
      }
    }
  });

  it('gives every example an id of its own', () => {
    expect(new Set(types.map(({ example }) => example.id)).size).toBe(types.length);
  });

  it('knows each code of "missing"', () => {
    expect([...(vocabularies.get('missing')?.terms.keys() ?? [])]).toEqual([...missingCodes]);
  });

  it('names the blocks of a statement', () => {
    expect([...(vocabularies.get('block')?.terms.keys() ?? [])]).toEqual([...blockNames]);
  });

  it('keeps the registry log free of persons', () => {
    for (const { data } of types.filter(({ log }) => log === 'registry')) {
      for (const { block } of fieldsOf(data).values()) expect(block).toBe('terms');
    }
  });
});

describe('what is never shown without another entry', () => {
  it('names that entry by its id in the terms, and is a correction alone', () => {
    const companions = types.flatMap(({ name, data, shownWith }) =>
      shownWith === undefined ? [] : [[name, fieldsOf(data).get(shownWith)] as const],
    );
    expect(companions).toEqual([['EntryCorrected', expect.objectContaining({ name: 'corrects', block: 'terms' })]]);
    expect(companions[0]?.[1]?.kind.schema).toMatchObject({ format: 'uuid' });
  });
});

describe.each(types)('$name', ({ name, title, data, example, sentence }) => {
  it('has every field validated that it declares', () => {
    const declared = [...fieldsOf(data).keys()].toSorted();
    const validated = getMetadataStorage().getTargetValidationMetadatas(data, '', false, false);
    expect([...new Set(validated.map(({ propertyName }) => propertyName))].toSorted()).toEqual(declared);
  });

  it('says its example in one sentence of each language, without anything missing', () => {
    const { terms } = blocksOf(validateEntry(example, now));
    const said = languages.map((language) => sentence(terms ?? {}, language));
    for (const [index, one] of said.entries()) {
      expect(one).toMatch(/^\p{Lu}?.*[^.]\.$/u);
      expect(one).not.toMatch(/undefined|null|\[object|not given|nicht angegeben/);
      expect(title[languages[index] ?? 'en']).not.toBe('');
    }
    expect(new Set(said).size).toBe(languages.length);
  });

  it('says anything else too, and never what other blocks hold', () => {
    fc.assert(
      fc.property(arbitraryData(data), fc.constantFrom(...languages), (sent, language) => {
        const { terms = {} } = blocksOf({
          id: example.id as EntryId,
          type: name,
          exchange: '0195a6f0-0002-7000-8000-000000000001' as ExchangeId,
          occurredAt: now,
          data: sent,
          expectedVersion: null,
        });
        expect(sentence(sent, language)).toBe(sentence(terms, language));
        expect(sentence({}, language)).toMatch(/\.$/);
      }),
      { seed, numRuns: randomRuns(40) },
    );
  });

  it.each([null, 'text', 7, [], [null], {}, [[{}]], { missing: 'x' }])(
    'says %p in every field without failing',
    (odd) => {
      const terms = Object.fromEntries([...fieldsOf(data).keys()].map((field) => [field, odd]));
      for (const language of languages) expect(sentence(terms, language)).toMatch(/\.$/);
    },
  );
});

describe('retention', () => {
  it('keeps logs short, records with the case, and the reasons of a decision with the decision', () => {
    const classes = (name: string): readonly string[] => {
      const type = entryTypes.get(name);
      return type ? blockNames.map((block) => retentionOf(type, block)) : [];
    };
    expect(classes('InformationDisclosed')).toEqual(['record', 'record', 'record', 'log', 'log', 'decision']);
    expect(classes('RequestDecided')).toEqual(['record', 'record', 'record', 'log', 'decision', 'decision']);
  });
});

describe('an entry file', () => {
  it.each(entryFiles)('%s speaks every language itself', (file) => {
    expect(readFileSync(`${here}/entries/${file}`, 'utf8')).toContain("language === 'de'");
  });
});
