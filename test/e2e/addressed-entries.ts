import { entryTypes, fieldsOf, type EntryBody, type Field } from '#catalogue';
import type { BlockName, JsonObject, JsonValue } from '#statement';
import { addressed, own } from './audience-table.js';
import { plant } from './planted.js';
import { entryLike, freshId } from './sample-entries.js';

export interface Planted {
  readonly entry: EntryBody;
  readonly markers: ReadonlyMap<string, BlockName>;
}

/** Every agency that a type names becomes the addressed one; of the ledger's own, the one it speaks of is the own. */
function named(type: Parameters<typeof fieldsOf>[0], data: JsonObject, agency: string): JsonObject {
  const fields = fieldsOf(type);
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => {
      const field = fields.get(name);
      return [name, field === undefined ? value : renamed(field, value, agency)];
    }),
  );
}

const isAgency = (schema: Readonly<Record<string, unknown>>): boolean => schema['pattern'] === '^[a-z0-9.-]{1,63}$';

function renamed({ kind }: Field, value: JsonValue, agency: string): JsonValue {
  const { nested, element } = kind;
  if (nested && Array.isArray(value)) {
    return value.map((one) => named(nested, one as JsonObject, agency));
  }
  if (nested) return named(nested, value as JsonObject, agency);
  if (element && isAgency(element.schema)) return [agency];
  return isAgency(kind.schema) ? agency : value;
}

/** An entry of a type with a text of its own in every block, in an exchange of its own. */
export function planted(type: string, visibility: 'open' | 'restricted'): Planted {
  const known = entryTypes.get(type);
  if (known === undefined) throw new Error(`no entry type ${type}`);
  const { data, texts } = plant(type);
  const isOfAgency = known.recordedBy === 'agency' || known.recordedBy === 'dpo';
  const more = {
    ...(fieldsOf(known.data).has('visibility') && type !== 'SealedEntryRecorded' && { visibility }),
    ...(type === 'LedgerAccessed' && { owner: addressed }),
    ...(type === 'ExportIssued' && { owners: [addressed] }),
    ...(type === 'CheckNoteAssessed' && { note: { missing: 'unknown' } }),
    // One of what is not recorded yet exists for nobody else.
    ...(type === 'EntryCorrected' && { corrects: { missing: 'unknown' } }),
  };
  const entry = entryLike(type, { ...(known.exchange !== 'none' && { exchange: freshId() }) });
  return {
    entry: { ...entry, data: { ...named(known.data, data, isOfAgency ? addressed : own), ...more } },
    markers: texts,
  };
}
