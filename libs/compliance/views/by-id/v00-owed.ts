import type { Duty } from '#catalogue';
import { instantAt, millisecondsOf, type AgencyId, type EntryId, type Instant } from '#kernel';
import type { Selectable } from 'kysely';
import { inParts } from '../../judging/in-parts.js';
import type { JudgementTable } from '../../judging/judgement-tables.js';
import type { ViewsTransaction } from '../../views.js';
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
}

/** A day has no room for more. All of it stands in the inbox, the deadlines and the check notes. */
const mostOfEach = 200;

/** How far a day looks ahead. */
export const endOfLookAhead = (now: Instant): Instant => instantAt(millisecondsOf(now) + 14 * 24 * 3_600_000);

/** What waits for the agencies of a scope. A supervisor is nobody's turn: it sees duties only. */
export async function owedIn({
  database,
  scope,
  now,
  registry,
}: Pick<Question, 'database' | 'scope' | 'now' | 'registry'>): Promise<Owed> {
  const turns = scope.kind === 'agency' ? await turnsOf(database, scope.agency) : [];
  const soon = endOfLookAhead(now);
  const exchanges = turns.map(({ exchange }) => exchange);
  const first = (which: (query: ReturnType<typeof judgementRows>) => Query): Promise<readonly Row[]> =>
    firstOf(scope, { most: mostOfEach, compare: byDue, nameOf: ({ key }) => key }, (agency) =>
      which(judgementRows(database)).where(judgementsOf(scope, agency)).execute(),
    );
  const pending = (which: (query: Query) => Query): Promise<readonly Row[]> =>
    first((query) => which(query.where('judgement.verdict', '=', 'pending').where('judgement.kind', '!=', 'registry')));
  const noted = await first((query) =>
    query
      .innerJoin('note', 'note.entry_id', 'judgement.note')
      .where('note.status', '=', 'open')
      .where('judgement.severity', '=', 'urgent'),
  );
  const owed = [
    await pending((query) => query.where('judgement.severity', '=', 'urgent').where('judgement.due', '<=', soon)),
    await pending((query) => query.where('judgement.due', '<', now)),
    await pending((query) => query.where('judgement.due', '>=', now).where('judgement.due', '<=', soon)),
    scope.kind === 'agency' ? await pendingIn(database, exchanges, scope.agency) : [],
  ].flat();
  const rows = new Map([...owed, ...noted].map((row) => [row.key, row]));
  const notes = new Set(noted.map(({ key }) => key));
  const disclosures = await disclosuresOf(database, [...rows.values()]);
  const reviews = registryDeadlines(scope, registry).filter(
    ({ isOpen, due, key }) => isOpen && due <= soon && !rows.has(key),
  );
  return {
    turns,
    duties: [...[...rows.values()].map((row) => dutyOf(row, disclosures, notes)), ...reviews.map(reviewDuty)],
  };
}

type Row = Selectable<JudgementTable>;
/** Of judgements, whatever they were joined with. */
type Query = ReturnType<typeof judgementRows>;

const byDue = (one: Row, other: Row): number => ((one.due ?? '') < (other.due ?? '') ? -1 : 1);

const judgementRows = (database: ViewsTransaction) =>
  database.selectFrom('judgement').selectAll('judgement').orderBy('judgement.due').limit(mostOfEach);

/** Looked up by exchange: an agency may have far more elsewhere. */
async function pendingIn(
  database: ViewsTransaction,
  exchanges: readonly string[],
  agency: AgencyId,
): Promise<readonly Selectable<JudgementTable>[]> {
  const rows = await inParts(exchanges, (some) =>
    database.selectFrom('judgement').selectAll().where('matter', 'in', some).where('kind', '=', 'exchange').execute(),
  );
  return rows
    .filter((row) => row.agency === agency && row.verdict === 'pending')
    .toSorted(byDue)
    .slice(0, mostOfEach);
}

async function turnsOf(database: ViewsTransaction, agency: AgencyId): Promise<readonly OwedTurn[]> {
  const rows = await database
    .selectFrom('turn')
    .selectAll()
    .where('agency', '=', agency)
    .orderBy('since')
    .limit(mostOfEach)
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
  database: ViewsTransaction,
  rows: readonly Selectable<JudgementTable>[],
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const found = await database
    .selectFrom('disclosure')
    .select(['entry_id', 'disclosure_id'])
    .distinct()
    .where('entry_id', 'in', [...new Set(rows.map(({ entry_id }) => entry_id))])
    .where('disclosure_id', '!=', '')
    .execute();
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

const dutyOf = (
  row: Selectable<JudgementTable>,
  disclosures: ReadonlyMap<string, string>,
  notes: ReadonlySet<string>,
): OwedDuty => ({
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
