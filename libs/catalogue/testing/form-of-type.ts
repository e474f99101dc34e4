import { validateSync } from 'class-validator';
import type { BlockName, JsonObject, JsonValue } from '#statement';
import { type Field, fieldsOf } from '../field.js';
import type { Nested } from '../kind.js';
import { isMissing } from '../missing.js';
import { isObject } from '../reading.js';

/** Every field of a class and of what it nests, by its path: `invited.agency`. */
export function fieldPaths(type: Nested, above = ''): ReadonlyMap<string, Field> {
  return new Map(
    [...fieldsOf(type).values()].flatMap((field) => [
      [`${above}${field.name}`, field] as const,
      ...(field.kind.nested ? fieldPaths(field.kind.nested, `${above}${field.name}.`) : []),
    ]),
  );
}

/** The blocks of the named fields of a class. */
export const blocksOfFields = (type: Nested, ...paths: readonly string[]): readonly (BlockName | undefined)[] =>
  paths.map((path) => fieldPaths(type).get(path)?.block);

/** The fields of a class that hold whole sentences. */
export const sentencesIn = (type: Nested): readonly Field[] =>
  [...fieldPaths(type).values()].filter(({ kind }) => Number(kind.schema['maxLength']) > 120);

/** The fields of data, nested ones too, that do not have the form of their class, or stand in no class. */
export function unfitFields(type: Nested, data: JsonObject): readonly string[] {
  const fields = fieldsOf(type);
  const faults = Object.keys(data).filter((name) => !fields.has(name));
  const instance = new type() as Record<string, unknown>;
  for (const { name, required, kind } of fields.values()) {
    const value = data[name];
    if (value === undefined && required) faults.push(name);
    if (value === undefined) continue;
    const { nested } = kind;
    const inside = nested && !isMissing(value) ? [value].flat().filter(isObject) : [];
    if (nested) faults.push(...inside.flatMap((one) => unfitFields(nested, one).map((fault) => `${name}.${fault}`)));
    instance[name] = nested && inside.length > 0 ? shaped(nested, value) : value;
  }
  const errors = validateSync(instance, { forbidUnknownValues: false, skipUndefinedProperties: true });
  return [...new Set([...faults, ...errors.map(({ property }) => property)])];
}

const shaped = (nested: Nested, value: JsonValue): unknown =>
  Array.isArray(value)
    ? value.map((one: unknown) => Object.assign(new nested(), one))
    : Object.assign(new nested(), value);

/** The data as far as block `terms` holds them. */
export const termsOf = (type: Nested, data: JsonObject): JsonObject =>
  Object.fromEntries(
    [...fieldsOf(type).values()].flatMap(({ name, block, kind: { nested } }) => {
      const value = data[name];
      if (value === undefined || block !== 'terms') return [];
      if (!nested || isMissing(value)) return [[name, value]];
      const held = [value]
        .flat()
        .filter(isObject)
        .map((one) => termsOf(nested, one));
      return [[name, Array.isArray(value) ? held : (held[0] ?? {})]];
    }),
  );

/** Every required field said to be missing. */
export const allMissing = (type: Nested): JsonObject =>
  Object.fromEntries(
    [...fieldsOf(type).values()]
      .filter(({ required }) => required)
      .map(({ name }) => [name, { missing: 'unknown' }] as const),
  );
