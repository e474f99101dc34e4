import { entryTypes } from '#catalogue';
import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { exampleOf, intelligence, police, sentTypes, youthOffice } from './sample-entries.js';

interface Operation {
  readonly operationId?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>
    >;
  };
  readonly responses: Readonly<Record<string, object>>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

let running: RunningLedger;
let nobody: Caller;
let document: Document;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, intelligence);
  nobody = running.bearing(undefined);
  // The example of an assessment is of the example of a check note.
  await running.recordOwn(exampleOf('CheckNoteRaised'));
  document = (await nobody.get('/v1/openapi.json')).json<Document>();
});
afterAll(() => running.remove());

const operations = (): [string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );

/** Every value of a name, however deep. */
function* values(inside: unknown, name: string): Generator<unknown> {
  if (typeof inside !== 'object' || inside === null) return;
  for (const [key, value] of Object.entries(inside)) {
    if (key === name) yield value;
    yield* values(value, name);
  }
}

/** The paths the router answers, as the framework itself prints them. */
function routes(): string[] {
  const printed = running.application
    .getHttpAdapter()
    .getInstance()
    .printRoutes({ commonPrefix: false, includeHooks: false });
  const found: string[] = [];
  const above: string[] = [];
  for (const line of printed.split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \((.*)\))?$/.exec(line) ?? [];
    const depth = indent.length / 4;
    above.splice(depth, Infinity, part);
    for (const method of methods.split(', ').filter((one) => one !== '' && one !== 'HEAD'))
      found.push(`${method} ${above.join('')}`);
  }
  return found;
}

describe('The description of the API', () => {
  test('is OpenAPI 3.1, open to anybody, with a page to read it', async () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Nachweis', version: '1' });
    const page = await nobody.get('/docs');
    expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
  });

  test('has no reference that leads nowhere', () => {
    const references = [...new Set(values(document, '$ref'))].map(String);
    expect(references.length).toBeGreaterThan(20);
    for (const reference of references) {
      const [root, ...steps] = reference.split('/');
      expect(root).toBe('#');
      const target = steps.reduce<unknown>(
        (inside, step) => (inside as Readonly<Record<string, unknown>> | undefined)?.[step],
        document,
      );
      expect([reference, typeof target]).toEqual([reference, 'object']);
    }
    for (const mapping of values(document, 'mapping')) {
      for (const target of Object.values(mapping as object)) expect(references).toContain(target);
    }
  });

  test('names each operation once, with every parameter of its path and at least one answer', () => {
    const ids = operations().map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, { parameters = [], responses }] of operations()) {
      const inPath = [...name.matchAll(/\{([^}]+)\}/g)].map(([, parameter]) => parameter);
      const described = parameters.filter((one) => one.in === 'path');
      expect([name, described.map((one) => one.name)]).toEqual([name, inPath]);
      expect([name, described.every(({ required }) => required === true)]).toEqual([name, true]);
      expect([name, Object.keys(responses).length > 0]).toEqual([name, true]);
    }
  });

  test('describes every path the service answers, and no other', () => {
    const ofThePage = /^GET \/docs/;
    // A wildcard is printed without the segment and the parameter that stand before it.
    const answered = routes()
      .filter((route) => !ofThePage.test(route))
      .map((route) => route.replace(/:(\w+)/g, '{$1}').replace('/v1/logs*', '/v1/logs/{log}/tile/{path}'));
    expect(
      operations()
        .map(([name]) => name)
        .sort(),
    ).toEqual([...new Set(answered)].sort());
  });

  test('shows a complete example of every entry type, by its name', () => {
    const content = document.paths['/v1/entries']?.['post']?.requestBody?.content ?? {};
    const examples = content['application/json']?.examples ?? {};
    expect(Object.keys(examples)).toEqual([...entryTypes.keys()]);
    for (const { name, example } of entryTypes.values()) expect(examples[name]?.value).toEqual(example);
    expect(Object.keys(content)).toEqual(['application/json', 'application/x-ndjson']);
  });

  test.each(sentTypes)('shows an example of %s that is recorded when the %s %s posts it', async (type, role, by) => {
    const shown =
      document.paths['/v1/entries']?.['post']?.requestBody?.content['application/json']?.examples?.[type]?.value;
    expect((await (await running.as(role, by)).record(shown)).status).toBe(201);
  });

  test('says what a problem looks like, wherever a caller must be known', () => {
    expect(Object.keys(document.components['schemas'] ?? {})).toContain('ProblemDocument');
    for (const [name, { responses }] of operations().filter(([, { security }]) => security?.length !== 0)) {
      expect([name, JSON.stringify(responses)]).toEqual([name, expect.stringContaining('application/problem+json')]);
    }
  });
});
