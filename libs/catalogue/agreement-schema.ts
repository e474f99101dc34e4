import { AgreementAdopted } from './entries/agreement-adopted.js';
import { fieldsOf } from './field.js';
import type { Nested, Schema } from './kind.js';
import { Missing, missingCodes } from './missing.js';

/**
 * JSON Schema (2020-12) of an agreement, for editors and for systems that draft one: the data of an `AgreementAdopted`,
 * made from the same declarations that entries are checked by. What fields say together (a clause names only parties, it
 * ends after it begins) no schema can say; `agreementFaults` does.
 */
export function agreementSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:nachweis:agreement',
    title: 'Agreement on the sharing of personal data',
    description:
      'The data of an entry AgreementAdopted. Lengths of texts are counted in UTF-16 code units, dates and codes must exist.',
    ...objectSchema(AgreementAdopted),
    $defs: Object.fromEntries(
      [...nestedIn(AgreementAdopted), Missing]
        .map((type) => [type.name, type === Missing ? missingSchema : objectSchema(type)] as const)
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ),
  };
}

/** `docs/agreement.schema.json` is exactly this text. */
export const agreementSchemaText = (): string => `${JSON.stringify(agreementSchema(), null, 2)}\n`;

const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

const missingSchema: Schema = {
  type: 'object',
  description: 'Stands in a field instead of its value, so that what is open is said to be open.',
  properties: { missing: { type: 'string', enum: missingCodes } },
  required: ['missing'],
  additionalProperties: false,
};

function objectSchema(type: Nested): Schema {
  const fields = [...fieldsOf(type).values()];
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, said, kind: { schema, nested } }) => [
        name,
        {
          ...(said !== undefined && { description: said }),
          anyOf: [nested ? within(schema, nested) : schema, reference(Missing.name)],
        },
      ]),
    ),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

/** The schema of an object or of a list of objects, which refers to where OpenAPI keeps them, with our place instead. */
const within = (schema: Schema, nested: Nested): Schema =>
  '$ref' in schema ? reference(nested.name) : { ...schema, items: reference(nested.name) };

/** Every class that stands somewhere inside. */
function nestedIn(type: Nested, found = new Set<Nested>()): ReadonlySet<Nested> {
  for (const { kind } of fieldsOf(type).values()) {
    if (!kind.nested || found.has(kind.nested)) continue;
    found.add(kind.nested);
    nestedIn(kind.nested, found);
  }
  return found;
}
