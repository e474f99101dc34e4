import fc from 'fast-check';
import { blockNames, canonical, type JsonObject } from '#statement';
import type { EntryId, ExchangeId, Instant } from '#kernel';
import {
  blocksOf,
  dataOf,
  entryTypes,
  fieldsOf,
  hidingFaults,
  indexTermsOf,
  UnknownDataVersion,
  upcast,
  type ValidEntry,
  validateEntry,
} from '#catalogue';
import type { Field } from './field.js';
import { reservedNames } from './blocks.js';
import { informationDisclosed } from './entries/information-disclosed.js';
import type { Nested } from './kind.js';
import { arbitraryData } from './testing/arbitrary.js';
import { randomRuns } from '../../test/support/random-runs.js';

const now = '2026-11-22T10:00:00.000Z' as Instant;
const seed = 20261122;
const types = [...entryTypes.values()];

const entryOf = (type: string, data: JsonObject): ValidEntry => ({
  id: '0195a6f0-0001-7000-8000-000000000005' as EntryId,
  type,
  exchange: '0195a6f0-0002-7000-8000-000000000001' as ExchangeId,
  occurredAt: now,
  data,
  expectedVersion: null,
});

describe.each(types)('the blocks of $name', ({ name, data, example, exchange, faults, codes }) => {
  it('hold everything that was sent and give it back', () => {
    fc.assert(
      fc.property(arbitraryData(data), (sent) => {
        const outer = { id: example.id, type: name, occurredAt: example.occurredAt, data: sent };
        const body = exchange === 'required' ? { ...outer, exchange: example.exchange } : outer;
        const mayContradict = faults !== undefined || hidingFaults(sent).length > 0;
        const blocks = blocksOf(mayContradict ? entryOf(name, sent) : validateEntry(body, now));
        expect(canonical(dataOf(name, blocks))).toBe(canonical(sent));
      }),
      { seed, numRuns: randomRuns(60) },
    );
  });

  it('are the same bytes whatever the order of the members', () => {
    fc.assert(
      fc.property(arbitraryData(data), (sent) => {
        const reversed = Object.fromEntries(Object.entries(sent).toReversed());
        expect(canonical({ ...blocksOf(entryOf(name, reversed)) })).toBe(
          canonical({ ...blocksOf(entryOf(name, sent)) }),
        );
      }),
      { seed, numRuns: randomRuns(20) },
    );
  });

  it('keep every text in the one block its field declares', () => {
    const markers = new Map<string, string>();
    const marked = planted(data, '', markers);
    const blocks = blocksOf(entryOf(name, marked));
    expect(markers.size).toBeGreaterThan(0);
    for (const [marker, block] of markers) {
      const holders = blockNames.filter((one) => JSON.stringify(blocks[one] ?? {}).includes(marker));
      expect([marker, holders]).toEqual([marker, [block]]);
    }
  });

  it('hide each other: what is not given is not in the answer', () => {
    const blocks = blocksOf(validateEntry(example, now));
    for (const hidden of blockNames) {
      const { [hidden]: _, ...rest } = blocks;
      const shown = dataOf(name, rest);
      for (const field of fieldsOf(data).values()) {
        if (field.block === hidden && !field.kind.nested) expect(shown).not.toHaveProperty([field.name]);
        else if (!field.kind.nested) expect(shown[field.name]).toEqual(example.data[field.name]);
      }
    }
  });

  it('name what is present once and in order, with codes that no field is called', () => {
    const names = new Set(allFields(data).map((field) => field.name));
    fc.assert(
      fc.property(arbitraryData(data), (sent) => {
        const present = blocksOf(entryOf(name, sent)).terms?.['present'] ?? [];
        expect(present).toEqual([...new Set(present as string[])].toSorted());
        for (const one of codes?.(sent) ?? []) expect([one, names.has(one)]).toEqual([one, false]);
        expect(present).toEqual(expect.arrayContaining([...(codes?.(sent) ?? [])]));
      }),
      { seed, numRuns: randomRuns(40) },
    );
  });

  it('have no field named like something of the wrapper', () => {
    for (const reserved of [...reservedNames, 'missing'])
      expect(allFields(data).map((field) => field.name)).not.toContain(reserved);
  });
});

describe('block terms', () => {
  const type = 'InformationDisclosed';
  const { example } = informationDisclosed;
  const { terms = {} } = blocksOf(validateEntry(example, now));

  it('carries type, version, exchange and time', () => {
    expect(terms).toMatchObject({ type, dataVersion: 1, exchange: example.exchange, occurredAt: example.occurredAt });
    expect(blocksOf({ ...entryOf(type, example.data), exchange: null }).terms).not.toHaveProperty('exchange');
  });

  it('names the fields of other blocks that have a value, also in each item', () => {
    expect(terms['present']).toContain('justification');
    expect(terms['present']).toEqual((terms['present'] as string[]).toSorted());
    expect(terms['items']).toMatchObject([{ present: ['itemRef'] }, { present: ['itemRef', 'thirdPersonReason'] }]);
  });

  it('does not tell that something is withheld', () => {
    const data = { ...example.data, reasonsWithheld: 'Not before the conference.' };
    const blocks = blocksOf(entryOf(type, data));
    expect(blocks.withheld).toEqual({ reasonsWithheld: data.reasonsWithheld });
    expect(blocks.terms).toEqual(blocksOf(entryOf(type, example.data)).terms);
  });

  it('does not call present what is missing', () => {
    const data = { ...example.data, justification: { missing: 'follows' } };
    const blocks = blocksOf(entryOf(type, data));
    expect(blocks.terms?.['present']).not.toContain('justification');
    expect(blocks.reasons).toMatchObject({ justification: { missing: 'follows' } });
  });
});

describe('the audience of a field', () => {
  const audiences: Readonly<Record<string, readonly string[]>> = {
    people: ['case', 'subject', 'subjectCategory', 'ageBand', 'itemRef', 'recordRef', 'objectRef', 'recipientPersons'],
    told: ['reasonTold', 'retentionTold', 'feedback', 'remark', 'lacking', 'notDoneBecause', 'correctionTold'],
    staff: ['actor', 'actorFunction', 'onBehalfOf', 'decidedBy', 'decidedByFunction', 'secondApprover', 'reviewer'],
    reasons: [
      'justification',
      'necessity',
      'strictNecessity',
      'alternatives',
      'gateway',
      'refusalReason',
      'subjectRisk',
    ],
    withheld: ['reasonsWithheld'],
  };
  const everyField = types.filter(({ log }) => log === 'entries').flatMap(({ data }) => allFields(data));

  it.each(Object.entries(audiences))('is that of block %s wherever the law makes it so', (block, names) => {
    for (const name of names) {
      const blocks = new Set(everyField.filter((field) => field.name === name).map((field) => field.block));
      expect([name, ...blocks]).toEqual([name, block]);
    }
  });

  it('is not both parties where a person may write at length', () => {
    for (const { name, block, kind } of everyField) {
      if (Number(kind.schema['maxLength']) > 400) expect([name, block]).not.toEqual([name, 'terms']);
    }
  });
});

describe('index terms', () => {
  it('are case and subject where they are given', () => {
    expect(indexTermsOf({ data: { case: 'c', subject: { missing: 'unknown' } } })).toEqual([
      { kind: 'case', value: 'c' },
    ]);
    expect(indexTermsOf({ data: { subject: 's' } })).toEqual([{ kind: 'subject', value: 's' }]);
    expect(indexTermsOf({ data: {} })).toEqual([]);
  });
});

describe('reading stored blocks', () => {
  it('leaves the present version as it is and refuses versions and types it does not know', () => {
    const blocks = { terms: { type: 'FeedbackGiven' } };
    expect(upcast('FeedbackGiven', 1, blocks)).toBe(blocks);
    expect(() => upcast('FeedbackGiven', 2, blocks)).toThrow(UnknownDataVersion);
    expect(() => dataOf('InformationLeaked', blocks)).toThrow(UnknownDataVersion);
  });

  it('aligns the items of any two blocks', () => {
    const people = { items: [{}, { itemRef: 'file-2' }] };
    const reasons = { items: [{ thirdPersonReason: 'sister' }, {}] };
    expect(dataOf('InformationDisclosed', { people, reasons })).toEqual({
      items: [{ thirdPersonReason: 'sister' }, { itemRef: 'file-2' }],
    });
  });
});

/** Data with a text of its own in every field, and the block each text belongs to. */
function planted(type: Nested, path: string, markers: Map<string, string>): JsonObject {
  return Object.fromEntries(
    [...fieldsOf(type).values()].map(({ name, block, kind }) => {
      const at = `${path}.${name}`;
      if (kind.nested) {
        const { nested, element } = kind;
        if (!element) return [name, planted(nested, at, markers)];
        return [name, [0, 1].map((index) => planted(nested, `${at}[${index}]`, markers))];
      }
      const marker = `<planted${at}>`;
      markers.set(marker, block);
      return [name, kind.element ? [marker] : marker];
    }),
  );
}

function allFields(type: Nested): readonly Field[] {
  return [...fieldsOf(type).values()].flatMap((field) => [
    field,
    ...(field.kind.nested ? allFields(field.kind.nested) : []),
  ]);
}
