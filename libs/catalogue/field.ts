import { ValidateBy, ValidateNested } from 'class-validator';
import type { BlockName } from '#statement';
import type { Kind, Nested } from './kind.js';
import { type Given, isMissing } from './missing.js';

/** One field of an entry's data: the block it is sealed in, and what it takes. */
export interface Field {
  readonly name: string;
  readonly block: BlockName;
  readonly required: boolean;
  readonly kind: Kind<unknown>;
  /** What it means, where its name does not say it. */
  readonly said: string | undefined;
}

const declared = new Map<object, Map<string, Field>>();
const inherited = new Map<object, ReadonlyMap<string, Field>>();

/** The fields of a class by name, those it inherits included; a field declared again counts as declared last. */
export function fieldsOf(type: Nested): ReadonlyMap<string, Field> {
  const known = inherited.get(type);
  if (known) return known;
  const fields = new Map([...fieldsAbove(type), ...(declared.get(type) ?? [])]);
  inherited.set(type, fields);
  return fields;
}

function fieldsAbove(type: object): ReadonlyMap<string, Field> {
  const parent: unknown = Object.getPrototypeOf(type);
  return isClass(parent) ? fieldsOf(parent) : new Map<string, Field>();
}

const isClass = (value: unknown): value is Nested => typeof value === 'function' && value !== Function.prototype;

/** `said` states what the field means where its name does not; a field declared again means what it meant before. */
type Declaration = <T>(
  block: BlockName,
  kind: Kind<T>,
  said?: string,
) => <Name extends string>(target: { readonly [name in Name]?: Given<T> }, name: Name) => void;

const field =
  (required: boolean): Declaration =>
  (block, kind, said) =>
  (target, name) => {
    const type = target.constructor;
    const one: Field = { name, block, required, kind, said: said ?? fieldsAbove(type).get(name)?.said };
    declared.set(type, new Map([...(declared.get(type) ?? []), [name, one]]));
    validated(one)(target, name);
    if (kind.nested) ValidateNested()(target, name);
  };

/** Declares a field that must be there: its value or an explicit {@link Missing}. Once a field, nothing else beside it. */
export const Required = field(true);

/** Declares a field that may be absent. */
export const Optional = field(false);

const validated = ({ required, kind }: Field): PropertyDecorator =>
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
