import { vocabulary } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { Selectable } from 'kysely';
import type { JudgementTable } from '../../judging/judgement-tables.js';
import { Calendar } from '../../rules/deadlines/calendar.js';
import type { AnsweredRow } from '../asked.js';
import { daysLeft } from '../days-left.js';

/** A duty with a time for it. */
export interface DeadlineLine {
  readonly key: string;
  readonly agency: AgencyId;
  readonly rule: string;
  readonly severity: string;
  readonly basis: string;
  readonly entry: EntryId;
  readonly part: string | null;
  readonly clause: string | null;
  /** false once it is said to have been done after its time */
  readonly isOpen: boolean;
  readonly due: Instant;
}

export const deadlineStates = vocabulary('deadline-state', 1, {
  running: { en: 'running', de: 'läuft' },
  overdue: { en: 'overdue', de: 'überfällig' },
  late: { en: 'met late', de: 'verspätet erledigt' },
});

/** Days as people of the network count them; a deadline itself ends by the calendar of its agency. */
const berlin = new Calendar({ country: 'DE', zone: 'Europe/Berlin' });

/**
 * Where something is said to be done later that day, after its time, that time still runs until it is over.
 *
 * @param now when it is looked at
 */
export const deadlineRow = (line: DeadlineLine, now: Instant): AnsweredRow => ({
  agency: line.agency,
  key: line.key,
  entry: line.entry,
  cells: {
    due: line.due,
    day: berlin.dateOf(line.due),
    daysLeft: line.isOpen || line.due > now ? daysLeft(now, line.due) : null,
    state: stateOf(line, now),
    rule: line.rule,
    severity: line.severity,
    basis: line.basis,
    about: line.entry,
    part: line.part,
    clause: line.clause,
    agency: line.agency,
  },
});

function stateOf({ isOpen, due }: DeadlineLine, now: Instant): 'running' | 'overdue' | 'late' {
  if (isOpen) return due < now ? 'overdue' : 'running';
  return due > now ? 'running' : 'late';
}

/** @param row of a judgement that is pending, or of what was done after its time */
export const lineOf = (row: Selectable<JudgementTable>): DeadlineLine => ({
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
