import { validateSync, type ValidationError } from 'class-validator';
import {
  DomainError,
  type EntryId,
  type ExchangeId,
  exchangeVersion,
  type Fault,
  type Instant,
  isInstant,
  isUuid,
  millisecondsOf,
} from '#kernel';
import type { JsonObject } from '#statement';
import { entryTypes } from './entry-types.js';
import type { EntryType, ValidEntry } from './entry-type.js';
import { type Field, fieldsOf } from './field.js';
import { count, type Kind, longestList, type Nested } from './kind.js';
import { isMissing } from './missing.js';
import { isObject } from './reading.js';
import { hidingFaults } from './visibility.js';

/** Clocks differ: this far ahead of ours an entry may have occurred. */
const furthestAhead = 5 * 60_000;
/** A caller can act on so many faults at once; a hostile body could cause any number. */
const mostFaults = 100;

/** Stands for what has not even the form of a nested value: class-validator would descend into it, however deep or long. */
const unfit = null;

const outerNames = new Set(['id', 'type', 'exchange', 'occurredAt', 'data', 'expectedVersion']);

/**
 * Checks the form of an entry: everything its sender can get wrong alone, all of it at once.
 *
 * @param value what a strict JSON parser made of the sender's text
 * @param now the ledger's time
 * @throws DomainError `invalid-entry` with up to 100 faults
 */
export function validateEntry(value: unknown, now: Instant): ValidEntry {
  if (!isObject(value)) throw invalid([{ pointer: '', detail: 'expected an object' }]);
  const faults: Fault[] = [];
  const { id, type, exchange, occurredAt, data, expectedVersion } = value;
  const known = typeof type === 'string' ? entryTypes.get(type) : undefined;

  for (const name of Object.keys(value)) if (!outerNames.has(name)) faults.push(unknownField('', name));
  if (!isUuid(id)) faults.push({ pointer: '/id', detail: 'expected a lower-case UUID' });
  if (!known) faults.push({ pointer: '/type', detail: 'expected the name of an entry type' });
  if (known) faults.push(...exchangeFaults(known, exchange));
  faults.push(...momentFaults(occurredAt, now));
  if (expectedVersion !== undefined && !count.accepts(expectedVersion, Object)) {
    faults.push({ pointer: '/expectedVersion', detail: `expected ${count.expects}` });
  }
  if (!isObject(data)) faults.push({ pointer: '/data', detail: 'expected an object' });
  else if (known) faults.push(...dataFaults(known, data));

  if (faults.length > 0) throw invalid(faults);
  return {
    id: id as EntryId,
    type: type as string,
    exchange: (exchange ?? null) as ExchangeId | null,
    occurredAt: occurredAt as Instant,
    data: data as ValidEntry['data'],
    expectedVersion: typeof expectedVersion === 'number' ? exchangeVersion(expectedVersion) : null,
  };
}

const invalid = (faults: readonly Fault[]): DomainError =>
  new DomainError('invalid-entry', 'the entry does not have the form of its type', faults.slice(0, mostFaults));

function exchangeFaults({ name, exchange: rule }: EntryType, exchange: unknown): readonly Fault[] {
  const pointer = '/exchange';
  if (exchange === undefined) {
    return rule === 'required' ? [{ pointer, detail: `required: ${name} belongs to an exchange` }] : [];
  }
  if (rule === 'none') return [{ pointer, detail: `${name} belongs to no exchange` }];
  return isUuid(exchange) ? [] : [{ pointer, detail: 'expected a lower-case UUID' }];
}

function momentFaults(occurredAt: unknown, now: Instant): readonly Fault[] {
  const pointer = '/occurredAt';
  if (!isInstant(occurredAt))
    return [{ pointer, detail: 'expected an existing instant like 2026-11-22T10:00:00.123Z' }];
  const ahead = millisecondsOf(occurredAt) - millisecondsOf(now);
  return ahead > furthestAhead ? [{ pointer, detail: 'more than 5 minutes ahead of the ledger' }] : [];
}

/**
 * What is wrong with the data of an entry: faults of form or, where there are none, what its type knows to contradict
 * itself. Pointers are those of the entry, `/data/…`.
 */
export function dataFaults(type: EntryType, data: JsonObject): readonly Fault[] {
  const faults = formFaults(type.data, data);
  if (faults.length > 0) return faults;
  return [...hidingFaults(data), ...(type.faults?.(data, entryTypes) ?? [])].map(({ pointer, detail }) => ({
    pointer: `/data${pointer}`,
    detail,
  }));
}

function formFaults(type: Nested, data: object): readonly Fault[] {
  const faults: Fault[] = [];
  const instance = instantiate(type, data, '/data', faults);
  const errors = validateSync(instance, {
    forbidUnknownValues: false,
    skipUndefinedProperties: true,
    validationError: { target: false },
  });
  collect(errors, '/data', fieldsOf(type), faults);
  return faults;
}

/**
 * Makes the class-validator instance of a plain object, and names the fields it does not declare and those it lacks:
 * class-validator then looks at what is there, not at everything that could be. What is undeclared is never copied or descended into, so neither `__proto__` nor depth does harm.
 */
function instantiate(type: Nested, plain: object, pointer: string, faults: Fault[]): object {
  const fields = fieldsOf(type);
  const instance = new type() as Record<string, unknown>;
  for (const [name, value] of Object.entries(plain)) {
    const field = fields.get(name);
    if (!field) faults.push(unknownField(pointer, name));
    else instance[name] = convert(field.kind, value, `${pointer}/${name}`, faults);
  }
  for (const { name, required } of fields.values()) {
    if (required && instance[name] === undefined) {
      faults.push({ pointer: `${pointer}/${name}`, detail: 'required: give a value or {missing}' });
    }
  }
  return instance;
}

function convert({ nested, element }: Kind<unknown>, value: unknown, pointer: string, faults: Fault[]): unknown {
  if (!nested || isMissing(value)) return value;
  if (!element) return isObject(value) ? instantiate(nested, value, pointer, faults) : unfit;
  if (!Array.isArray(value) || value.length > longestList) return unfit;
  return value.map((one: unknown, index) =>
    isObject(one) ? instantiate(nested, one, `${pointer}/${index}`, faults) : unfit,
  );
}

/** Names a field only where the name itself can be repeated: a key may hold anything. */
const unknownField = (pointer: string, name: string): Fault => ({
  pointer: /^[\w-]{1,64}$/.test(name) ? `${pointer}/${name}` : pointer,
  detail: 'unknown field',
});

function collect(
  errors: readonly ValidationError[],
  pointer: string,
  fields: ReadonlyMap<string, Field>,
  faults: Fault[],
): void {
  for (const { property, value, constraints, children } of errors) {
    const kind = fields.get(property)?.kind;
    const here = `${pointer}/${property}`;
    const wrong = elementFaults(kind, value, here);
    if (wrong.length > 0) faults.push(...wrong);
    else if (constraints?.['field']) faults.push({ pointer: here, detail: constraints['field'] });
    if (!kind?.nested || !children) continue;
    const inside = fieldsOf(kind.nested);
    if (!kind.element) collect(children, here, inside, faults);
    else for (const child of children) collect(child.children ?? [], `${here}/${child.property}`, inside, faults);
  }
}

/** The elements of a list that are wrong themselves; none when the list is wrong as a whole. */
function elementFaults(kind: Kind<unknown> | undefined, value: unknown, pointer: string): readonly Fault[] {
  const element = kind?.element;
  if (!element || !Array.isArray(value) || value.length > longestList) return [];
  return value.flatMap((one: unknown, index) =>
    element.accepts(one, Object) ? [] : [{ pointer: `${pointer}/${index}`, detail: `expected ${element.expects}` }],
  );
}
