import { isAgencyId, isInstant, isUuid } from '#kernel';
import type { Vocabulary } from './vocabulary.js';

/** The class of a nested object: its fields are declared as an entry's fields are, each with a block of its own. */
export type Nested<T extends object = object> = new () => T;

/** OpenAPI 3.1 schema of a value. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a field's value may be: one predicate, one short sentence for the fault, one OpenAPI schema. */
export interface Kind<T> {
  /** Names the type only; never set. */
  readonly value?: T;
  /** @param owner the class that declares the field */
  accepts(value: unknown, owner: Nested): boolean;
  /** Ends a fault's detail "expected …". */
  readonly expects: string;
  readonly schema: Schema;
  /** The class of the nested object or of each object of the list. */
  readonly nested?: Nested;
  /** The kind of each element, where the value is a list. */
  readonly element?: Kind<unknown>;
}

/** Lists hold at most this many elements. */
export const longestList = 100;

const scalar = <T>(accepts: (value: unknown) => boolean, expects: string, schema: Schema): Kind<T> => ({
  accepts,
  expects,
  schema,
});

const matching = (form: RegExp, expects: string): Kind<string> =>
  scalar((value) => typeof value === 'string' && form.test(value), expects, { type: 'string', pattern: form.source });

/** Free text of 1 to `longest` UTF-16 code units. PostgreSQL cannot hold U+0000, RFC 8785 no lone surrogates. */
export const text = (longest: number): Kind<string> =>
  scalar(
    (value) =>
      typeof value === 'string' &&
      value.length > 0 &&
      value.length <= longest &&
      value.isWellFormed() &&
      !value.includes('\u0000'),
    `text of 1 to ${longest} characters without U+0000 and lone surrogates`,
    { type: 'string', minLength: 1, maxLength: longest },
  );

/** A pseudonym, a reference, the name of a unit or a tool. */
export const reference = text(120);
/** A provision of law, a short note. */
export const line = text(400);
/** The reasons a person writes. */
export const prose = text(4000);

export const agency: Kind<string> = scalar(isAgencyId, 'an agency id', {
  type: 'string',
  pattern: '^[a-z0-9.-]{1,63}$',
});
export const instant: Kind<string> = scalar(isInstant, 'an existing instant like 2026-11-22T10:00:00.123Z', {
  type: 'string',
  format: 'date-time',
});
export const uuid: Kind<string> = scalar(isUuid, 'a lower-case UUID', { type: 'string', format: 'uuid' });
export const date: Kind<string> = scalar(
  (value) => typeof value === 'string' && value.length === 10 && isInstant(`${value}T00:00:00.000Z`),
  'an existing date like 2026-11-22',
  { type: 'string', format: 'date' },
);
export const count: Kind<number> = scalar(
  (value) => Number.isSafeInteger(value) && Number(value) >= 0 && !Object.is(value, -0),
  'a whole number from 0 to 2^53 - 1',
  { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
);
export const flag: Kind<boolean> = scalar((value) => typeof value === 'boolean', 'true or false', { type: 'boolean' });
/** W3C Trace Context, version 00. */
export const traceparent = matching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/, 'a W3C traceparent of version 00');
/** A SHA-256 or an HMAC of 32 bytes. */
export const digest = matching(/^[A-Za-z0-9_-]{43}$/, 'base64url of 32 bytes');
/** ISO 3166-1 alpha-2. */
export const country = matching(/^[A-Z]{2}$/, 'a country of two capital letters');

/** A code of a closed list, or of those named in `only`. */
export function code({ name, terms }: Vocabulary, only?: readonly string[]): Kind<string> {
  const codes = new Set(only ?? terms.keys());
  return scalar((value) => typeof value === 'string' && codes.has(value), `a code of the vocabulary ${name}`, {
    type: 'string',
    enum: [...codes],
  });
}

/** A nested object, described under the name of its class. */
export const nested = <T extends object>(type: Nested<T>): Kind<T> => ({
  accepts: (value) => value instanceof type,
  expects: 'an object',
  schema: { $ref: `#/components/schemas/${type.name}` },
  nested: type,
});

/** A list of at least `shortest` elements, and of up to 100 where nothing else is said. */
export const list = <T>(element: Kind<T>, shortest = 0, longest = longestList): Kind<readonly T[]> => ({
  accepts: (value, owner) =>
    Array.isArray(value) &&
    value.length >= shortest &&
    value.length <= longest &&
    value.every((one) => element.accepts(one, owner)),
  expects: `a list of ${shortest} to ${longest} elements`,
  schema: { type: 'array', items: element.schema, minItems: shortest, maxItems: longest },
  element,
  ...(element.nested && { nested: element.nested }),
});
