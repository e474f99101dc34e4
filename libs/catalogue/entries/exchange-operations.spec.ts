import { validateSync } from 'class-validator';
import { blockNames, type JsonObject } from '#statement';
import { type Field, fieldsOf } from '../field.js';
import type { EntryType } from '../entry-type.js';
import { entryTypes } from '../entry-types.js';
import type { Nested } from '../kind.js';
import { isObject } from '../reading.js';
import { languages } from '../vocabulary.js';
import { anonymousConsultationHeld } from './anonymous-consultation-held.js';
import { clarificationAsked } from './clarification-asked.js';
import { clarificationGiven } from './clarification-given.js';
import { conditionsAccepted } from './conditions-accepted.js';
import { entryCorrected } from './entry-corrected.js';
import { onwardSharingPermitted } from './onward-sharing-permitted.js';
import { onwardSharingRefused } from './onward-sharing-refused.js';
import { recipientNotified } from './recipient-notified.js';
import { requestEscalated } from './request-escalated.js';
import { requestLapsed } from './request-lapsed.js';
import { requestWithdrawn } from './request-withdrawn.js';
import { sealedEntryRecorded } from './sealed-entry-recorded.js';

const types = [
  clarificationAsked,
  clarificationGiven,
  requestEscalated,
  requestWithdrawn,
  requestLapsed,
  anonymousConsultationHeld,
  conditionsAccepted,
  onwardSharingPermitted,
  onwardSharingRefused,
  recipientNotified,
  entryCorrected,
  sealedEntryRecorded,
];

/** An instance of the class with instances inside it, as class-validator looks at them. */
function instance(type: Nested, plain: JsonObject): object {
  const made = new type() as Record<string, unknown>;
  const fields = fieldsOf(type);
  for (const [name, value] of Object.entries(plain)) {
    const inside = fields.get(name)?.kind.nested;
    const inner = (one: unknown): unknown => (inside && isObject(one) ? instance(inside, one) : one);
    made[name] = Array.isArray(value) ? value.map(inner) : inner(value);
  }
  return made;
}

const faults = (type: Nested, data: JsonObject): readonly string[] =>
  validateSync(instance(type, data), { forbidUnknownValues: false }).map(({ property }) => property);

function allFields(type: Nested): readonly Field[] {
  return [...fieldsOf(type).values()].flatMap((field) => [
    field,
    ...(field.kind.nested ? allFields(field.kind.nested) : []),
  ]);
}

const textFields = (type: EntryType): readonly Field[] =>
  allFields(type.data).filter(({ kind }) => 'maxLength' in (kind.element ?? kind).schema);

describe.each(types)('$name', ({ name, data, example, sentence, log, title }) => {
  const required = [...fieldsOf(data).values()].filter((field) => field.required).map((field) => field.name);

  it('accepts its example, and nothing less than its required fields', () => {
    expect([example.type, log]).toEqual([name, 'entries']);
    expect(Object.keys(example.data).filter((field) => !fieldsOf(data).has(field))).toEqual([]);
    expect(faults(data, example.data)).toEqual([]);
    expect(faults(data, {}).toSorted()).toEqual(required.toSorted());
  });

  it('is recorded even where every required field is missing', () => {
    const unknown = Object.fromEntries(required.map((field) => [field, { missing: 'unknown' }]));
    expect(faults(data, unknown)).toEqual([]);
  });

  it('is said in both languages, complete or not', () => {
    const said = languages.map((language) => sentence(example.data, language));
    expect(new Set([...said, title.en, title.de]).size).toBe(4);
    for (const one of said) expect(one).not.toMatch(/undefined|null|\[object|not given|nicht angegeben/);
    const missing = Object.fromEntries([...fieldsOf(data).keys()].map((field) => [field, { missing: 'follows' }]));
    for (const language of languages) {
      expect(sentence({}, language)).toContain(language === 'de' ? 'nicht angegeben' : 'not given');
      expect(sentence(missing, language)).toContain(language === 'de' ? 'wird nachgereicht' : 'follows later');
    }
  });
});

describe('the example ids of this group', () => {
  it('are its own', () => {
    const ids = types.map(({ example }) => example.id);
    expect(new Set(ids).size).toBe(types.length);
    for (const id of ids) expect(id).toMatch(/^0195a6f0-0001-7000-8000-0000000001[0-9a-f]{2}$/);
  });
});

describe('what both parties read', () => {
  const delicate: Readonly<Record<string, string>> = {
    question: 'people',
    answer: 'people',
    justification: 'reasons',
    refusalReason: 'reasons',
    notReachedBecause: 'reasons',
    reasonTold: 'told',
    correctionTold: 'told',
    actor: 'staff',
    secondApprover: 'staff',
    belongsTo: 'withheld',
  };

  it.each(Object.entries(delicate))('never holds %s, which is of block %s', (name, block) => {
    const found = types.flatMap(({ data }) => allFields(data)).filter((field) => field.name === name);
    expect(found.length).toBeGreaterThan(0);
    expect([...new Set(found.map((field) => field.block))]).toEqual([block]);
  });

  it('is never where a person writes at length', () => {
    const long = types
      .flatMap(({ data }) => allFields(data))
      .filter(({ kind }) => Number(kind.schema['maxLength']) > 400);
    expect(long.filter(({ block }) => block === 'terms')).toEqual([]);
  });
});

describe('an anonymous consultation', () => {
  it('has no place for a person, a case, an exchange or a text in which one could be named', () => {
    expect(anonymousConsultationHeld.exchange).toBe('none');
    expect(textFields(anonymousConsultationHeld)).toEqual([]);
    const fields = [...fieldsOf(anonymousConsultationHeld.data).values()];
    expect(new Set(fields.map(({ block }) => block))).toEqual(new Set(['terms']));
    for (const { kind } of fields) {
      const { schema } = kind.element ?? kind;
      expect(Array.isArray(schema['enum']) || schema['type'] === 'boolean' || schema['pattern']).toBeTruthy();
    }
    for (const name of [
      'case',
      'subject',
      'subjectCategory',
      'ageBand',
      'causedBy',
      'conference',
      'actor',
      'onBehalfOf',
    ]) {
      expect(fieldsOf(anonymousConsultationHeld.data).has(name)).toBe(false);
    }
  });
});

describe('a sealed entry', () => {
  it('says a commitment, two periods and that it is sealed, and leads to nobody', () => {
    const terms = [...fieldsOf(sealedEntryRecorded.data).values()].filter(({ block }) => block === 'terms');
    expect(terms.map(({ name }) => name)).toEqual(['commitment', 'retentionClass', 'releaseReview', 'visibility']);
    expect(textFields(sealedEntryRecorded)).toEqual([]);
    expect([sealedEntryRecorded.exchange, sealedEntryRecorded.recipients]).toEqual(['none', undefined]);
    expect(faults(sealedEntryRecorded.data, { ...sealedEntryRecorded.example.data, visibility: 'open' })).toEqual([
      'visibility',
    ]);
  });
});

describe('a correction', () => {
  it('keeps what was wrong and what is right in the block of the field it corrects', () => {
    for (const block of blockNames) {
      const name = `in${block.charAt(0).toUpperCase()}${block.slice(1)}`;
      const field = fieldsOf(entryCorrected.data).get(name);
      const inside = field?.kind.nested ? fieldsOf(field.kind.nested) : new Map<string, Field>();
      expect([name, field?.block, inside.get('was')?.block, inside.get('right')?.block]).toEqual([
        name,
        block,
        block,
        block,
      ]);
      expect(inside.get('field')?.block).toBe(block === 'withheld' ? 'withheld' : 'terms');
    }
  });

  const faultsOf = (data: JsonObject): readonly string[] =>
    (entryCorrected.faults?.(data, entryTypes) ?? []).map(({ pointer }) => pointer);

  it.each<[string, string, string]>([
    ['a justification', 'inTerms', '/justification'],
    ['who acted', 'inTerms', '/actor'],
    ['who is concerned', 'inTerms', '/subject'],
    ['the file an item stands in', 'inTerms', '/items/1/itemRef'],
    ['what is withheld', 'inTold', '/reasonsWithheld'],
    ['what a check note found', 'inTerms', '/fact'],
    ['why an agency was admitted', 'inTerms', '/admissionBasis'],
    ['what nobody records', 'inTerms', '/nothing/9'],
    ['a list without saying which line', 'inTerms', '/items/asOf'],
    ['a name of every object', 'inTerms', '/constructor'],
  ])('tells nobody %s in %s', (_, name, field) => {
    expect(faultsOf({ [name]: [{ field, right: 'Max Mustermann' }] })).toEqual([`/${name}/0/field`]);
  });

  it('says of a code, a date, an agency, a count and a flag nothing but such a one', () => {
    const places = ['/purpose', '/items/1/asOf', '/recipients/0', '/spontaneous', '/occurredAt'];
    const inTerms = places.map((field) => ({ field, was: 'Max Mustermann', right: 'Max Mustermann' }));
    expect(faultsOf({ inTerms })).toEqual(places.flatMap((_, at) => [`/inTerms/${at}/was`, `/inTerms/${at}/right`]));
  });

  it.each([
    ['/conditions', 'no-inform-subject'],
    ['/conditions', 'no-inform-subject, purpose-only'],
    ['/recipients', 'clinic.example,police.example'],
    ['/covers', '0195a6f0-0001-7000-8000-000000000005, 0195a6f0-0001-7000-8000-000000000006'],
    ['/covers', { missing: 'follows' }],
    ['/legalBasisTransmit', { missing: 'unknown' }],
  ])('says of a field as a whole what its lines are, or that they are missing: %s %j', (field, right) => {
    expect(faultsOf({ inTerms: [{ field, right }] })).toEqual([]);
  });

  it.each([
    ['/conditions', 'right', 'expected a code of the vocabulary condition, or several with commas between them'],
    ['/recipients', 'right', 'expected an agency id, or several with commas between them'],
    ['/covers', 'right', 'expected a lower-case UUID, or several with commas between them'],
    ['/legalBasisTransmit', 'field', 'say which part, like /items/1/asOf'],
    ['/items', 'field', 'say which part, like /items/1/asOf'],
    ['/items/0', 'field', 'say which part, like /items/1/asOf'],
  ])('that says something else of %s is told how it can be said', (field, pointer, detail) => {
    const inTerms = [{ field, right: 'see the file of Max Mustermann' }];
    expect(entryCorrected.faults?.({ inTerms }, entryTypes)).toEqual([{ pointer: `/inTerms/0/${pointer}`, detail }]);
  });

  it('says what is right in the block of its field, or that it is missing', () => {
    expect(
      faultsOf({
        inTerms: [
          { field: '/purpose', was: 'exit-support', right: 'threat-prevention' },
          { field: '/recipients/0', was: 'police.example', right: 'clinic.example' },
          { field: '/spontaneous', was: 'true', right: 'false' },
          { field: '/subjectsAbout', was: '1', right: '2' },
          { field: '/occurredAt', right: '2026-03-01T10:00:00.000Z' },
          { field: '/items/2', right: { missing: 'not-given' } },
          { field: { missing: 'unknown' }, right: { missing: 'unknown' } },
        ],
        inPeople: [{ field: '/subject', was: 'person-a770', right: 'person-b112' }],
        inStaff: [{ field: '/actor', right: 'staff-0816' }],
        inReasons: [{ field: '/justification', right: 'The school asked for it.' }],
        inWithheld: [{ field: '/reasonsWithheld', right: 'Not before the conference.' }],
      }),
    ).toEqual([]);
  });

  it('names the entry it corrects where both parties read it', () => {
    expect(fieldsOf(entryCorrected.data).get('corrects')).toMatchObject({ block: 'terms', required: true });
    for (const language of languages) {
      expect(entryCorrected.sentence(entryCorrected.example.data, language)).toContain(
        '0195a6f0-0001-7000-8000-000000000005',
      );
    }
  });

  it.each(['Erika Mustermann', 'items/0', '/items/0/a b', '/a/b/c/d/e/f', ''])('takes no place %p', (field) => {
    const data = { ...entryCorrected.example.data, inTerms: [{ field, right: 'x' }] };
    expect(faults(entryCorrected.data, data)).toEqual(['inTerms']);
  });
});
