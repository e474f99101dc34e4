import { entryTypes, fieldsOf, type Field } from '#catalogue';
import type { BlockName, JsonObject, JsonValue } from '#statement';
import { exampleOf } from './sample-entries.js';

/** Entry data with a text nobody else would write wherever the catalogue lets a block hold text. */
export interface Planting {
  readonly data: JsonObject;
  /** what was planted, by the block it is sealed in */
  readonly texts: ReadonlyMap<string, BlockName>;
}

/** All that is planted ends with it, so that one look tells where nothing of it lies. */
export const familyName = 'Wiesengrund';

let planted = 0;

/** Plants in every block but `terms`, whose content views may hold. */
export function plant(type: string): Planting {
  const texts = new Map<string, BlockName>();
  const fresh = (block: BlockName): string => {
    const text = `Kaethe${(planted += 1)}${familyName}`;
    texts.set(text, block);
    return text;
  };
  const { data } = exampleOf(type);
  return { data: planting(entryTypes.get(type)?.data as never, data, fresh), texts };
}

type Fresh = (block: BlockName) => string;

function planting(type: Parameters<typeof fieldsOf>[0], example: JsonObject, fresh: Fresh): JsonObject {
  const values = [...fieldsOf(type).values()].flatMap((field): [string, JsonValue][] => {
    const value = valueFor(field, example[field.name], fresh);
    return value === undefined ? [] : [[field.name, value]];
  });
  return { ...example, ...Object.fromEntries(values) };
}

function valueFor({ kind, block }: Field, given: JsonValue | undefined, fresh: Fresh): JsonValue | undefined {
  const { nested, element } = kind;
  if (nested) {
    if (Array.isArray(given)) return given.map((one) => planting(nested, one as JsonObject, fresh));
    return given === undefined ? undefined : planting(nested, given as JsonObject, fresh);
  }
  if (block === 'terms') return given;
  if (element) return isText(element.schema) ? [fresh(block), fresh(block)] : given;
  return isText(kind.schema) ? fresh(block) : given;
}

const isText = (schema: Readonly<Record<string, unknown>>): boolean =>
  schema['type'] === 'string' && typeof schema['maxLength'] === 'number';

/** The forms in which a text could lie in a file: as it is, in UTF-16, in hexadecimal, and in Base64 at any offset. */
export function formsOf(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url');
    // The characters at both ends also depend on what stands beside the text.
    return shifted.slice(offset === 0 ? 0 : offset + 1, -2);
  });
  return [bytes, Buffer.from(text, 'utf16le'), ...[hex, hex.toUpperCase(), ...base64].map((form) => Buffer.from(form))];
}
