import { DomainError, type Fault, type Instant } from '#kernel';
import { type EntryBody, entryTypes, fieldsOf, missingCodes, validateEntry } from '#catalogue';
import type { Field } from './field.js';
import type { Nested } from './kind.js';

const now = '2026-11-22T10:00:00.000Z' as Instant;
const types = [...entryTypes.values()];
const disclosed = exampleOf('InformationDisclosed');

function exampleOf(name: string): EntryBody {
  const type = entryTypes.get(name);
  if (!type) throw new Error(`no type ${name}`);
  return type.example;
}

function faultsOf(value: unknown): readonly Fault[] {
  try {
    validateEntry(value, now);
    return [];
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-entry') return error.faults;
    throw error;
  }
}

const pointersOf = (value: unknown): readonly string[] => faultsOf(value).map(({ pointer }) => pointer);

/** The example with one place of its data replaced; `undefined` removes it. */
function changed(body: EntryBody, pointer: string, value: unknown): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(body));
  const names = pointer.split('/').slice(1);
  const last = names.pop() ?? '';
  let place = copy as Record<string, unknown>;
  for (const name of names) place = place[name] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

/** Every field of a class as far as its example shows it, with the pointer of one place where it stands or could. */
function placesOf(
  type: Nested,
  example: object,
  pointer: string,
): readonly { readonly field: Field; readonly at: string }[] {
  return [...fieldsOf(type).values()].flatMap((field) => {
    const at = `${pointer}/${field.name}`;
    const value: unknown = Reflect.get(example, field.name);
    const inside: unknown = Array.isArray(value) ? value[0] : value;
    const { nested } = field.kind;
    if (!nested || typeof inside !== 'object' || inside === null) return [{ field, at }];
    return [{ field, at }, ...placesOf(nested, inside, Array.isArray(value) ? `${at}/0` : at)];
  });
}

describe.each(types)('an entry of type $name', ({ data, example }) => {
  const places = placesOf(data, example.data, '/data');

  it('is accepted as its example and handed on unchanged', () => {
    const { expectedVersion, exchange, ...rest } = validateEntry(example, now);
    expect({ ...rest, ...(exchange !== null && { exchange }) }).toEqual(example);
    expect(expectedVersion).toBeNull();
  });

  it('names each required field that is absent', () => {
    for (const { field, at } of places) {
      const expected = field.required ? [{ pointer: at, detail: 'required: give a value or {missing}' }] : [];
      // What is optional may still be owed where nothing stands in its place: a basis of a clause.
      const faults = faultsOf(changed(example, at, undefined)).filter(
        ({ detail }) => !detail.startsWith('not everybody'),
      );
      expect(faults).toEqual(expected);
    }
  });

  it('takes the reason why a value is missing in the place of any value, and nothing beside it', () => {
    for (const { at } of places) {
      for (const missing of missingCodes) expect(faultsOf(changed(example, at, { missing }))).toEqual([]);
      expect(faultsOf(changed(example, at, { missing: 'forgotten' }))).not.toEqual([]);
      expect(faultsOf(changed(example, at, { missing: 'unknown', value: 'x' }))).not.toEqual([]);
    }
  });

  it('refuses values of another type at their place', () => {
    for (const { at } of places) {
      for (const wrong of [null, 0.5, '', '\u0000', [[]], { no: 1 }]) {
        const pointers = pointersOf(changed(example, at, wrong));
        expect(pointers.length).toBeGreaterThan(0);
        expect(pointers.every((pointer) => pointer === at || pointer.startsWith(`${at}/`))).toBe(true);
      }
    }
  });

  it('refuses fields it does not know, at every level', () => {
    const levels = new Set(['/data', ...places.map(({ at }) => at.slice(0, at.lastIndexOf('/')))]);
    for (const level of levels) {
      for (const name of ['unheard', 'constructor', 'toString', 'hasOwnProperty', 'present', 'dataVersion']) {
        expect(faultsOf(changed(example, `${level}/${name}`, 'x'))).toEqual([
          { pointer: `${level}/${name}`, detail: 'unknown field' },
        ]);
      }
    }
  });
});

describe('the outer form', () => {
  it.each([
    ['an id in capitals', '/id', '0195A6F0-0001-7000-8000-000000000005'],
    ['an id that is no UUID', '/id', 'x'],
    ['an unknown type', '/type', 'InformationLeaked'],
    ['a type named like a method of objects', '/type', 'constructor'],
    ['a type that is no text', '/type', 4],
    ['no exchange where one is needed', '/exchange', undefined],
    ['an exchange that is no UUID', '/exchange', 'x'],
    ['an exchange of null', '/exchange', null],
    ['the 30th of February', '/occurredAt', '2026-02-30T10:00:00.000Z'],
    ['second 60', '/occurredAt', '2026-11-22T09:59:60.000Z'],
    ['another zone', '/occurredAt', '2026-11-22T09:00:00.000+01:00'],
    ['no milliseconds', '/occurredAt', '2026-11-22T09:00:00Z'],
    ['five minutes and a millisecond ahead', '/occurredAt', '2026-11-22T10:05:00.001Z'],
    ['data that are a list', '/data', []],
    ['data that are null', '/data', null],
    ['an unknown field', '/agency', 'police.example'],
    ['a negative expected version', '/expectedVersion', -1],
    ['an expected version beyond 2^53', '/expectedVersion', 2 ** 53],
  ])('refuses %s', (_, pointer, value) => {
    expect(pointersOf(changed(disclosed, pointer, value))).toContain(pointer);
  });

  it('accepts five minutes ahead and hands on the expected version', () => {
    expect(faultsOf(changed(disclosed, '/occurredAt', '2026-11-22T10:05:00.000Z'))).toEqual([]);
    expect(validateEntry(changed(disclosed, '/expectedVersion', 3), now).expectedVersion).toBe(3);
  });

  it('refuses an exchange where the type belongs to none', () => {
    expect(pointersOf({ ...exampleOf('AgencyAdmitted'), exchange: disclosed.exchange })).toEqual(['/exchange']);
  });

  it.each([null, undefined, 'text', 7, [], [disclosed]])('refuses %p in the place of an entry', (value) => {
    expect(faultsOf(value)).toEqual([{ pointer: '', detail: 'expected an object' }]);
  });
});

describe('hostile content', () => {
  it('meets __proto__ as an unknown field and pollutes nothing', () => {
    const text = JSON.stringify(disclosed).replace('"data":{', '"data":{"__proto__":{"polluted":true},');
    const inItem = JSON.stringify(disclosed).replace('"items":[{', '"items":[{"__proto__":{"dataCategory":"family"},');
    const outside = JSON.stringify(disclosed).replace('{', '{"__proto__":{"id":"x"},');
    expect(pointersOf(JSON.parse(text))).toEqual(['/data/__proto__']);
    expect(pointersOf(JSON.parse(inItem))).toEqual(['/data/items/0/__proto__']);
    expect(pointersOf(JSON.parse(outside))).toEqual(['/__proto__']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it.each([
    ['a lone surrogate', 'a\ud800b'],
    ['U+0000', 'a\u0000b'],
    ['more than 4,000 characters', 'x'.repeat(4001)],
    ['nothing', ''],
  ])('refuses text with %s', (_, text) => {
    expect(pointersOf(changed(disclosed, '/data/justification', text))).toEqual(['/data/justification']);
  });

  it('accepts 4,000 characters and any well-formed Unicode', () => {
    expect(faultsOf(changed(disclosed, '/data/justification', 'ß'.repeat(4000)))).toEqual([]);
    expect(faultsOf(changed(disclosed, '/data/justification', '👩‍👧 \u202e\ufeff'))).toEqual([]);
  });

  it.each([2 ** 53, -1, 0.5, -0, Number.NaN, Infinity, '1', 1n])('refuses %p as a count', (value) => {
    const body = { ...disclosed, data: { ...disclosed.data, items: [{ ...itemOf(disclosed), answersItem: value }] } };
    expect(pointersOf(body)).toEqual(['/data/items/0/answersItem']);
  });

  it('survives nesting a hundred thousand deep', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    for (const at of [
      '/data/justification',
      '/data/items',
      '/data/items/0',
      '/data/transfer',
      '/data/by',
      '/data/deep',
    ]) {
      expect(pointersOf(changed(disclosed, at, null)).length).toBe(1);
      expect(pointersOf(replaced(disclosed, at, deep)).length).toBeGreaterThan(0);
    }
  });

  it('looks into no list of more than 100 elements', () => {
    const items = Array.from({ length: 50_000 }, () => ({}));
    expect(faultsOf({ ...disclosed, data: { ...disclosed.data, items } })).toEqual([
      { pointer: '/data/items', detail: 'expected a list of 1 to 100 elements' },
    ]);
    const recipients = Array.from({ length: 101 }, (_, index) => `agency-${index}.example`);
    expect(pointersOf({ ...disclosed, data: { ...disclosed.data, recipients } })).toEqual(['/data/recipients']);
  });

  it('answers at most 100 faults', () => {
    const data = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, 1]));
    expect(faultsOf({ ...disclosed, data })).toHaveLength(100);
  });

  it('never repeats a value or a strange name', () => {
    const secret = 'Erika Mustermann';
    const body = {
      ...disclosed,
      id: secret,
      type: 'InformationDisclosed',
      occurredAt: secret,
      data: {
        ...disclosed.data,
        [secret]: 1,
        'a/b~c': 1,
        channel: secret,
        recipients: [secret],
        items: [{ [secret]: 1 }],
      },
    };
    const faults = faultsOf(body);
    expect(JSON.stringify(faults)).not.toContain(secret);
    const unknown = faults.filter(({ detail }) => detail === 'unknown field').map(({ pointer }) => pointer);
    expect(unknown.toSorted()).toEqual(['/data', '/data', '/data/items/0']);
  });
});

describe('faults', () => {
  it('come all at once, each with its pointer', () => {
    const data = {
      ...disclosed.data,
      channel: 'pigeon',
      items: [itemOf(disclosed), { dataCategory: 'no' }, 7],
      recipients: ['A'],
    };
    expect(pointersOf({ ...disclosed, id: 'x', exchange: 'y', data }).toSorted()).toEqual([
      '/data/channel',
      '/data/items/1/asOf',
      '/data/items/1/dataCategory',
      '/data/items/1/itemBasis',
      '/data/items/1/reliability',
      '/data/items/2',
      '/data/recipients/0',
      '/exchange',
      '/id',
    ]);
  });

  it('name a day until which an entry is hidden that does not say that it is deferred', () => {
    const hidden = changed(disclosed, '/data/hiddenUntil', '2027-06-01');
    expect(pointersOf(hidden)).toEqual(['/data/visibility']);
    for (const [visibility, faults] of [
      ['open', ['/data/visibility']],
      ['deferred-until', []],
    ] as const) {
      expect(pointersOf(changed(hidden as EntryBody, '/data/visibility', visibility))).toEqual(faults);
    }
  });

  it('name what a correction says in a block that is not that of its field', () => {
    const correction = changed(exampleOf('EntryCorrected'), '/data/inTerms', [{ field: '/actor', right: 'staff-7' }]);
    expect(pointersOf(correction)).toEqual(['/data/inTerms/0/field']);
  });

  it('are found in nested objects and below list elements', () => {
    expect(pointersOf(changed(disclosed, '/data/legalBasisTransmit/code', 'GDPR-A99'))).toEqual([
      '/data/legalBasisTransmit/code',
    ]);
    expect(pointersOf(changed(disclosed, '/data/items/0/period', { from: '2026-02-30' }))).toEqual([
      '/data/items/0/period/from',
    ]);
  });

  it('know the fields that "by" may name', () => {
    expect(faultsOf(changed(disclosed, '/data/by', { purpose: 'default', justification: 'person' }))).toEqual([]);
    expect(pointersOf(changed(disclosed, '/data/by', { nothing: 'default' }))).toEqual(['/data/by']);
    expect(pointersOf(changed(disclosed, '/data/by', { purpose: 'machine' }))).toEqual(['/data/by']);
  });
});

function itemOf({ data }: EntryBody): object {
  const items = data['items'];
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  return typeof first === 'object' && first !== null ? first : {};
}

/** As {@link changed}, for values that JSON.stringify cannot take. */
function replaced(body: EntryBody, pointer: string, value: unknown): unknown {
  const copy = changed(body, pointer, 'placeholder');
  const names = pointer.split('/').slice(1);
  const last = names.pop() ?? '';
  let place = copy as Record<string, unknown>;
  for (const name of names) place = place[name] as Record<string, unknown>;
  place[last] = value;
  return copy;
}
