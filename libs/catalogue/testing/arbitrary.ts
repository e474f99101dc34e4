import fc from 'fast-check';
import type { JsonObject, JsonValue } from '#statement';
import { type Field, fieldsOf } from '../field.js';
import type { Kind, Nested } from '../kind.js';
import { missingCodes } from '../missing.js';

/** Any data a class accepts: every field at random its value, missing or, where it may be, absent. */
export function arbitraryData(type: Nested): fc.Arbitrary<JsonObject> {
  const fields = [...fieldsOf(type).values()];
  return fc.record(Object.fromEntries(fields.map((field) => [field.name, arbitraryField(field, fields)])), {
    requiredKeys: fields.filter(({ required }) => required).map(({ name }) => name),
    noNullPrototype: true,
  });
}

const missing = fc.record({ missing: fc.constantFrom(...missingCodes) }, { noNullPrototype: true });

const arbitraryField = ({ kind }: Field, owner: readonly Field[]): fc.Arbitrary<JsonValue> =>
  fc.oneof({ weight: 5, arbitrary: arbitraryValue(kind, owner) }, { weight: 1, arbitrary: missing });

function arbitraryValue({ schema, element, nested }: Kind<unknown>, owner: readonly Field[]): fc.Arbitrary<JsonValue> {
  if (element) return fc.array(arbitraryValue(element, owner), { minLength: Number(schema['minItems']), maxLength: 4 });
  if (nested) return arbitraryData(nested);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as string[]));
  if (schema['type'] === 'boolean') return fc.boolean();
  if (schema['type'] === 'integer') {
    return fc.integer({ min: Number(schema['minimum']), max: Number.MAX_SAFE_INTEGER });
  }
  if (schema['type'] === 'object') return origins(owner);
  if (schema['format'] === 'uuid') return fc.uuid({ version: 7 });
  const moment = fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true });
  if (schema['format'] === 'date-time') return moment.map((at) => at.toISOString());
  if (schema['format'] === 'date') return moment.map((at) => at.toISOString().slice(0, 10));
  if (typeof schema['pattern'] === 'string') return matching(schema['pattern']);
  return fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter((text) => text.length <= Number(schema['maxLength']) && !text.includes('\u0000'));
}

const origins = (owner: readonly Field[]): fc.Arbitrary<JsonObject> =>
  fc.dictionary(fc.constantFrom(...owner.map(({ name }) => name)), fc.constantFrom('default', 'person'), {
    noNullPrototype: true,
  });

const known = new Map<string, fc.Arbitrary<string>>();

/** Made once per pattern: making one takes far longer than all the texts it gives. */
function matching(pattern: string): fc.Arbitrary<string> {
  const texts = known.get(pattern) ?? fc.stringMatching(new RegExp(pattern));
  known.set(pattern, texts);
  return texts;
}
