import { sql, type Expression, type ExpressionBuilder, type Selectable, type SqlBool } from 'kysely';
import type { JudgementTable } from '../judging/judgement-tables.js';
import { checkedLimit } from '../queries/answer.js';
import type { ViewsSchema } from '../views.js';
import type { Condition, Place } from './asked.js';
import type { Question } from './asked-view.js';
import { firstOf } from './first-of.js';
import { judgementsOf } from './judgements-in.js';

type Found = Selectable<JudgementTable>;
export type JudgementRows = ExpressionBuilder<ViewsSchema, 'judgement'>;
type Name = 'agency' | 'basis' | 'clause' | 'due' | 'entry_id' | 'part' | 'rule' | 'severity';

/** Which judgements a view shows, and what its columns are in their table. */
export interface Shown {
  readonly which: (rows: JudgementRows) => Expression<SqlBool>;
  /** columns that rows can be asked by */
  readonly columns: Readonly<Record<string, Name>>;
  /** what stands in no column of the table; null for what does */
  readonly matches?: (rows: JudgementRows, condition: Condition) => Expression<SqlBool> | null;
}

const signs = { equal: '=', from: '>=', before: '<', upTo: '<=' } as const;

/**
 * A page of judgements that say when: a range of an index, however many there are.
 *
 * @throws DomainError `invalid-query`
 */
export async function judgementPage(
  { database, scope, asked, now }: Pick<Question, 'database' | 'scope' | 'asked' | 'now'>,
  { which, columns, matches = () => null }: Shown,
): Promise<{ readonly rows: readonly Found[]; readonly next: Place | null }> {
  const most = checkedLimit(asked.limit);
  const { after, sort, filter } = asked;
  const by = named(columns, sort.by) ?? 'due';
  const way = sort.direction === 'ascending' ? 'asc' : 'desc';
  const isMet = (rows: JudgementRows, condition: Condition): Expression<SqlBool> => {
    const { column, is, value } = condition;
    const name = named(columns, column);
    if (name === undefined) return matches(rows, condition) ?? sql<SqlBool>`1 = 0`;
    return rows(`judgement.${name}`, signs[is], String(value));
  };
  let query = database
    .selectFrom('judgement')
    .selectAll()
    .where('judgement.due', 'is not', null)
    .where(which)
    .where((rows) => rows.and(filter.map((one) => isMet(rows, one))));
  if (after !== null) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple(`judgement.${by}`, 'judgement.key'),
        way === 'asc' ? '>' : '<',
        tuple(String(after.sorted), after.row),
      ),
    );
  }
  const first = query
    .orderBy(`judgement.${by}`, way)
    .orderBy('judgement.key', way)
    .limit(most + 1);
  const forwards = way === 'asc' ? 1 : -1;
  const compare = (one: Found, other: Found): number =>
    forwards * (compared(one[by] ?? '', other[by] ?? '') || compared(one.key, other.key));
  const found = await firstOf(scope, { most: most + 1, compare, nameOf: ({ key }) => key }, (agency) =>
    first.where(judgementsOf(scope, agency, now)).execute(),
  );
  const rows = found.slice(0, most);
  const last = found.length > most ? rows.at(-1) : undefined;
  return { rows, next: last === undefined ? null : { sorted: last[by] ?? '', row: last.key } };
}

const named = (columns: Shown['columns'], name: string): Name | undefined =>
  Object.hasOwn(columns, name) ? columns[name] : undefined;

const compared = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
