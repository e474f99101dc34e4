import { ApiProperty, type OpenAPIObject } from '@nestjs/swagger';
import { vocabularies } from '#catalogue';

/** A schema of OpenAPI 3.1, or a reference to one. */
export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** What {@link ApiProperty} takes: a schema, or a class that stands for one. */
type Value = object;

const member =
  (required: boolean) =>
  (value: Value, description: string): PropertyDecorator =>
    ApiProperty({ ...value, description, required });

/** A member every answer has. */
export const Always = member(true);

/** A member that some answers have; the description says which. */
export const Sometimes = member(false);

export const text = { type: 'string' };
export const flag = { type: 'boolean' };
export const uuid = {
  type: 'string',
  format: 'uuid',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
};
export const instant = {
  type: 'string',
  format: 'date-time',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
};
export const agency = { type: 'string', pattern: '^[a-z0-9.-]{1,63}$' };
export const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
/** A SHA-256 of the tree, in base64. */
export const treeHash = { type: 'string', pattern: '^[A-Za-z0-9+/]{43}=$' };
/** A SHA-256 of a sealed block, in base64url (RFC 9901). */
export const blockDigest = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' };

export const oneOf = (codes: Iterable<string>): { readonly type: string; readonly enum: string[] } => ({
  type: 'string',
  enum: [...codes],
});
/** The codes of a closed list. */
export const codesOf = (vocabulary: string): Iterable<string> => vocabularies.get(vocabulary)?.terms.keys() ?? [];

export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
