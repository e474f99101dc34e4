import { entryTypes } from '#catalogue';
import {
  document,
  examples,
  faultsOf,
  operations,
  public_,
  schemas,
  validator,
  type Media,
  type Operation,
} from '../../../test/support/described-api.js';

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
      const types = Object.keys(content ?? {}).filter((type) => type !== 'text/csv');
      expect(types).toHaveLength(status === '204' ? 0 : 1);
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
