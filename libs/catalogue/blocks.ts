import { type BlockName, type Blocks, blockNames, type JsonObject, type JsonValue } from '#statement';
import { entryTypes } from './entry-types.js';
import type { EntryType, ValidEntry } from './entry-type.js';
import { type Field, fieldsOf } from './field.js';
import type { Nested } from './kind.js';
import { isMissing } from './missing.js';
import { isObject } from './reading.js';

/** One term of the vault's blind index. */
export interface IndexTerm {
  readonly kind: 'case' | 'subject';
  readonly value: string;
}

/** A type or a version of its data that this catalogue cannot read. */
export class UnknownDataVersion extends Error {
  override readonly name = 'UnknownDataVersion';
}

type Building = Record<string, JsonValue>;
type Parts = Partial<Record<BlockName, Building>>;
type Fields = ReadonlyMap<string, Field>;

/** Names in block `terms` that are no fields of the data. */
export const reservedNames = ['type', 'dataVersion', 'exchange', 'occurredAt', 'present'] as const;

/**
 * Splits what an entry says into its blocks; blocks without any field are absent. Lists of objects become lists of
 * equal length in every block that one of their fields belongs to. In `terms`, each object names under `present` the
 * fields of other blocks but `withheld` that have a value, and the entry itself also the codes of its type, so that
 * rules need to read `terms` only.
 */
export function blocksOf({ type: name, exchange, occurredAt, data }: ValidEntry): Blocks {
  const type = typeOf(name);
  const parts = split(fieldsOf(type.data), data, type.codes?.(data));
  const wrapper = { type: name, dataVersion: type.dataVersion, ...(exchange !== null && { exchange }), occurredAt };
  return { ...parts, terms: { ...wrapper, ...parts.terms } };
}

/**
 * The data as far as the given blocks hold it. With every block of an entry it is the data that was sent.
 *
 * @throws UnknownDataVersion
 */
export function dataOf(name: string, blocks: Blocks): JsonObject {
  return merge(fieldsOf(typeOf(name).data), Object.values(blocks));
}

/** What the blind index finds an entry by. */
export function indexTermsOf({ data }: Pick<ValidEntry, 'data'>): readonly IndexTerm[] {
  return (['case', 'subject'] as const).flatMap((kind) => {
    const value = data[kind];
    return typeof value === 'string' ? [{ kind, value }] : [];
  });
}

/**
 * Brings stored blocks to the present version of their type: the one place for changes of form. Stored bytes never
 * change.
 *
 * @throws UnknownDataVersion
 */
export function upcast(name: string, dataVersion: number, blocks: Blocks): Blocks {
  if (dataVersion !== typeOf(name).dataVersion) {
    throw new UnknownDataVersion(`${name} has no data version ${dataVersion}`);
  }
  return blocks;
}

function typeOf(name: string): EntryType {
  const type = entryTypes.get(name);
  if (!type) throw new UnknownDataVersion(`unknown entry type ${name}`);
  return type;
}

function split(fields: Fields, value: JsonObject, codes: readonly string[] = []): Parts {
  const parts: Parts = {};
  const present = new Set(codes);
  for (const [name, given] of Object.entries(value)) {
    const field = fields.get(name);
    if (!field) continue;
    const { block, kind } = field;
    if (kind.nested && !isMissing(given)) {
      for (const [part, held] of Object.entries(splitNested(kind.nested, block, given))) put(parts, part, name, held);
      continue;
    }
    put(parts, block, name, given);
    // That something is withheld from the person concerned would be told along with the terms.
    if (block !== 'terms' && block !== 'withheld' && !isMissing(given)) present.add(name);
  }
  if (present.size > 0) put(parts, 'terms', 'present', [...present].sort());
  return parts;
}

/** Nested values by block. The field's own block always has its part, so that an empty list is kept. */
function splitNested(type: Nested, block: BlockName, given: JsonValue): Readonly<Record<string, JsonValue>> {
  const fields = fieldsOf(type);
  const parts = elementsOf(given).map((element) => split(fields, element));
  const blocks = blockNames.filter((name) => name === block || parts.some((part) => part[name]));
  return Object.fromEntries(
    blocks.map((name) => {
      const held = parts.map((part) => part[name] ?? {});
      return [name, Array.isArray(given) ? held : (held[0] ?? {})];
    }),
  );
}

const put = (parts: Parts, block: string, name: string, value: JsonValue): void => {
  (parts[block as BlockName] ??= {})[name] = value;
};

function merge(fields: Fields, parts: readonly JsonObject[]): JsonObject {
  const merged: Building = {};
  for (const { name, kind } of fields.values()) {
    const held = parts.map((part) => part[name]).filter((value) => value !== undefined);
    const first = held[0];
    if (first === undefined) continue;
    merged[name] = kind.nested && !isMissing(first) ? mergeNested(fieldsOf(kind.nested), held) : first;
  }
  return merged;
}

function mergeNested(fields: Fields, held: readonly JsonValue[]): JsonValue {
  if (!Array.isArray(held[0])) return merge(fields, held.filter(isObject));
  const lists = held.map(elementsOf);
  const length = Math.max(...lists.map((list) => list.length));
  return Array.from({ length }, (_, index) =>
    merge(
      fields,
      lists.map((list) => list[index] ?? {}),
    ),
  );
}

const elementsOf = (value: JsonValue): readonly JsonObject[] =>
  (Array.isArray(value) ? value : [value]).filter(isObject);
