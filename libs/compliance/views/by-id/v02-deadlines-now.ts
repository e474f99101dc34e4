import type { AgencyId, EntryId, Instant } from '#kernel';
import type { Expression, Selectable, SqlBool } from 'kysely';
import type { JudgementTable } from '../../judging/judgement-tables.js';
import type { Condition, Page } from '../asked.js';
import type { Question } from '../asked-view.js';
import { judgementPage, type JudgementRows } from '../judgement-page.js';
import { deadlineRow, type DeadlineLine } from './v02-deadline-row.js';

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

/** Deadlines as they stand. @throws DomainError `invalid-query` */
export async function deadlinesNow(question: Question): Promise<Page> {
  const { now } = question;
  const { rows, next } = await judgementPage(question, {
    which: (all) => all.or([all('judgement.verdict', '=', 'pending'), isLate(all)]),
    columns,
    matches: (all, { column, value }) => (column === 'state' ? inState(all, value, now) : null),
  });
  return { rows: rows.map((row) => deadlineRow(lineOf(row), now)), next };
}

/** Done after its time, which what it rests on shows: beside the entry it is about, there is the one that did it. */
const isLate = (rows: JudgementRows): Expression<SqlBool> =>
  rows.and([
    rows('judgement.verdict', '=', 'broken'),
    rows('judgement.deadline', 'is not', null),
    rows('judgement.facts', 'like', '%,%'),
  ]);

function inState(rows: JudgementRows, state: Condition['value'], now: Instant): Expression<SqlBool> {
  if (state === 'late') return isLate(rows);
  return rows.and([
    rows('judgement.verdict', '=', 'pending'),
    rows('judgement.due', state === 'overdue' ? '<' : '>=', now),
  ]);
}

const lineOf = (row: Selectable<JudgementTable>): DeadlineLine => ({
  key: row.key,
  agency: row.agency as AgencyId,
  rule: row.rule,
  severity: row.severity,
  basis: row.basis,
  entry: row.entry_id as EntryId,
  part: row.part,
  clause: row.clause,
  isOpen: row.verdict === 'pending',
  due: row.due as Instant,
});
