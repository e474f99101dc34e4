import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { inParts } from '../judging/in-parts.js';
import { connectionsOf, type Connections } from '../judging/matters-of.js';
import type { ViewsSchema, ViewsTransaction } from '../views.js';
import { entryOf } from './entries-wanted.js';
import type { ExportedEntry } from './export-profile.js';

const columns = ['fact.entry_index', 'fact.entry_id', 'fact.issuer', 'fact.recorded_at', 'fact.said'] as const;

/** What an entry is called and what it calls others. */
export const connectionsIn = ({ id, issuer, said }: ExportedEntry): Connections =>
  connectionsOf({ id, issuer, said, exchange: null });

/** Entries, of anybody in the scope, that call something by one of these names: entry ids or disclosure ids. */
export const entriesNaming = (transaction: ViewsTransaction, names: Iterable<string>) =>
  connected(transaction, names, 1);

/** Entries, of anybody in the scope, that are called by one of these names. */
export const entriesNamed = (transaction: ViewsTransaction, names: Iterable<string>) =>
  connected(transaction, names, 0);

async function connected(
  transaction: ViewsTransaction,
  names: Iterable<string>,
  outward: 0 | 1,
): Promise<readonly ExportedEntry[]> {
  const rows = await inParts(names, (some) =>
    transaction
      .selectFrom('connection')
      .innerJoin('fact', 'fact.entry_index', 'connection.entry_index')
      .select(columns)
      .where('connection.outward', '=', outward)
      .where('connection.handle', 'in', some)
      .execute(),
  );
  return inOrder(rows.map(entryOf));
}

/** Entries that stand in what one of these entries opened: a request of a person, a deferral, a breach. */
export const entriesInMatters = (transaction: ViewsTransaction, opened: Iterable<string>) =>
  standingIn(transaction, opened, (kind) => kind('matter.kind', 'not in', ['exchange', 'agency']));

export const entriesInExchanges = (transaction: ViewsTransaction, exchanges: Iterable<string>) =>
  standingIn(transaction, exchanges, (kind) => kind('matter.kind', '=', 'exchange'));

async function standingIn(
  transaction: ViewsTransaction,
  names: Iterable<string>,
  isMeant: (kind: ExpressionBuilder<ViewsSchema, 'fact' | 'matter'>) => Expression<SqlBool>,
): Promise<readonly ExportedEntry[]> {
  const rows = await inParts(names, (some) =>
    transaction
      .selectFrom('matter')
      .innerJoin('fact', 'fact.entry_index', 'matter.entry_index')
      .select(columns)
      .where(isMeant)
      .where('matter.matter', 'in', some)
      .execute(),
  );
  return inOrder(rows.map(entryOf));
}

/** In the order of the log, each once. */
export const inOrder = (entries: readonly ExportedEntry[]): readonly ExportedEntry[] =>
  [...new Map(entries.map((entry) => [entry.index, entry])).values()].sort((one, other) => one.index - other.index);
