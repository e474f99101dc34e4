import { readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import { leafIndex, treeSize, type LogName } from '#kernel';
import { asyncApiDocument, checkpointRecord, LeafMac, leafRecord, topics } from '#messaging';
import { checkpointHeaders, entryHeaders, entryLeaf, registryHeaders, registryLeaf } from './record-schemas.js';

const schemas = 'node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json';
const mac = new LeafMac(Buffer.alloc(32, 7));
const golden = JSON.parse(readFileSync('test/vectors/leaves.json', 'utf8')) as Record<LogName, { leaf: string }[]>;

// Formats are named in the specification's own schema, and none of them decides anything here.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const errorsOf = (schema: AnySchema, value: unknown): unknown => {
  const validate = ajv.compile(schema);
  return validate(value) ? null : validate.errors;
};

describe('the AsyncAPI document', () => {
  const specification = JSON.parse(readFileSync(schemas, 'utf8')) as AnySchema;

  it('is valid AsyncAPI 3.0 with Kafka bindings', () => {
    expect(errorsOf(specification, asyncApiDocument())).toBeNull();
  });

  it.each([
    ['an operation that neither sends nor receives', '"send"', '"publish"'],
    ['a topic without partitions', '"partitions":12', '"partitions":0'],
    ['bindings of no version there is', '"bindingVersion":"0.5.0"', '"bindingVersion":"9"'],
  ])('would not be valid with %s', (_, from, to) => {
    const changed = JSON.stringify(asyncApiDocument()).replaceAll(from, to);
    expect(errorsOf(specification, JSON.parse(changed))).not.toBeNull();
  });

  it('describes every topic with its partitions', () => {
    expect(asyncApiDocument()['channels']).toMatchObject(
      Object.fromEntries(
        Object.entries(topics).map(([topic, { partitions }]) => [
          topic,
          { address: topic, bindings: { kafka: { topic, partitions } } },
        ]),
      ),
    );
  });

  it('refers to nothing that is not in it', () => {
    const document = asyncApiDocument();
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    const found = references.map((path) =>
      path
        .split('/')
        .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], document),
    );
    expect(found).toHaveLength(9);
    expect(found).not.toContain(undefined);
  });

  const leaves = (['entries', 'registry'] as const).flatMap((log) =>
    golden[log].map(({ leaf }, place) => ({ log, leaf, place })),
  );

  it.each(leaves)('describes what is sent of $log, leaf $place', ({ log, leaf, place }) => {
    const bytes = Buffer.from(leaf);
    const previous = place === 0 ? null : leafIndex(place - 1);
    const source = { origin: 'ledger.example', log, partition: 0, mac: log === 'entries' ? mac : null };
    const { value, headers } = leafRecord({ ...source, index: leafIndex(place), bytes, previous });
    const described = log === 'entries' ? entryHeaders : registryHeaders;
    expect(errorsOf({ ...described, additionalProperties: false }, headers)).toBeNull();
    expect(errorsOf(log === 'entries' ? entryLeaf : registryLeaf, JSON.parse(value.toString()))).toBeNull();
  });

  it('describes what is sent of tree heads', () => {
    const checkpoint = {
      origin: 'ledger.example',
      log: 'entries',
      size: treeSize(7),
      note: Buffer.from('note'),
    } as const;
    const { headers } = checkpointRecord({ ...checkpoint, traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` });
    expect(errorsOf({ ...checkpointHeaders, additionalProperties: false }, headers)).toBeNull();
  });

  it('would not describe headers that are ours only in part', () => {
    expect(errorsOf(entryHeaders, { ce_specversion: '1.0' })).not.toBeNull();
  });
});
