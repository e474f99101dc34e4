import type { AnyView, Asked, Column, Condition, Order } from '#compliance/views';
import { isAsked, isPlural } from '#compliance/views';
import { DomainError, type Instant } from '#kernel';
import {
  code as codeOf,
  agency,
  date,
  flag,
  handle,
  instant,
  number,
  page,
  readQuery,
  requireInOrder,
  text,
  usualLimit,
} from './query-parameters.js';
import type { Parameter, Period } from './query-parameters.js';
import { language } from './language.js';
import type { Language } from '#catalogue';

/** What somebody asked of a view, as the query of a URL says. */
export interface ViewQuery extends Pick<Asked, 'filter' | 'sort' | 'limit'> {
  readonly cursor?: string;
  /** a search by person or case: only rows about what it found */
  readonly search?: string;
  readonly asOf: Instant | null;
  readonly format?: 'csv' | 'json';
  readonly lang?: Language;
}

const formats = new Map([
  ['csv', null],
  ['json', null],
]);

/**
 * Reads what is asked of a view by its own columns.
 *
 * @throws DomainError `invalid-query` for a column it does not have or that it cannot be asked by
 */
export function readViewQuery(view: AnyView, query: unknown): ViewQuery {
  const conditions = conditionsOf(view);
  const fixed = {
    ...page,
    asOf: view.asOf === true ? instant : noPast,
    ...(!isAsked(view) && { search: handle }),
    format: codeOf(formats, 'csv or json'),
    lang: language,
    sort: orderOf(view),
  };
  const {
    cursor,
    limit = usualLimit,
    asOf,
    format,
    lang,
    sort,
    search,
    ...values
  } = readQuery(query, {
    ...Object.fromEntries(conditions.map(({ name, value }) => [name, value])),
    ...fixed,
  });
  const given: Readonly<Record<string, unknown>> = values;
  requireInOrder(given, periodsOf(view));
  return {
    filter: conditions.flatMap(({ name, column, is }) => {
      const value = Object.hasOwn(given, name) ? given[name] : undefined;
      return value === undefined ? [] : [{ column, is, value: value as Condition['value'] }];
    }),
    sort: sort ?? view.order,
    limit,
    asOf: asOf ?? null,
    ...(cursor !== undefined && { cursor }),
    ...(search !== undefined && { search }),
    ...(format !== undefined && { format: format === 'csv' ? 'csv' : 'json' }),
    ...(lang !== undefined && { lang }),
  };
}

/** @throws DomainError `invalid-query` for a moment of which the ledger can know nothing */
export function requireWithinLog(asOf: Instant, begun: Instant | null, now: Instant): void {
  if (asOf <= now && begun !== null && begun <= asOf) return;
  const detail = asOf > now ? 'expected no moment of the future' : 'expected no moment before the log begins';
  throw new DomainError('invalid-query', 'the query cannot be answered', [{ pointer: '/asOf', detail }]);
}

/** @throws DomainError `invalid-query` where a file that ends as a whole one does would lack what comes before a cursor */
export function requireFromTheFirst({ cursor }: Pick<ViewQuery, 'cursor'>): void {
  if (cursor === undefined) return;
  const fault = { pointer: '/cursor', detail: 'a CSV file has every row and is not continued: ask without a cursor' };
  throw new DomainError('invalid-query', 'the query cannot be answered', [fault]);
}

/** A name in the query that narrows a view. */
export interface AskedCondition extends Pick<Condition, 'column' | 'is'> {
  readonly name: string;
  readonly value: Parameter<Condition['value']>;
}

/** By what a view can be narrowed. */
export const conditionsOf = ({ columns }: Pick<AnyView, 'columns'>): readonly AskedCondition[] =>
  Object.entries(columns).flatMap(([column, one]) => {
    if (one.filter !== true) return [];
    const value = valueOf(one);
    const equal = { name: column, column, is: 'equal' as const, value };
    if (one.kind !== 'instant' && one.kind !== 'date') return [equal];
    const until = one.kind === 'instant' ? 'before' : 'upTo';
    return [
      equal,
      { name: `${column}From`, column, is: 'from' as const, value },
      { name: `${column}To`, column, is: until, value },
    ];
  });

const periodsOf = ({ columns }: Pick<AnyView, 'columns'>): readonly Period[] =>
  Object.entries(columns).map(([name, { kind }]) => ({
    from: `${name}From`,
    to: `${name}To`,
    includesLast: kind === 'date',
  }));

function valueOf({ kind, vocabulary }: Column): Parameter<Condition['value']> {
  if (kind === 'code' || kind === 'codes') return codeOf(vocabulary?.terms);
  if (kind === 'agency' || kind === 'agencies') return agency;
  if (kind === 'entry' || kind === 'entries') return handle;
  if (kind === 'instant') return instant;
  if (kind === 'date') return date;
  if (kind === 'flag') return flag;
  return kind === 'number' ? number : text;
}

/** Columns that rows can be ordered by; a minus before the name: the other way round. */
export const sortableColumns = ({ columns }: Pick<AnyView, 'columns'>): readonly string[] =>
  Object.entries(columns).flatMap(([name, { sort, kind }]) => (sort === true && !isPlural(kind) ? [name] : []));

function orderOf(view: Pick<AnyView, 'columns'>): Parameter<Order> {
  const sortable = sortableColumns(view);
  return {
    form: `one of ${sortable.join(', ')}, descending with a minus before it`,
    read: (given) => {
      const by = given.replace(/^-/, '');
      if (!sortable.includes(by)) throw new RangeError('no column to sort by');
      return { by, direction: given.startsWith('-') ? 'descending' : 'ascending' };
    },
  };
}

const noPast: Parameter<Instant> = {
  form: 'a view that can be looked at as of an earlier moment',
  read: () => {
    throw new RangeError('the view knows the present only');
  },
};
