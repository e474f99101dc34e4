import type { Instant } from '#kernel';
import type { Expression, SqlBool } from 'kysely';
import type { AnsweredRow, Condition, Page, Place } from '../asked.js';
import type { Question } from '../asked-view.js';
import { judgementPage, type JudgementRows } from '../judgement-page.js';
import { compared, meets } from '../page-of.js';
import { deadlineRow, lineOf } from './v02-deadline-row.js';
import { registryDeadlines } from './v02-registry-deadlines.js';

/** Columns of the view by those of the table. */
const columns = {
  rule: 'rule',
  severity: 'severity',
  basis: 'basis',
  about: 'entry_id',
  part: 'part',
  clause: 'clause',
  agency: 'agency',
  due: 'due',
} as const;

/** Deadlines as they stand, those of the registry among them. @throws DomainError `invalid-query` */
export async function deadlinesNow(question: Question): Promise<Page> {
  const { now, scope, registry, asked } = question;
  const { rows, next } = await judgementPage(question, {
    which: (all) =>
      all.and([
        all('judgement.kind', '!=', 'registry'),
        all.or([all('judgement.verdict', '=', 'pending'), isLate(all)]),
      ]),
    columns,
    matches: (all, { column, value }) => (column === 'state' ? inState(all, value, now) : null),
  });
  const lines = [...rows.map(lineOf), ...registryDeadlines(scope, registry)];
  return pageIn(
    lines.map((line) => deadlineRow(line, now)),
    asked,
    next !== null,
  );
}

/** The page, of what may be more than one. All rows but those of the registry have met what is asked. */
function pageIn(
  rows: readonly AnsweredRow[],
  { filter, sort, after, limit }: Question['asked'],
  goesOn: boolean,
): Page {
  const forwards = sort.direction === 'ascending' ? 1 : -1;
  const placeOf = ({ cells, key }: AnsweredRow): Place => ({ sorted: String(cells[sort.by]), row: key });
  const placed = rows
    .filter((row) => meets(row, filter) && (after === null || forwards * compared(placeOf(row), after) > 0))
    .toSorted((one, other) => forwards * compared(placeOf(one), placeOf(other)));
  const page = placed.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: last !== undefined && (goesOn || placed.length > limit) ? placeOf(last) : null };
}

/** Done after its time, which what it rests on shows: beside the entry it is about, there is the one that did it. */
const isLate = (rows: JudgementRows): Expression<SqlBool> =>
  rows.and([
    rows('judgement.verdict', '=', 'broken'),
    rows('judgement.deadline', 'is not', null),
    rows('judgement.facts', 'like', '%,%'),
  ]);

function inState(rows: JudgementRows, state: Condition['value'], now: Instant): Expression<SqlBool> {
  if (state === 'late') return rows.and([isLate(rows), rows('judgement.due', '<=', now)]);
  const open = rows.and([
    rows('judgement.verdict', '=', 'pending'),
    rows('judgement.due', state === 'overdue' ? '<' : '>=', now),
  ]);
  return state === 'overdue' ? open : rows.or([open, rows.and([isLate(rows), rows('judgement.due', '>', now)])]);
}
