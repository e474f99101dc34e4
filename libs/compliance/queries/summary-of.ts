import type { Instant } from '#kernel';
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { agenciesOf, type Scope } from '../scope.js';
import type { ViewsDatabase, ViewsSchema, ViewsTransaction } from '../views.js';
import { answer, type Complete } from './answer.js';
import { matching, type DisclosureFilter } from './disclosure-filter.js';
import { oneOf } from './one-of.js';
import { responded } from './responses.js';

/** What agencies recorded themselves, in numbers. Nothing others recorded is counted. */
export interface Summary extends Complete {
  readonly entries: number;
  /** recorded more than 24 hours after it occurred */
  readonly late: number;
  readonly types: ReadonlyMap<string, number>;
  /** by code of the vocabulary decision; null: the outcome is missing */
  readonly decisions: ReadonlyMap<string | null, number>;
  readonly disclosures: DisclosureCounts;
}

/** Disclosures counted once per recipient. */
export interface DisclosureCounts {
  readonly total: number;
  readonly spontaneous: number;
  /** said to answer a request, but no request is recorded in their exchange */
  readonly withoutRequest: number;
  readonly withoutReceipt: number;
  readonly withoutFeedback: number;
  readonly invalidated: number;
}

/** The compliance summary of an agency, or of the agencies under a supervisor, within a period of occurrence. */
export async function summaryOf(database: ViewsDatabase, scope: Scope, now: Instant, period: Period): Promise<Summary> {
  return answer(database, scope, now, ['exchanges', 'disclosures'], async (transaction) => {
    const rows = await entryCounts(transaction, scope, period);
    const sum = (pick: (row: EntryCount) => number): number => rows.reduce((total, row) => total + pick(row), 0);
    const decisions = rows.filter(({ type }) => type === 'RequestDecided');
    return {
      entries: sum(({ entries }) => entries),
      late: sum(({ late }) => late),
      types: counted(rows, ({ type }) => type),
      decisions: counted(decisions, ({ outcome }) => outcome),
      disclosures: await disclosureCounts(transaction, { scope, now, period }),
    };
  });
}

type Period = Pick<DisclosureFilter, 'from' | 'to'>;

interface EntryCount {
  readonly type: string;
  readonly outcome: string | null;
  readonly entries: number;
  readonly late: number;
}

async function entryCounts(
  transaction: ViewsTransaction,
  scope: Scope,
  { from, to }: Period,
): Promise<readonly EntryCount[]> {
  let query = transaction
    .selectFrom('recorded_entry')
    .select(['type', 'outcome'])
    .select(({ fn }) => [fn.countAll().as('entries'), fn.sum('late').as('late')])
    .where((rows) => recordedBy(rows, scope))
    .groupBy(['type', 'outcome'])
    .orderBy('type')
    .orderBy('outcome', (order) => order.asc().nullsFirst());
  if (from !== undefined) query = query.where('occurred_at', '>=', from);
  if (to !== undefined) query = query.where('occurred_at', '<', to);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, entries: Number(row.entries), late: Number(row.late) }));
}

/** Whose disclosures are counted, of when, and by whom what was recorded about them may be known by now. */
interface Counting {
  readonly scope: Scope;
  readonly now: Instant;
  readonly period: Period;
}

/** Each disclosure to each recipient once, with what was recorded about it. */
const distinctDisclosures = (transaction: ViewsTransaction, { scope, now, period }: Counting) =>
  transaction
    .selectFrom('disclosure')
    .select(['entry_index', 'recipient', 'spontaneous'])
    .select((rows) =>
      (['requested', 'received', 'feedback', 'invalidated'] as const).map((kind) =>
        rows
          .case()
          .when(responded(rows, kind, scope, now))
          .then(rows.lit(1))
          .else(rows.lit(0))
          .end()
          .as(kind),
      ),
    )
    .where((rows) => recordedBy(rows, scope))
    .where(matching(period))
    .distinct()
    .as('one');

async function disclosureCounts(transaction: ViewsTransaction, counting: Counting): Promise<DisclosureCounts> {
  const counts = await transaction
    .selectFrom(distinctDisclosures(transaction, counting))
    .select(({ fn }) => [
      fn.countAll().as('total'),
      fn.sum('spontaneous').as('spontaneous'),
      fn.sum('received').as('received'),
      fn.sum('feedback').as('feedback'),
      fn.sum('invalidated').as('invalidated'),
    ])
    .select(({ fn }) =>
      fn.countAll().filterWhere('spontaneous', '=', 0).filterWhere('requested', '=', 0).as('withoutRequest'),
    )
    .executeTakeFirstOrThrow();
  const total = Number(counts.total);
  return {
    total,
    spontaneous: Number(counts.spontaneous),
    withoutRequest: Number(counts.withoutRequest),
    withoutReceipt: total - Number(counts.received),
    withoutFeedback: total - Number(counts.feedback),
    invalidated: Number(counts.invalidated),
  };
}

const recordedBy = (
  { ref }: ExpressionBuilder<ViewsSchema, 'disclosure' | 'recorded_entry'>,
  scope: Scope,
): Expression<SqlBool> => oneOf(ref('issuer'), agenciesOf(scope));

function counted<Key>(rows: readonly EntryCount[], key: (row: EntryCount) => Key): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + row.entries);
  return counts;
}
