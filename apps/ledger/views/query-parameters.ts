import { isAgencyId, isInstant, isUuid, DomainError, type AgencyId, type Fault, type Instant } from '#kernel';
import { unknownNames } from '../unknown-names.js';

/** How one query parameter is read. @throws RangeError when the text is not of the form */
export interface Parameter<Value> {
  readonly form: string;
  readonly read: (text: string) => Value;
}

type Read<Parameters> = {
  readonly [Name in keyof Parameters]?: Parameters[Name] extends Parameter<infer Value> ? Value : never;
};

/** More than anybody types, less than a server minds. */
const longestValue = 2_048;

/**
 * Reads the query of a URL. Names nobody knows are faults, as in bodies: a filter that is silently left out would
 * show other things than were asked for.
 *
 * @throws DomainError `invalid-query`
 */
export function readQuery<const Parameters extends Readonly<Record<string, Parameter<unknown>>>>(
  query: unknown,
  parameters: Parameters,
): Read<Parameters> {
  const faults: Fault[] = [];
  const values: [string, unknown][] = [];
  for (const [name, given] of Object.entries(query ?? {})) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    try {
      if (parameter === undefined) faults.push(...unknownNames([name], 'unknown parameter'));
      else if (typeof given !== 'string' || given.length > longestValue) throw new RangeError('not one short text');
      else values.push([name, parameter.read(given)]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      faults.push({ pointer: `/${name}`, detail: `expected ${parameter?.form ?? 'another form'}` });
    }
  }
  if (faults.length > 0) throw new DomainError('invalid-query', 'the query cannot be answered', faults.slice(0, 20));
  return Object.fromEntries(values) as Read<Parameters>;
}

/** Two parameters by which a period is asked for. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** as periods of days do */
  readonly includesLast: boolean;
}

/** @throws DomainError `invalid-query` for a period in which nothing can lie: that nothing does would look like an answer */
export function requireInOrder(values: Readonly<Record<string, unknown>>, periods: readonly Period[]): void {
  const faults = periods.flatMap(({ from, to, includesLast }): readonly Fault[] => {
    const [first, end] = [values[from], values[to]];
    if (typeof first !== 'string' || typeof end !== 'string') return [];
    if (first < end || (includesLast && first === end)) return [];
    return [
      {
        pointer: `/${to}`,
        detail: includesLast ? `expected no day before ${from}` : `expected a moment after ${from}`,
      },
    ];
  });
  if (faults.length > 0) throw new DomainError('invalid-query', 'the query cannot be answered', faults);
}

const parameter = <Value>(
  form: string,
  is: (text: string) => boolean,
  as: (text: string) => Value,
): Parameter<Value> => ({
  form,
  read: (text) => {
    if (!is(text)) throw new RangeError('of another form');
    return as(text);
  },
});

export const agency: Parameter<AgencyId> = parameter('an agency id', isAgencyId, (text) => text as AgencyId);
export const instant: Parameter<Instant> = parameter(
  'an instant like 2026-11-22T10:00:00.123Z',
  isInstant,
  (text) => text as Instant,
);
export const handle: Parameter<string> = parameter('a handle', isUuid, (text) => text);
export const date: Parameter<string> = parameter(
  'a date like 2026-11-22',
  (text) => text.length === 10 && isInstant(`${text}T00:00:00.000Z`),
  (text) => text,
);
export const flag: Parameter<boolean> = parameter(
  'true or false',
  (text) => text === 'true' || text === 'false',
  (text) => text === 'true',
);
export const number: Parameter<number> = parameter('a whole number', (text) => /^\d{1,15}$/.test(text), Number);
export const text: Parameter<string> = parameter(
  'a text that is not empty',
  (given) => given !== '' && given.isWellFormed(),
  (given) => given,
);
const cursor: Parameter<string> = parameter(
  'a cursor of an earlier page',
  (text) => text !== '',
  (text) => text,
);

const mostRows = 1_000;
const limit: Parameter<number> = parameter(
  `a whole number from 1 to ${mostRows}`,
  (text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= mostRows,
  Number,
);

/** What every list in pages takes, and how long a page is when nobody says. */
export const page = { cursor, limit };
export const usualLimit = 100;

/** A code of a closed list. */
export const code = (
  codes: ReadonlyMap<string, unknown> | undefined,
  form = 'a code of the vocabulary',
): Parameter<string> =>
  parameter(
    form,
    (text) => codes?.has(text) === true,
    (text) => text,
  );
