import type { Duty } from '#catalogue';
import { instantAt, millisecondsOf, type AgencyId, type EntryId, type Instant } from '#kernel';
import { sql, type Expression, type ExpressionBuilder, type Selectable, type SqlBool } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { inParts } from '../../judging/in-parts.js';
import type { JudgementTable } from '../../judging/judgement-tables.js';
import { disclosuresIn } from '../../queries/disclosure-filter.js';
import { isShown } from '../../shown.js';
import type { ViewsSchema, ViewsTransaction } from '../../views.js';
import type { Question } from '../asked-view.js';
import { firstOf } from '../first-of.js';
import type { DeadlineLine } from './v02-deadline-row.js';
import { registryDeadlines } from './v02-registry-deadlines.js';
import { judgementsOf } from '../judgements-in.js';

/** Whose turn it is in an exchange. */
export interface OwedTurn {
  readonly agency: AgencyId;
  readonly exchange: string;
  readonly owes: Duty;
  /** the disclosure it is about, where there is one */
  readonly about: string | null;
  readonly since: Instant;
}

/** What a rule says is owed, or was broken and noted. */
export interface OwedDuty {
  readonly key: string;
  readonly agency: AgencyId;
  readonly rule: string;
  readonly severity: string;
  readonly entry: EntryId;
  /** null where it is about no exchange */
  readonly exchange: string | null;
  /** the disclosure it is about, where it is about one */
  readonly disclosure: string | null;
  readonly due: Instant | null;
  /** an open check note says so */
  readonly isNoted: boolean;
}

export interface Owed {
  readonly turns: readonly OwedTurn[];
  readonly duties: readonly OwedDuty[];
  /** More waits than was read. */
  readonly isCut: boolean;
}

/** How much of it is read. */
interface Reading {
  /** how many rows are wanted: whoever wants more than a day has room for is given all there are */
  readonly limit?: number;
  /** Only whose turn it is, and by when it has to be done, whatever was noted about it. */
  readonly turnsOnly?: boolean;
}

/** A day has no room for more. */
const mostOfEach = 100;
/** More than there ever is; databases count to here. */
const everything = 2 ** 31 - 2;

/** How far a day looks ahead. */
export const endOfLookAhead = (now: Instant): Instant => instantAt(millisecondsOf(now) + 14 * 24 * 3_600_000);

/** Unconfirmed notes that were raised until then have expired. */
const aYearBefore = (moment: Instant): Instant =>
  instantAt(Temporal.Instant.from(moment).toZonedDateTimeISO('UTC').subtract({ years: 1 }).epochMilliseconds);

/** What waits for the agencies of a scope. A supervisor is nobody's turn: it sees duties only. */
export async function owedIn(
  { database, scope, now, registry }: Surroundings,
  { limit = 0, turnsOnly = false }: Reading = {},
): Promise<Owed> {
  const most = limit > mostOfEach ? everything : mostOfEach;
  const turns = scope.kind === 'agency' ? await turnsOf(database, scope.agency, now, most + 1) : [];
  const shown = turns.slice(0, most);
  const ofTurns = scope.kind === 'agency' ? await pendingIn({ database, now }, shown, scope.agency, turnsOnly) : [];
  const { noted, pending } = turnsOnly ? { noted: [], pending: [] } : await ruledIn({ database, scope, now }, most + 1);
  const rows = new Map([...pending.flat(), ...ofTurns, ...noted].map((row) => [row.key, row]));
  const notes = new Set(noted.map(({ key }) => key));
  const disclosures = await disclosuresOf({ database, scope, now }, [...rows.values()]);
  const reviews = registryDeadlines(scope, registry).filter(
    ({ isOpen, due, key }) => isOpen && due <= endOfLookAhead(now) && !rows.has(key),
  );
  return {
    turns: shown,
    duties: [...[...rows.values()].map((row) => dutyOf(row, disclosures, notes)), ...reviews.map(reviewDuty)],
    isCut: [turns, noted, ...pending].some(({ length }) => length > most),
  };
}

type Surroundings = Pick<Question, 'database' | 'scope' | 'now' | 'registry'>;

/** What rules say: of which there is an urgent note, and what is due soon, at most so much of each kind. */
async function ruledIn(
  { database, scope, now }: Omit<Surroundings, 'registry'>,
  most: number,
): Promise<{ readonly noted: readonly Row[]; readonly pending: readonly (readonly Row[])[] }> {
  const soon = endOfLookAhead(now);
  const first = (which: (query: ReturnType<typeof judgementRows>) => Query): Promise<readonly Row[]> =>
    firstOf(scope, { most, compare: byDue, nameOf: ({ key }) => key }, (agency) =>
      which(judgementRows(database, most))
        .where(judgementsOf(scope, agency, now))
        .execute(),
    );
  const pending = (which: (query: Query) => Query): Promise<readonly Row[]> =>
    first((query) =>
      which(
        query
          .where('judgement.verdict', '=', 'pending')
          .where('judgement.kind', '!=', 'registry')
          .$if(scope.kind === 'agency', (own) => own.where(isLeftToDo(now))),
      ),
    );
  const noted = await first((query) =>
    query
      .innerJoin('note', 'note.entry_id', 'judgement.note')
      .where('note.status', '=', 'open')
      .where('note.raised_at', '>', aYearBefore(now))
      .where('judgement.severity', '=', 'urgent'),
  );
  return {
    noted,
    pending: [
      await pending((query) => query.where('judgement.severity', '=', 'urgent').where('judgement.due', '<=', soon)),
      await pending((query) => query.where('judgement.due', '<', now)),
      await pending((query) => query.where('judgement.due', '>=', now).where('judgement.due', '<=', soon)),
    ],
  };
}

/** How a note is assessed where nothing is left to do: a finding waits, and what nobody has assessed yet. */
const settled = ['not-confirmed', 'explained', 'remedied', 'referred'];

/**
 * What is overdue waits for a data protection officer until its note is assessed; who supervises it goes by no assessment
 * of the agency's own. Notes are looked up for the rows that are read: there are far more of either.
 */
const isLeftToDo =
  (now: Instant) =>
  (rows: ExpressionBuilder<ViewsSchema, 'judgement'>): Expression<SqlBool> => {
    const note = rows.selectFrom('note').select('note.status').whereRef('note.entry_id', '=', 'judgement.note');
    return rows.or([
      rows('judgement.due', '>=', now),
      rows(rows.fn.coalesce(note, rows.val('open')), 'not in', settled),
    ]);
  };

/** What is read of a judgement: the rest of its row is long. */
const columns = ['key', 'rule', 'agency', 'severity', 'entry_id', 'matter', 'kind', 'verdict', 'due'] as const;
type Row = Pick<Selectable<JudgementTable>, (typeof columns)[number]>;
/** Of judgements, whatever they were joined with. */
type Query = ReturnType<typeof judgementRows>;

const byDue = (one: Row, other: Row): number => ((one.due ?? '') < (other.due ?? '') ? -1 : 1);

const judgementRows = (database: ViewsTransaction, most: number) =>
  database
    .selectFrom('judgement')
    .select(columns.map((column) => `judgement.${column}` as const))
    .orderBy('judgement.due')
    .limit(most);

/** Looked up by exchange: an agency may have far more elsewhere. */
async function pendingIn(
  { database, now }: Pick<Surroundings, 'database' | 'now'>,
  turns: readonly OwedTurn[],
  agency: AgencyId,
  turnsOnly: boolean,
): Promise<readonly Row[]> {
  const exchanges = turns.map(({ exchange }) => exchange);
  const rows = await inParts(exchanges, (some) =>
    database
      .selectFrom('judgement')
      .select(columns)
      .where('matter', 'in', some)
      .where('kind', '=', 'exchange')
      .where('shown_from', '<=', now)
      .$if(!turnsOnly, (query) => query.where(isLeftToDo(now)))
      .execute(),
  );
  return rows.filter((row) => row.agency === agency && row.verdict === 'pending').toSorted(byDue);
}

async function turnsOf(
  database: ViewsTransaction,
  agency: AgencyId,
  now: Instant,
  most: number,
): Promise<readonly OwedTurn[]> {
  const rows = await database
    .selectFrom('turn')
    .selectAll()
    .where('agency', '=', agency)
    .where(isShown(now))
    .orderBy('since')
    .limit(most)
    .execute();
  return rows.map(({ exchange, owes, about, since }) => ({
    agency,
    exchange,
    owes: owes as Duty,
    about: about || null,
    since: since as Instant,
  }));
}

/** What entries call the disclosures they made, by entry id. */
async function disclosuresOf(
  { database, scope, now }: Omit<Surroundings, 'registry'>,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, string>> {
  const entries = rows.map(({ entry_id }) => entry_id);
  const found = await inParts(entries, (some) =>
    database
      .selectFrom('disclosure')
      .select(['entry_id', 'disclosure_id'])
      .distinct()
      .where('entry_id', 'in', some)
      .where('disclosure_id', '!=', '')
      // Looked up by entry: an agency may have far more of its own.
      .where((all) => sql<SqlBool>`case when ${disclosuresIn(scope, now)(all)} then 1 else 0 end = 1`)
      .execute(),
  );
  return new Map(found.map(({ entry_id, disclosure_id }) => [entry_id, disclosure_id]));
}

/** By what the registry says, which is about no exchange. */
const reviewDuty = ({ key, agency, rule, severity, entry, due }: DeadlineLine): OwedDuty => ({
  key,
  agency,
  rule,
  severity,
  entry,
  exchange: null,
  disclosure: null,
  due,
  isNoted: false,
});

const dutyOf = (row: Row, disclosures: ReadonlyMap<string, string>, notes: ReadonlySet<string>): OwedDuty => ({
  key: row.key,
  agency: row.agency as AgencyId,
  rule: row.rule,
  severity: row.severity,
  entry: row.entry_id as EntryId,
  // What belongs to no exchange stands alone, named as its entry is.
  exchange: row.kind === 'exchange' && row.matter !== row.entry_id ? row.matter : null,
  disclosure: disclosures.get(row.entry_id) ?? null,
  due: row.due as Instant | null,
  isNoted: notes.has(row.key),
});
