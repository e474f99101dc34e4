import { evolve, headFor, type ExchangeHead, type Standing } from '#catalogue';
import {
  exchangeVersion,
  leafIndex,
  type AgencyId,
  type EntryId,
  type ExchangeId,
  type ExchangeVersion,
  type Instant,
  type LeafIndex,
} from '#kernel';
import type { JsonObject } from '#statement';
import type { Selectable } from 'kysely';
import { saidBy, type RecordedEntryTable } from '../projections/exchanges.js';
import type { Scope } from '../scope.js';
import { isShown } from '../shown.js';
import type { ViewsDatabase, ViewsTransaction } from '../views.js';
import { answer, checkedLimit, type Complete } from './answer.js';
import { oneOf } from './one-of.js';

/** An entry of an exchange, as far as its terms go. */
export interface ExchangeEntry {
  /** place among the entries of the exchange that the scope sees, from 1 */
  readonly version: ExchangeVersion;
  readonly index: LeafIndex;
  readonly entry: EntryId;
  readonly issuer: AgencyId;
  readonly type: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly terms: JsonObject;
}

export interface ExchangePage extends Complete {
  /** where the exchange stands by what the scope sees; null: there is no such exchange for it */
  readonly head: ExchangeHead | null;
  readonly entries: readonly ExchangeEntry[];
  /** null on the last page */
  readonly next: ExchangeVersion | null;
}

const readAtOnce = 500;

/**
 * The entries of an exchange in order. For an agency that is no party of it, and for a supervisor of none of its
 * parties, it does not exist.
 *
 * @throws DomainError `invalid-query`
 */
export async function exchangeEntries(
  database: ViewsDatabase,
  scope: Scope,
  now: Instant,
  exchange: ExchangeId,
  { after = exchangeVersion(0), limit }: { readonly after?: ExchangeVersion; readonly limit: number },
): Promise<ExchangePage> {
  const most = checkedLimit(limit);
  return answer(database, scope, now, ['exchanges'], async (transaction) => {
    const seen: Seen = { transaction, scope, now, exchange };
    const head = await headIn(seen);
    if (head === null) return { head, entries: [], next: null };
    const rows = await entriesIn(seen)
      .orderBy('entry_index')
      .offset(after)
      .limit(most + 1)
      .execute();
    const entries = rows.slice(0, most).map((row, place) => entryOf(row, exchangeVersion(after + place + 1)));
    return { head, entries, next: rows.length > most ? exchangeVersion(after + most) : null };
  });
}

/** An exchange as somebody sees it at a moment. */
interface Seen {
  readonly transaction: ViewsTransaction;
  readonly scope: Scope;
  readonly now: Instant;
  readonly exchange: ExchangeId;
}

async function headIn(seen: Seen): Promise<ExchangeHead | null> {
  const { transaction, scope, now, exchange } = seen;
  if (scope.kind === 'competent') return foldedHead(seen);
  const row = await transaction
    .selectFrom('exchange')
    .select('standing')
    .where('exchange', '=', exchange)
    .where(isShown(now))
    .executeTakeFirst();
  const head = row ? headFor(JSON.parse(row.standing) as Standing, scope.agency) : null;
  return head?.parties.includes(scope.agency) ? head : null;
}

/** A supervisor sees what the agencies under it recorded, and where the exchange stands by that alone. */
async function foldedHead(seen: Seen): Promise<ExchangeHead | null> {
  let head: ExchangeHead | null = null;
  for (let after = -1; ;) {
    const rows = await entriesIn(seen)
      .where('entry_index', '>', after)
      .orderBy('entry_index')
      .limit(readAtOnce)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return head;
    head = rows.reduce<ExchangeHead | null>((before, row) => evolve(before, saidBy(row)), head);
    after = Number(last.entry_index);
  }
}

const entriesIn = ({ transaction, scope, now, exchange }: Seen) =>
  transaction
    .selectFrom('recorded_entry')
    .selectAll()
    .where('exchange', '=', exchange)
    .where((rows) =>
      scope.kind === 'agency'
        ? rows.or([rows('issuer', '=', scope.agency), rows('open_since', '<=', now)])
        : oneOf(rows.ref('issuer'), scope.agencies),
    );

const entryOf = (row: Selectable<RecordedEntryTable>, version: ExchangeVersion): ExchangeEntry => ({
  version,
  index: leafIndex(Number(row.entry_index)),
  entry: row.entry_id as EntryId,
  issuer: row.issuer as AgencyId,
  type: row.type,
  occurredAt: row.occurred_at as Instant,
  recordedAt: row.recorded_at as Instant,
  terms: saidBy(row).terms,
});
