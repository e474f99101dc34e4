import type { Fault } from '#kernel';
import type { BlockName, JsonObject } from '#statement';
import type { EntryType } from './entry-type.js';
import { fieldsOf } from './field.js';
import { instant, type Kind, type Nested, uuid } from './kind.js';
import { linesOf } from './lines-of.js';
import { textIn } from './reading.js';

/** The fields of a correction that hold wrong and right values, and the block whose fields each of them corrects. */
const blockOf: Readonly<Record<string, BlockName>> = {
  inTerms: 'terms',
  inPeople: 'people',
  inTold: 'told',
  inStaff: 'staff',
  inReasons: 'reasons',
  inWithheld: 'withheld',
};

/** What takes a value somewhere in an entry. */
interface Taking {
  readonly kind: Kind<unknown>;
  readonly owner: Nested;
}

/** What stands beside the data, in block `terms`, and may be wrong like a field of it. */
const besideData: ReadonlyMap<string, Taking> = new Map([
  ['/occurredAt', { kind: instant, owner: Object }],
  ['/exchange', { kind: uuid, owner: Object }],
]);

/**
 * What a correction says in a block that no field of any entry can have there: a place that no type has in this block,
 * or a text that neither a field at this place takes nor its lines. Whoever reads one block would otherwise be told what
 * belongs to another. Which entry is corrected is not asked: it may not be recorded yet.
 */
export const correctionFaults = (data: JsonObject, types: ReadonlyMap<string, EntryType>): readonly Fault[] =>
  Object.entries(blockOf).flatMap(([name, block]) =>
    linesOf(data[name]).flatMap((line, index) =>
      lineFaults(line, block, types).map(({ pointer, detail }) => ({
        pointer: `/${name}/${index}/${pointer}`,
        detail,
      })),
    ),
  );

function lineFaults(line: JsonObject, block: BlockName, types: ReadonlyMap<string, EntryType>): readonly Fault[] {
  const place = textIn(line, 'field');
  if (place === null) return [];
  const takings = takingsAt(place, block, types);
  const [first] = takings;
  if (first === undefined) return [{ pointer: 'field', detail: `no entry has this field in its block ${block}` }];
  const wrong = ['was', 'right'].filter((name) => {
    const text = textIn(line, name);
    return text !== null && !takings.some((one) => takes(one, text));
  });
  if (wrong.length > 0 && first.kind.nested)
    return [{ pointer: 'field', detail: 'say which part, like /items/1/asOf' }];
  return wrong.map((pointer) => ({ pointer, detail: `expected ${expects(first.kind)}` }));
}

function takingsAt(place: string, block: BlockName, types: ReadonlyMap<string, EntryType>): readonly Taking[] {
  const beside = block === 'terms' ? besideData.get(place) : undefined;
  const steps = place.slice(1).split('/');
  return [
    ...(beside === undefined ? [] : [beside]),
    ...[...types.values()].filter(isCorrectable).flatMap(({ data }) => takingAt(data, steps, block) ?? []),
  ];
}

/** Nobody corrects what the ledger or its operator says; what is registered is amended. */
const isCorrectable = ({ log, recordedBy }: EntryType): boolean =>
  log === 'entries' && (recordedBy === 'agency' || recordedBy === 'dpo');

function takingAt(owner: Nested, [name = '', ...below]: readonly string[], block: BlockName): Taking | null {
  const field = fieldsOf(owner).get(name);
  if (field === undefined) return null;
  const isIndexed = field.kind.element !== undefined && /^\d+$/.test(below[0] ?? '');
  const kind = (isIndexed ? field.kind.element : undefined) ?? field.kind;
  const inside = isIndexed ? below.slice(1) : below;
  if (inside.length === 0) return field.block === block ? { kind, owner } : null;
  return kind.nested === undefined || kind.element !== undefined ? null : takingAt(kind.nested, inside, block);
}

/**
 * A correction has text only. Counts and flags are corrected in words as they are written in JSON, a list as a whole by
 * its elements with commas between them.
 */
function takes({ kind, owner }: Taking, text: string): boolean {
  const { element } = kind;
  if (element) return text.split(',').every((one) => takes({ kind: element, owner }, one.trim()));
  const said = [text, ...(text === String(Number(text)) ? [Number(text)] : []), flags.get(text) ?? []].flat();
  return said.some((value) => kind.accepts(value, owner));
}

const expects = ({ element, expects: whole }: Kind<unknown>): string =>
  element ? `${element.expects}, or several with commas between them` : whole;

const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);
