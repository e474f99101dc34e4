import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { isInstant } from '#kernel';
import type { JsonObject } from '#statement';
import { apiDocument } from '../../apps/ledger/openapi/api-document.js';

/** What a part of the document says of a body. */
export interface Media {
  readonly schema?: JsonObject;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;
}
export interface Operation {
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
export interface Described {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonObject>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

/** The document as it is served. */
export const document = JSON.parse(JSON.stringify(await apiDocument())) as Described;
export const { schemas, examples } = document.components;
export const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
);
/** Operations anybody may call. */
export const public_ = ['isLive', 'isReady', 'readDescription'];

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

const validators = new Map<string, ValidateFunction>();

/** Reads a schema of the document as if it stood in it. */
export function validator(schema: unknown): ValidateFunction {
  const text = JSON.stringify(schema).replaceAll('"#/', '"api:#/');
  const known = validators.get(text) ?? ajv.compile(JSON.parse(text) as JsonObject);
  validators.set(text, known);
  return known;
}

/** What of a value is not as a schema of the document says. */
export function faultsOf(schema: unknown, value: unknown): unknown {
  const validate = validator(schema);
  return validate(value) ? [] : validate.errors;
}
