import type { AgencyId } from '#kernel';
import { agenciesOf, type Scope } from '../scope.js';

/** How rows are told apart and ordered. */
export interface InOrder<Row> {
  /** how many are wanted */
  readonly most: number;
  readonly compare: (one: Row, other: Row) => number;
  readonly nameOf: (row: Row) => string;
}

/** Above it, what all agencies have holds much of the scope. */
const mostApart = 32;

/**
 * The first rows the scope holds, in an order. Those of few agencies are read agency by agency, each along an index;
 * those of many out of all there are. In one question a database would sort all that any of them has.
 *
 * @param read at most `most` of one agency, or with null of all of the scope, in this order
 */
export async function firstOf<Row>(
  scope: Scope,
  { most, compare, nameOf }: InOrder<Row>,
  read: (agency: AgencyId | null) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const agencies = agenciesOf(scope);
  if (agencies.length > mostApart) return read(null);
  const found = new Map<string, Row>();
  for (const agency of agencies) for (const row of await read(agency)) found.set(nameOf(row), row);
  return agencies.length === 1 ? [...found.values()] : [...found.values()].toSorted(compare).slice(0, most);
}
