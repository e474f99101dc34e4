import type { OutgoingHttpHeaders } from 'node:http';
import { gzipSync } from 'node:zlib';
import { entryTypes, fieldsOf, type EntryBody } from '#catalogue';
import { maximumLeafBytes, type JsonObject, type JsonValue } from '#statement';
import type { Caller } from '../../support/caller.js';
import { RunningLedger } from '../../support/running-ledger.js';
import { planted, refused, type Refusal } from '../refusal.js';
import { entryLike, freshId, police, request, youthOffice } from '../sample-entries.js';

let running: RunningLedger;
let officer: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  officer = await running.as('agency', police);
});
afterAll(() => running.remove());

type Case = [what: string, body: () => unknown, refusal: Refusal, headers?: OutgoingHttpHeaders];

const malformed = (...pointers: readonly string[]): Refusal => ({ status: 400, code: 'malformed-json', pointers });
const invalid = (...pointers: readonly string[]): Refusal => ({ status: 422, code: 'invalid-entry', pointers });
const unsupported: Refusal = { status: 415, code: 'unsupported-media-type' };

/** A valid entry that says something of a person. */
const entry = (data: JsonObject = {}): EntryBody => request({ data: { justification: planted, ...data } });
const text = (from = entry()): string => JSON.stringify(from);
/** A valid entry whose text has one part replaced. */
const with_ = (part: string | RegExp, by: string, from = entry()): string => {
  const changed = text(from).replace(part, () => by);
  if (changed === text(from)) throw new Error('nothing was replaced');
  return changed;
};
/** An entry with a value for one field of its data, written as JSON text. */
const saying = (name: string, json: string): string => with_(/"urgency":"[^"]*"/, `"${name}":${json}`);
const nested = (levels: number): string => `${'['.repeat(levels)}"${planted}"${']'.repeat(levels)}`;

function cases(title: string, table: readonly Case[]): void {
  test.each(table)(`${title}: %s`, async (_what, body, refusal, headers = {}) => {
    await refused(running, () => officer.record(body(), headers), refusal);
  });
}

describe('What is not JSON with one meaning is refused', () => {
  cases('as text', [
    ['nothing', () => '', malformed('')],
    ['white space', () => ' \n', malformed('')],
    ['an entry cut short', () => text().slice(0, -1), malformed('')],
    ['two entries', () => text() + text(), malformed('')],
    ['a comma too many', () => with_(/\}$/, ',}'), malformed('')],
    ['a comment', () => `/* ${planted} */${text()}`, malformed('')],
    ['single quotes', () => `{'id':'${planted}'}`, malformed('')],
    ['NaN', () => saying('urgency', 'NaN'), malformed('')],
    ['a raw control character', () => with_(planted, `${planted}\u0001`), malformed('')],
    ['a byte order mark', () => `\uFEFF${text()}`, malformed('')],
    ['UTF-16', () => Buffer.from(text(), 'utf16le'), malformed('')],
    ['a byte that is not UTF-8', () => Buffer.concat([Buffer.from(text()), Buffer.from([0xff])]), malformed('')],
    ['half a character', () => Buffer.from(with_(planted, 'ü')).subarray(0, -1), malformed('')],
    ['a surrogate in UTF-8', () => Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), malformed('')],
  ]);

  cases('in its members', [
    ['an id twice', () => with_('{', `{"id":"${planted}",`), malformed('/id')],
    ['a field twice', () => saying('justification', `"${planted}"`), malformed('/data/justification')],
    ['a name escaped the second time', () => saying(String.raw`\u0073ubject`, '"x"'), malformed('/data/subject')],
    ['a field twice deep inside', () => saying('items', '[{"a":1},{"a":1,"a":2}]'), malformed('/data/items/1/a')],
    ['__proto__', () => with_('{', `{"__proto__":{"isAdmin":"${planted}"},`), malformed('/__proto__')],
    ['__proto__ in the data', () => saying('__proto__', `{"x":"${planted}"}`), malformed('/data/__proto__')],
    ['__proto__ escaped', () => saying(String.raw`__pr\u006fto__`, '{}'), malformed('/data/__proto__')],
  ]);

  cases('in its values', [
    ['a lone high surrogate', () => saying('unit', String.raw`"\ud800 ${planted}"`), malformed('/data/unit')],
    ['a lone low surrogate', () => saying('unit', String.raw`"${planted}\udc00"`), malformed('/data/unit')],
    ['surrogates in the wrong order', () => saying('unit', String.raw`"\udc00\ud800"`), malformed('/data/unit')],
    ['U+0000', () => saying('unit', String.raw`"${planted}\u0000"`), malformed('/data/unit')],
    ['2^53', () => with_('{', '{"expectedVersion":9007199254740992,'), malformed('/expectedVersion')],
    ['a number no double holds', () => with_('{', '{"expectedVersion":1e400,'), malformed('/expectedVersion')],
    ['a fraction', () => with_('{', '{"expectedVersion":1.0,'), malformed('/expectedVersion')],
    ['an exponent', () => with_('{', '{"expectedVersion":1e0,'), malformed('/expectedVersion')],
    ['minus zero', () => with_('{', '{"expectedVersion":-0,'), malformed('/expectedVersion')],
    [
      'a large number deep inside',
      () => saying('items', '[{"n":[0,-9007199254740993]}]'),
      malformed('/data/items/0/n/1'),
    ],
  ]);

  test.each([33, 100, 100_000])('as deep as %i levels', async (levels) => {
    const answer = await officer.record(nested(levels));
    expect([answer.status, answer.json()['code']]).toEqual([400, 'malformed-json']);
    const inside = saying('items', nested(levels));
    const { status, text: said } = await officer.record(inside);
    expect(status).toBe(400);
    expect(said.length).toBeLessThan(2_000);
  });
});

describe('A body that cannot be what it says is refused', () => {
  cases('by its headers', [
    ['text', () => text(), unsupported, { 'Content-Type': 'text/plain' }],
    ['a form', () => `a=${planted}`, unsupported, { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['a relative of JSON', () => text(), unsupported, { 'Content-Type': 'application/ld+json' }],
    ['no media type', () => text(), unsupported, { 'Content-Type': '' }],
    ['a malformed media type', () => text(), unsupported, { 'Content-Type': planted }],
    ['another charset', () => text(), unsupported, { 'Content-Type': 'application/json; charset=iso-8859-1' }],
    ['a coding', () => gzipSync(text()), { status: 415, code: 'unsupported-encoding' }, { 'Content-Encoding': 'gzip' }],
    ['an unknown coding', () => text(), { status: 415, code: 'unsupported-encoding' }, { 'Content-Encoding': planted }],
  ]);

  test('when it has no body at all', async () => {
    const refusal = { status: 400, code: 'malformed-request' };
    await refused(running, () => officer.send('POST', '/v1/entries', undefined, {}), refusal);
  });

  test('from the first byte above 256 KiB on', async () => {
    const most = 256 * 1024;
    const exactly = text().padEnd(most - Buffer.byteLength(text()) + text().length);
    await refused(running, () => officer.record(`${exactly} `), { status: 413, code: 'too-large' });
    const chunked = { 'Transfer-Encoding': 'chunked' };
    await refused(running, () => officer.record(`${exactly} `, chunked), { status: 413, code: 'too-large' });
    expect((await officer.record(exactly)).status).toBe(201);
  });
});

describe('An entry that has not the form of its type is refused', () => {
  const outer =
    (name: string, value: unknown): (() => unknown) =>
    () => ({ ...entry(), [name]: value });
  const field =
    (name: string, value: JsonValue): (() => unknown) =>
    () =>
      entry({ [name]: value });

  cases('as a whole', [
    ...[[], [entry()], planted, 7, null, true].map((value): Case => [
      JSON.stringify(value).slice(0, 20),
      () => JSON.stringify(value),
      invalid(''),
    ]),
    ['no member', () => ({}), invalid('/id', '/type', '/occurredAt', '/data')],
    ['an unknown member', outer('agency', planted), invalid('/agency')],
    ['a member of every object', outer('constructor', planted), invalid('/constructor')],
    ['a member with a name that tells', outer(`${planted} has`, 1), invalid('')],
    ['an unknown type', outer('type', planted), invalid('/type')],
    ['a type every object has', outer('type', 'toString'), invalid('/type')],
    ['a type that is a number', outer('type', 7), invalid('/type')],
    ['an id in capitals', () => ({ ...entry(), id: 'ABCDEF00-0000-7000-8000-000000000000' }), invalid('/id')],
    ['an id that is none', outer('id', planted), invalid('/id')],
    ['the nil id', outer('id', '00000000-0000-0000-0000-000000000000'), invalid('/id')],
    ['no exchange', outer('exchange', undefined), invalid('/exchange')],
    ['an exchange that is null', outer('exchange', null), invalid('/exchange')],
    ['an exchange that is none', outer('exchange', planted), invalid('/exchange')],
    ['data that is a list', outer('data', []), invalid('/data')],
    ['data that is text', outer('data', planted), invalid('/data')],
    ['a version below zero', outer('expectedVersion', -1), invalid('/expectedVersion')],
    ['a version that is text', outer('expectedVersion', '1'), invalid('/expectedVersion')],
  ]);

  cases('in its data', [
    ['an unknown field', field('name', planted), invalid('/data/name')],
    ['a field every object has', field('hasOwnProperty', planted), invalid('/data/hasOwnProperty')],
    [
      'a field inside an item',
      field('items', [{ dataCategory: 'exit-progress', colour: planted }]),
      invalid('/data/items/0/colour'),
    ],
    ['a number for text', field('unit', 7), invalid('/data/unit')],
    ['null for text', field('unit', null), invalid('/data/unit')],
    ['an empty text', field('unit', ''), invalid('/data/unit')],
    ['a text too long', field('unit', planted.repeat(20)), invalid('/data/unit')],
    ['a text far too long', field('justification', planted.repeat(2_000)), invalid('/data/justification')],
    ['text for a list', field('items', planted), invalid('/data/items')],
    ['an object for a list', field('items', {}), invalid('/data/items')],
    ['an empty list', field('items', []), invalid('/data/items')],
    [
      'a list too long',
      field('items', Array<JsonObject>(101).fill({ dataCategory: 'health' })),
      invalid('/data/items'),
    ],
    ['a list far too long', field('items', Array<number>(60_000).fill(1)), invalid('/data/items')],
    ['items that are no objects', field('items', [planted, 7]), invalid('/data/items/0', '/data/items/1')],
    ['an unknown code', field('purpose', planted), invalid('/data/purpose')],
    ['an unknown code in an item', field('items', [{ dataCategory: planted }]), invalid('/data/items/0/dataCategory')],
    ['text for a flag', field('subjectInformed', 'true'), invalid('/data/subjectInformed')],
    ['an agency in capitals', field('addressee', 'Youth'), invalid('/data/addressee')],
    ['an unknown reason for what is missing', field('unit', { missing: planted }), invalid('/data/unit')],
    [
      'what is missing with more beside it',
      field('unit', { missing: 'unknown', note: planted }),
      invalid('/data/unit'),
    ],
    ['a day nobody had', field('neededBy', '2026-02-30'), invalid('/data/neededBy')],
  ]);

  test('where a required field is absent', async () => {
    const { subject: _, ...data } = entry().data;
    await refused(running, () => officer.record({ ...entry(), data }), invalid('/data/subject'));
  });

  test('with everything that is wrong at once, up to a hundred faults', async () => {
    const { addressee: _, ...data } = entry({ purpose: planted, items: [] }).data;
    const wrong = { ...entry(), id: 1, data };
    await refused(
      running,
      () => officer.record(wrong),
      invalid('/id', '/data/addressee', '/data/purpose', '/data/items'),
    );
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_value, at) => [`x${at}`, planted]));
    const answer = await officer.record({ ...entry(), data: many });
    expect(answer.json<{ errors: unknown[] }>().errors).toHaveLength(100);
  });

  cases('in its moments', [
    ...[
      '2026-02-30T10:00:00.000Z',
      '2026-11-21T10:00:60.000Z',
      '2026-11-21T10:60:00.000Z',
      '2026-11-21T24:00:00.000Z',
      '2026-11-21T10:00:00.000+01:00',
      '2026-11-21T10:00:00.000',
      '2026-11-21T10:00:00.000z',
      '2026-11-21T10:00:00Z',
      '2026-11-21',
      '+002026-11-21T10:00:00.000Z',
      '2025-02-29T10:00:00.000Z',
      1_795_000_000_000,
    ].map((moment): Case => [String(moment), outer('occurredAt', moment), invalid('/occurredAt')]),
    ['ahead by more than 5 minutes', () => request({ occurredAt: running.clock.in(300_001) }), invalid('/occurredAt')],
  ]);

  test('but not where it occurred up to 5 minutes ahead of the ledger', async () => {
    expect((await officer.record(request({ occurredAt: running.clock.in(300_000) }))).status).toBe(201);
  });

  test('when a registry entry names an exchange', async () => {
    const operator = await running.as('operator', 'host.example');
    const wrong = { ...entryLike('AgencyAdmitted'), exchange: freshId() };
    await refused(running, () => operator.record(wrong), invalid('/exchange'));
  });
});

describe('A leaf of more than 65,535 bytes', () => {
  /** A clause as the catalogue shows it, with texts as long as they may be. */
  const longClause = (index: number): JsonValue => {
    const [clause] = entryLike('AgreementAdopted').data['clauses'] as readonly JsonObject[];
    const long = 'x'.repeat(400);
    return { ...clause, id: `clause-${index}`, retentionTold: long, regimeChangeProvision: long };
  };
  const agreementOf = (clauses: number): EntryBody =>
    entryLike('AgreementAdopted', {
      data: { agreement: `of-${clauses}-clauses`, clauses: Array.from({ length: clauses }, (_, i) => longClause(i)) },
    });

  test('is what an agreement of very many clauses would make: it is refused before anything is stored', async () => {
    await refused(running, () => officer.record(agreementOf(60)), { status: 422, code: 'leaf-too-large' });
    expect((await officer.record(agreementOf(20))).status).toBe(201);
  });

  test('cannot come from an admission: the largest one is recorded', async () => {
    const longest = [...fieldsOf(entryTypes.get('AgencyAdmitted')?.data as never).values()].map(
      ({ name, kind: { schema } }): [string, JsonValue] => {
        if (Array.isArray(schema['enum'])) return [name, String(schema['enum'].at(0))];
        // The control character takes six bytes in a leaf.
        if (name === 'calendar') return [name, 'DE-NW'];
        if (typeof schema['maxLength'] === 'number') return [name, '\u0001'.repeat(schema['maxLength'])];
        return [name, schema['format'] === 'date-time' ? '2026-01-01T00:00:00.000Z' : 'a'.repeat(63)];
      },
    );
    const operator = await running.as('operator', 'host.example');
    const admission = entryLike('AgencyAdmitted', { data: Object.fromEntries(longest) });
    expect((await operator.record(admission)).status).toBe(201);
    const [record] = (await running.ledger.store.read('registry', 0 as never, 1_000)).slice(-1);
    expect(record?.bytes.length).toBeGreaterThan(3_000);
    expect(record?.bytes.length).toBeLessThan(maximumLeafBytes / 10);
  });

  test('nor from the other log, whose leaves hold six commitments at most', async () => {
    await officer.record(entry({ justification: '\u0001'.repeat(4_000) }));
    const records = await running.ledger.store.read('entries', 0 as never, 1_000);
    expect(Math.max(...records.map(({ bytes }) => bytes.length))).toBeLessThan(1_000);
  });
});
