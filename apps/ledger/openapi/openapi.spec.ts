import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { entryTypes } from '#catalogue';
import { isInstant } from '#kernel';
import type { JsonObject } from '#statement';
import {
  intelligence,
  police,
  recorderOf,
  request,
  typesOfAgencies,
  youthOffice,
} from '../../../test/e2e/sample-entries.js';
import type { Answer, Caller, RecordedAnswer } from '../../../test/support/caller.js';
import { RunningLedger, until } from '../../../test/support/running-ledger.js';
import { apiDocument } from './api-document.js';

interface Media {
  readonly schema?: JsonObject;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: JsonObject }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly headers?: JsonObject; readonly content?: Readonly<Record<string, Media>> }>
  >;
}
interface Described {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonObject>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

const document = JSON.parse(JSON.stringify(await apiDocument())) as Described;
const { schemas, examples } = document.components;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
);
const public_ = ['isLive', 'isReady', 'readDescription'];

/** Answers may come to hold more than is described; here and now they hold exactly that. */
const closed = (schema: JsonObject): JsonObject =>
  'properties' in schema ? { additionalProperties: false, ...schema } : schema;

const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  allErrors: true,
  keywords: ['discriminator', 'components'],
  formats: {
    'date-time': isInstant,
    date: (text: string) => isInstant(`${text}T00:00:00.000Z`),
    uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    uri: /^urn:problem-type:nachweis:[a-z-]+$/,
  },
});
ajv.addSchema({
  $id: 'api:',
  components: { schemas: Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, closed(one)])) },
});

/** Reads a schema of the document as if it stood in it. */
function validator(schema: unknown): ValidateFunction {
  return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api:#/')) as JsonObject);
}

function faultsOf(schema: unknown, value: unknown): unknown {
  const validate = validator(schema);
  return validate(value) ? [] : validate.errors;
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : referencesIn(inner),
  );
}

const resolved = (reference: string): unknown =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((inside, name) => (inside as Record<string, unknown> | undefined)?.[name], document);

const mediaOf = ({ requestBody, responses }: Operation): Media[] => [
  ...Object.values(requestBody?.content ?? {}),
  ...Object.values(responses).flatMap(({ content }) => Object.values(content ?? {})),
];

describe('The document', () => {
  it('refers to nothing that is not in it, and holds no schema that nothing refers to', () => {
    const references = referencesIn(document);
    expect(references.filter((reference) => resolved(reference) === undefined)).toEqual([]);
    const used = new Set(references.map((reference) => reference.split('/').at(-1)));
    expect(Object.keys(schemas).filter((name) => !used.has(name))).toEqual([]);
  });

  it('is sorted, so that the committed one changes only where something has changed', () => {
    for (const names of [Object.keys(document.paths), Object.keys(schemas)]) expect(names).toEqual([...names].sort());
  });

  it('gives every operation an id of its own', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds only schemas that a strict validator understands', () => {
    for (const schema of Object.values(schemas)) expect(() => validator(schema)).not.toThrow();
  });

  it.each(operations)('says of $operationId what it does, for whom, and who may call it', (operation) => {
    const { operationId, summary, description, tags, security } = operation;
    expect(summary).toMatch(/^[A-Z].+[^.]$/);
    expect(description).toContain('**Who may call:**');
    expect(tags).toHaveLength(1);
    expect(document.tags.map(({ name }) => name)).toContain(tags[0]);
    expect(security).toEqual(public_.includes(operationId) ? [] : undefined);
  });

  it.each(operations)('describes every parameter of $operationId', ({ path, parameters }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
    for (const parameter of parameters) {
      expect(parameter).toMatchObject({ description: expect.stringMatching(/\.$/) as string });
      expect(() => validator(parameter.schema)).not.toThrow();
    }
  });

  it.each(operations)('describes every answer of $operationId', ({ operationId, responses }) => {
    expect('401' in responses).toBe(!public_.includes(operationId));
    for (const [status, { content, ...response }] of Object.entries(responses)) {
      expect(response).toMatchObject({ description: expect.stringMatching(/\w/) as string });
      expect(Object.keys(content ?? {})).toHaveLength(1);
      if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
    }
  });

  it.each(operations)('gives only examples of $operationId that are what it says', (operation) => {
    for (const { schema = {}, example, examples: some = {} } of mediaOf(operation)) {
      const shown = Object.values(some).map(
        ({ value, $ref = '' }) => value ?? examples[$ref.split('/').at(-1) ?? '']?.value,
      );
      for (const one of example === undefined ? shown : [...shown, example]) expect(faultsOf(schema, one)).toEqual([]);
    }
  });

  it('has one complete example of every entry type', () => {
    const shown = document.paths['/v1/entries']?.['post']?.requestBody?.content['application/json']?.examples;
    const expected = [...entryTypes.values()].map(({ name, example }) => [name, example]);
    expect(Object.entries(shown ?? {}).map(([name, { value }]) => [name, value])).toEqual(expected);
  });

  it.each([...entryTypes.values()])('describes $name as strictly as it is read', ({ name, example }) => {
    const reference = { $ref: `#/components/schemas/${name}Entry` };
    expect(faultsOf(reference, example)).toEqual([]);
    for (const wrong of [
      { ...example, surprise: 1 },
      { ...example, data: { ...example.data, surprise: 1 } },
      { ...example, data: {} },
      { ...example, type: 'Other' },
      { ...example, id: example.id.toUpperCase() },
      { ...example, occurredAt: '2026-11-22' },
    ]) {
      expect(faultsOf(reference, wrong)).not.toEqual([]);
    }
  });
});

describe('Answers of a ledger are as described', () => {
  const purpose = { 'Access-Purpose': 'lawfulness-check' };
  const witnessed = new Set<string>();
  let running: RunningLedger;
  let callers: Readonly<Record<'officer' | 'dpo' | 'worker' | 'regulator' | 'operator' | 'nobody', Caller>>;

  beforeAll(async () => {
    running = await RunningLedger.start();
    await running.admit(police, youthOffice, intelligence);
    callers = {
      officer: await running.as('agency', police),
      dpo: await running.as('dpo', police),
      worker: await running.as('agency', youthOffice),
      regulator: await running.as('regulator', 'dpa.example', { competentFor: [police, youthOffice] }),
      operator: await running.as('operator', 'host.example'),
      nobody: running.bearing(undefined),
    };
    for (const type of typesOfAgencies) {
      const by = await running.as('agency', recorderOf(type));
      expect((await by.record(entryTypes.get(type)?.example)).status).toBe(201);
    }
    await running.advance();
  });
  afterAll(() => running.remove());

  /** Checks an answer against everything the document says about it. */
  function expectDescribed(operationId: string, answer: Answer): Answer {
    const operation = operations.find((one) => one.operationId === operationId);
    const response = operation?.responses[answer.status];
    expect({ operationId, isDescribed: response !== undefined, status: answer.status }).toEqual({
      operationId,
      isDescribed: true,
      status: answer.status,
    });
    const [[media, { schema }] = ['', {} as Media]] = Object.entries(response?.content ?? {});
    expect(answer.headers['content-type']?.split(';')[0]).toBe(media);
    if (media.endsWith('json')) expect(faultsOf(schema, answer.json())).toEqual([]);
    else if (schema) expect(faultsOf(schema, answer.text)).toEqual([]);
    const described = Object.keys(response?.headers ?? {}).map((name) => name.toLowerCase());
    for (const name of ['location', 'link', 'retry-after', 'preference-applied', 'www-authenticate']) {
      if (name in answer.headers) expect(described).toContain(name);
    }
    witnessed.add(`${operationId} ${answer.status < 300 ? 'answers' : 'refuses'}`);
    return answer;
  }

  const get = async (operationId: string, who: keyof typeof callers, path: string, headers = {}): Promise<Answer> =>
    expectDescribed(operationId, await callers[who].get(path, headers));

  test('when entries are recorded, one or many, again, waited for or refused', async () => {
    const { officer, nobody, worker } = callers;
    const record = async (who: Caller, body: unknown, headers = {}): Promise<Answer> =>
      expectDescribed('recordEntries', await who.record(body, headers));
    const entry = request();
    const { status, headers } = await record(officer, entry);
    expect([status, headers.location]).toEqual([201, `/v1/entries/${entry.id}`]);
    expect((await record(officer, entry)).status).toBe(200);
    await running.advance();
    const waited = await record(officer, entry, { Prefer: 'wait=5' });
    expect(waited.json<RecordedAnswer>().proof).toMatch(/^c2sp/);
    expect(waited.headers['preference-applied']).toBe('wait=5');
    expectDescribed('recordEntries', await officer.batch([request(), request()]));
    const shown = document.paths['/v1/entries']?.['post']?.requestBody?.content['application/x-ndjson']?.examples;
    expect(expectDescribed('recordEntries', await officer.batch(String(shown?.['batch']?.value))).status).toBe(200);
    const refusals = [
      await record(officer, '{"a":1,"a":2}'),
      await record(nobody, entry),
      await record(await running.as('agency', 'unknown.example'), request()),
      await record(callers.regulator, request()),
      await record(await running.as('agency', 'unknown.example'), entry),
      await record(worker, entry),
      await record(officer, request({ exchange: String(entry.exchange), expectedVersion: 7 })),
      await record(officer, { ...entry, surprise: true }),
      await record(officer, entry, { 'Content-Type': 'text/plain' }),
      await record(officer, ' '.repeat(300 * 1024)),
      await record(officer, entry, { Prefer: 'wait=x' }),
      expectDescribed('recordEntries', await officer.batch('\n')),
      expectDescribed('recordEntries', await officer.batch([entry, entry])),
    ];
    expect(refusals.map((answer) => answer.status)).toEqual([
      400, 401, 403, 403, 409, 409, 409, 422, 415, 413, 400, 400, 422,
    ]);
  });

  test.each(typesOfAgencies)('when an entry like the example of %s is read', async (type) => {
    const { id } = entryTypes.get(type)?.example ?? { id: '' };
    const dpo = await running.as('dpo', recorderOf(type));
    const opened = expectDescribed('readEntry', await dpo.get(`/v1/entries/${id}`, purpose)).json();
    expect(opened['opened']).toContain('terms');
    expect(expectDescribed('readEntry', await dpo.get(`/v1/entries/${id}`)).json()).not.toHaveProperty('opened');
    expectDescribed('proveEntry', await dpo.get(`/v1/entries/${id}/proof`));
  });

  test('when an entry is open, unknown, not yet integrated, or looked at for no purpose', async () => {
    const admitted = entryTypes.get('AgencyAdmitted')?.example;
    const mine = { ...admitted, data: { ...admitted?.data, agency: 'clinic.example' } };
    expectDescribed('recordEntries', await callers.operator.record(mine));
    await get('readEntry', 'worker', `/v1/entries/${admitted?.id}`, purpose);
    const fresh = request();
    expectDescribed('recordEntries', await callers.officer.record(fresh));
    expect((await get('readEntry', 'operator', `/v1/entries/${fresh.id}`, purpose)).json()['opened']).toEqual([]);
    const early = await get('proveEntry', 'officer', `/v1/entries/${fresh.id}/proof`);
    expect([early.status, early.headers['retry-after']]).toEqual([404, '1']);
    expect((await get('readEntry', 'officer', '/v1/entries/nonsense')).status).toBe(404);
    expect((await get('readEntry', 'officer', `/v1/entries/${fresh.id}`, { 'Access-Purpose': 'fun' })).status).toBe(
      400,
    );
  });

  test('when an exchange is followed, and what waits is asked for', async () => {
    const exchange = String(entryTypes.get('RequestDecided')?.example.exchange);
    const page = await get('readExchange', 'officer', `/v1/exchanges/${exchange}?limit=2`);
    const next = /^<(.+)>; rel="next"$/.exec(String(page.headers['link']))?.[1];
    await get('readExchange', 'officer', String(next));
    await get('readExchange', 'regulator', `/v1/exchanges/${exchange}`);
    expect((await get('readExchange', 'operator', `/v1/exchanges/${exchange}`)).status).toBe(403);
    expect((await get('readExchange', 'officer', `/v1/exchanges/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await get('readInbox', 'worker', '/v1/inbox?limit=1')).headers['link']).toMatch(/rel="next"$/);
    expect((await get('readInbox', 'regulator', '/v1/inbox')).status).toBe(403);
    expect((await get('readInbox', 'worker', '/v1/inbox?limit=0')).status).toBe(400);
  });

  test('when views are read', async () => {
    const search = (body: unknown, headers = {}): Promise<Answer> =>
      callers.dpo.post('/v1/subject-searches', body, headers);
    const person = { kind: 'subject', value: 'person-19c2' };
    const found = expectDescribed('searchSubject', await search(person, purpose));
    expect(expectDescribed('searchSubject', await search(person)).status).toBe(400);
    expect(expectDescribed('searchSubject', await search({ kind: 'name' }, purpose)).status).toBe(400);
    const handle = String(found.json()['search']);
    await get('listDisclosures', 'dpo', `/v1/views/disclosures?search=${handle}`);
    for (const who of ['dpo', 'regulator', 'operator'] as const) {
      await get('listDisclosures', who, '/v1/views/disclosures?limit=1');
      await get('countFlows', who, '/v1/views/flows?from=2026-01-01T00:00:00.000Z');
      await get('summarise', who, '/v1/views/summary');
      await get('listAccesses', who, '/v1/views/accesses');
    }
    expect((await get('listDisclosures', 'dpo', '/v1/views/disclosures?agency=NO&name=x')).status).toBe(400);
    expect((await get('summarise', 'worker', '/v1/views/summary')).json()['entries']).toBeGreaterThan(0);
  });

  test('when codes, rules and agreements are read', async () => {
    await get('listVocabularies', 'operator', '/v1/vocabularies');
    await get('listVocabularies', 'worker', '/v1/vocabularies?name=legal-basis');
    expect((await get('listVocabularies', 'worker', '/v1/vocabularies?name=people')).status).toBe(400);
    await get('listRules', 'operator', '/v1/rules');
    expect((await get('listRules', 'worker', '/v1/rules?id=LOG-01')).status).toBe(400);
    const adopted = entryTypes.get('AgreementAdopted')?.example;
    expectDescribed('recordEntries', await callers.worker.record(adopted));
    const amended = entryTypes.get('AgreementAmended')?.example;
    expectDescribed('recordEntries', await callers.worker.record(amended));
    const page = await get('listAgreements', 'worker', '/v1/agreements?limit=1');
    await get('listAgreements', 'worker', String(/^<(.+)>; rel="next"$/.exec(String(page.headers['link']))?.[1]));
    expect((await get('listAgreements', 'regulator', '/v1/agreements')).json()['agreements']).toHaveLength(2);
    expect((await get('listAgreements', 'operator', '/v1/agreements')).status).toBe(403);
    expect((await get('listAgreements', 'dpo', '/v1/agreements?at=2020-01-01T00:00:00.000Z')).status).toBe(400);
  });

  test('when a trail is ordered, written and downloaded', async () => {
    await running.advance();
    const order = (who: Caller, body: unknown): Promise<Answer> => who.post('/v1/trails', body, purpose);
    const { headers, status } = expectDescribed('orderTrail', await order(callers.regulator, { log: 'entries' }));
    expect(status).toBe(202);
    const place = String(headers.location);
    await until(async () => (await get('readTrail', 'regulator', place)).json()['state'] === 'done');
    await get('downloadTrail', 'regulator', `${place}/content`);
    expect((await get('readTrail', 'dpo', place)).status).toBe(404);
    expect((await get('downloadTrail', 'dpo', `${place}/content`)).status).toBe(404);
    const refused = [{ log: 'entries' }, { log: 'registry', to: 99 }, { log: 'registry', since: 'x' }];
    const statuses: number[] = [];
    for (const body of refused) statuses.push(expectDescribed('orderTrail', await order(callers.dpo, body)).status);
    expect(statuses).toEqual([403, 422, 400]);
  });

  test('when logs are read', async () => {
    await get('listLogs', 'worker', '/v1/logs');
    await get('readCheckpoint', 'worker', '/v1/logs/entries/checkpoint');
    await get('readTile', 'worker', '/v1/logs/entries/tile/0/000.p/1');
    await get('readTile', 'regulator', '/v1/logs/entries/tile/entries/000.p/1');
    await get('readTile', 'worker', '/v1/logs/registry/tile/entries/000.p/1');
    expect((await get('readTile', 'worker', '/v1/logs/entries/tile/entries/000.p/1')).status).toBe(403);
    expect((await get('readTile', 'worker', '/v1/logs/entries/tile/0/007')).status).toBe(404);
    expect((await get('readCheckpoint', 'worker', '/v1/logs/others/checkpoint')).status).toBe(404);
  });

  test('when the ledger is asked how it is, or what it can do', async () => {
    await get('isLive', 'nobody', '/health/live');
    await get('isReady', 'nobody', '/health/ready');
    await get('readMetrics', 'operator', '/metrics');
    expect((await get('readMetrics', 'dpo', '/metrics')).status).toBe(403);
    expect((await get('readDescription', 'nobody', '/v1/openapi.json')).json()).toEqual(document);
    expect((await callers.nobody.get('/docs')).status).toBe(200);
  });

  test('when nobody is known by the token', async () => {
    for (const { operationId, method, path } of operations.filter((one) => !public_.includes(one.operationId))) {
      const place = path.replace(/\{\w+\}/g, 'x');
      const answer = await callers.nobody.send(method.toUpperCase(), place, undefined, {});
      expect(expectDescribed(operationId, answer).headers['www-authenticate']).toBe('Bearer');
    }
  });

  test('of every operation, at least once when it is well and once when it is not', () => {
    const refusable = operations.map(({ operationId }) => operationId).filter((id) => !public_.includes(id));
    const expected = [
      ...operations.map((one) => `${one.operationId} answers`),
      ...refusable.map((id) => `${id} refuses`),
    ];
    expect([...witnessed].sort()).toEqual(expected.sort());
  });
});
