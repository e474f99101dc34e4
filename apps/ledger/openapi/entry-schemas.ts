import { entryTypes, fieldsOf, Missing, missingCodes, type EntryType, type Field, type Nested } from '#catalogue';
import { refersTo } from './described.js';
import { count, instant, oneOf, uuid, type Schema } from './values.js';

const types = [...entryTypes.values()];

/** What entries hold, by name: `Entry`, one schema for each type, and one for each object that stands inside. */
export function entrySchemas(): Readonly<Record<string, Schema>> {
  const refs = types.map(({ name }) => [name, `#/components/schemas/${name}Entry`] as const);
  return {
    Missing: missing,
    ...Object.fromEntries(
      [...modelsWithin(types.map(({ data }) => data))].map((model) => [model.name, dataSchema(model)]),
    ),
    ...Object.fromEntries(types.map((type) => [`${type.name}Entry`, entrySchema(type)])),
    Entry: {
      description: 'What happened, as its sender says. `type` decides which fields `data` has.',
      oneOf: refs.map(([, $ref]) => ({ $ref })),
      discriminator: { propertyName: 'type', mapping: Object.fromEntries(refs) },
    },
  };
}

/** These classes and all that stand inside them. */
function modelsWithin(models: readonly Nested[], found = new Set<Nested>()): ReadonlySet<Nested> {
  for (const model of models) {
    if (found.has(model)) continue;
    found.add(model);
    modelsWithin(
      [...fieldsOf(model).values()].flatMap(({ kind }) => kind.nested ?? []),
      found,
    );
  }
  return found;
}

const missing: Schema = {
  type: 'object',
  properties: { missing: oneOf(missingCodes) },
  required: ['missing'],
  additionalProperties: false,
};

function dataSchema(model: Nested): Schema {
  const fields = [...fieldsOf(model).values()];
  const required = fields.flatMap(({ name, required: isRequired }) => (isRequired ? [name] : []));
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

const fieldSchema = ({ block, kind, said }: Field): Schema => ({
  description: said ? `${said} Block ${block}.` : `Block ${block}.`,
  anyOf: [kind.schema, refersTo(Missing)],
});

const recorders = {
  agency: 'agencies',
  dpo: 'data protection officers, in the name of their agency,',
  operator: 'the operator',
  ledger: 'the ledger itself alone',
};

function entrySchema({ name, title, log, exchange, recordedBy, data }: EntryType): Schema {
  return {
    type: 'object',
    title: title.en,
    description: `Recorded by ${recorders[recordedBy]} in the log \`${log}\`.`,
    additionalProperties: false,
    required: ['id', 'type', ...(exchange === 'required' ? ['exchange'] : []), 'occurredAt', 'data'],
    properties: {
      id: { ...uuid, description: "The sender's own, unique in the whole ledger; version 7 recommended." },
      type: oneOf([name]),
      ...(exchange !== 'none' && { exchange: { ...uuid, description: 'The first entry with it opens the exchange.' } }),
      occurredAt: { ...instant, description: 'When it happened; at most 5 minutes ahead of the ledger.' },
      expectedVersion: { ...count, description: 'Entries the sender believes the exchange to have.' },
      data: refersTo(data),
    },
  };
}
