import { getSchemaPath } from '@nestjs/swagger';
import { entryTypes, fieldsOf, Missing, type EntryType, type Nested } from '#catalogue';
import { count, instant, oneOf, uuid, type Schema } from './values.js';

const types = [...entryTypes.values()];

/** The classes of what entries hold, to be described beside them. */
export const entryModels: readonly Nested[] = types.map(({ data }) => data);

/** Adds `Entry`, and one schema for each type. */
export function withEntries(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const refs = types.map(({ name }) => [name, `#/components/schemas/${name}Entry`] as const);
  return {
    ...schemas,
    ...Object.fromEntries(types.map((type) => [`${type.name}Entry`, entrySchema(type)])),
    Entry: {
      description: 'What happened, as its sender says. `type` decides which fields `data` has.',
      oneOf: refs.map(([, $ref]) => ({ $ref })),
      discriminator: { propertyName: 'type', mapping: Object.fromEntries(refs) },
    },
  };
}

/** Those classes and all that stand inside them. */
export function entryModelsWithin(
  models: readonly Nested[] = entryModels,
  found = new Set<Nested>([Missing]),
): Set<Nested> {
  for (const model of models) {
    if (found.has(model)) continue;
    found.add(model);
    entryModelsWithin(
      [...fieldsOf(model).values()].flatMap(({ kind }) => kind.nested ?? []),
      found,
    );
  }
  return found;
}

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
      data: { $ref: getSchemaPath(data) },
    },
  };
}
