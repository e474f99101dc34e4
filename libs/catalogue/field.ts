import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ValidateBy, ValidateNested } from 'class-validator';
import type { BlockName } from '#statement';
import type { Kind, Nested } from './kind.js';
import { type Given, isMissing, Missing } from './missing.js';

/** One field of an entry's data: the block it is sealed in, and what it takes. */
export interface Field {
  readonly name: string;
  readonly block: BlockName;
  readonly required: boolean;
  readonly kind: Kind<unknown>;
}

const declared = new Map<object, Map<string, Field>>();
const inherited = new Map<object, ReadonlyMap<string, Field>>();

/** The fields of a class by name, those it inherits included; a field declared again counts as declared last. */
export function fieldsOf(type: Nested): ReadonlyMap<string, Field> {
  const known = inherited.get(type);
  if (known) return known;
  const parent: unknown = Object.getPrototypeOf(type);
  const above = isClass(parent) ? fieldsOf(parent) : new Map<string, Field>();
  const fields = new Map([...above, ...(declared.get(type) ?? [])]);
  inherited.set(type, fields);
  return fields;
}

const isClass = (value: unknown): value is Nested => typeof value === 'function' && value !== Function.prototype;

/** `said` states what the field means where its name does not. */
type Declaration = <T>(
  block: BlockName,
  kind: Kind<T>,
  said?: string,
) => <Name extends string>(target: { readonly [name in Name]?: Given<T> }, name: Name) => void;

const field =
  (required: boolean): Declaration =>
  (block, kind, said) =>
  (target, name) => {
    const fields = declared.get(target.constructor) ?? new Map<string, Field>();
    declared.set(target.constructor, fields.set(name, { name, block, required, kind }));
    validated(required, kind)(target, name);
    if (kind.nested) ValidateNested()(target, name);
    described(block, required, kind, said)(target, name);
  };

/** Declares a field that must be there: its value or an explicit {@link Missing}. Once a field, nothing else beside it. */
export const Required = field(true);

/** Declares a field that may be absent. */
export const Optional = field(false);

const validated = (required: boolean, kind: Kind<unknown>): PropertyDecorator =>
  ValidateBy({
    name: 'field',
    validator: {
      validate: (value: unknown, said) => {
        if (value === undefined) return !required;
        return kind.accepts(value, said?.object.constructor as Nested) || isMissing(value);
      },
      defaultMessage: (said) =>
        said?.value === undefined ? 'required: give a value or {missing}' : `expected ${kind.expects}`,
    },
  });

function described(block: BlockName, required: boolean, kind: Kind<unknown>, said?: string): PropertyDecorator {
  const models = kind.nested ? [Missing, kind.nested] : [Missing];
  const property = ApiProperty({
    required,
    description: said ? `${said} Block ${block}.` : `Block ${block}.`,
    oneOf: [kind.schema, { $ref: getSchemaPath(Missing) }],
  });
  return (target, name) => {
    ApiExtraModels(...models)(target.constructor);
    property(target, name);
  };
}
