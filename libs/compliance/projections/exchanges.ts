import {
  advance,
  agencyIn,
  entryTypes,
  nothingYet,
  openSince,
  textIn,
  type Said,
  type Standing,
  type Times,
} from '#catalogue';
import { millisecondsOf, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { insertRows } from '../insert-rows.js';
import type { ProjectedEntry, Projection } from '../projection.js';
import type { Shown } from '../shown.js';
import { flag, type Flag, type ViewsTransaction } from '../views.js';
import { hideCorrections } from './hidden-corrections.js';
import { spansOf, turnsOver } from './standing.js';

/** One row per entry whose terms are there. */
export interface RecordedEntryTable {
  readonly entry_index: number;
  readonly entry_id: string;
  /** empty for entries without exchange */
  readonly exchange: string;
  readonly issuer: string;
  readonly type: string;
  /** code of a decision */
  readonly outcome: string | null;
  /** of a request: whom it asks */
  readonly addressee: string | null;
  /** recorded more than 24 hours after it occurred */
  readonly late: Flag;
  /** from when on others than its issuer may know of it, and of what it is never shown apart from: {@link openSince} */
  readonly open_since: string;
  /** of a correction in an exchange: the entry it is never shown apart from */
  readonly corrects: string | null;
  readonly occurred_at: string;
  readonly recorded_at: string;
  /** JSON; only for entries of an exchange */
  readonly terms: string | null;
}

/** One row per exchange, and one more from each moment on at which something of it opens to others. */
export interface ExchangeTable extends Shown {
  readonly exchange: string;
  /** JSON: {@link Standing} */
  readonly standing: string;
}

/** Whose turn it is in which exchange, and since when and how long it is seen to be. */
export interface TurnTable extends Shown {
  readonly exchange: string;
  readonly agency: string;
  readonly owes: string;
  /** disclosure id, or empty */
  readonly about: string;
  readonly since: string;
}

const lateAfter = 24 * 60 * 60 * 1000;
const readAtOnce = 500;

/** What was recorded, exchange by exchange; where each stands, and whose turn it is. */
export const exchanges: Projection = {
  name: 'exchanges',
  version: 4,
  order: 'exchange',
  tables: ['recorded_entry', 'exchange', 'turn'],

  async migrate(database) {
    await createEntries(database);
    await createExchanges(database);
  },

  async apply(transaction, stretch) {
    for await (const entries of stretch) await move(transaction, entries);
  },

  async erase(transaction, ids) {
    const rows = await transaction
      .selectFrom('recorded_entry')
      .select('exchange')
      .distinct()
      .where('entry_id', 'in', ids)
      .where('exchange', '!=', '')
      .execute();
    await transaction.deleteFrom('recorded_entry').where('entry_id', 'in', ids).execute();
    const names = rows.map(({ exchange }) => exchange);
    await hideCorrections(transaction, names);
    const standings = new Map<string, Times>();
    for (const exchange of names) standings.set(exchange, await refold(transaction, exchange));
    await remove(transaction, names);
    await insert(transaction, standings);
  },
};

async function move(transaction: ViewsTransaction, entries: readonly ProjectedEntry[]): Promise<void> {
  const rows = entries.flatMap(recordedRows);
  await insertRows(transaction, 'recorded_entry', rows);
  const moved = rows.filter(({ exchange }) => exchange !== '');
  const names = [...new Set(moved.map(({ exchange }) => exchange))];
  const changed = await hideCorrections(transaction, names);
  const before = await load(transaction, names);
  const standings = new Map(before);
  for (const row of moved.filter(({ exchange }) => !changed.has(exchange))) {
    standings.set(row.exchange, moveBy(standings.get(row.exchange), row));
  }
  for (const exchange of changed) standings.set(exchange, await refold(transaction, exchange));
  await remove(transaction, [...before.keys()]);
  await insert(transaction, standings);
}

async function createEntries({ schema }: ViewsTransaction): Promise<void> {
  await schema
    .createTable('recorded_entry')
    .ifNotExists()
    .addColumn('entry_index', 'bigint', (column) => column.primaryKey())
    .addColumn('entry_id', 'text', (column) => column.notNull())
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('addressee', 'text')
    .addColumn('late', 'integer', (column) => column.notNull())
    .addColumn('open_since', 'text', (column) => column.notNull())
    .addColumn('corrects', 'text')
    .addColumn('occurred_at', 'text', (column) => column.notNull())
    .addColumn('recorded_at', 'text', (column) => column.notNull())
    .addColumn('terms', 'text')
    .execute();
  for (const [name, columns] of [
    ['recorded_entry_id', ['entry_id']],
    ['recorded_entry_exchange', ['exchange', 'entry_index']],
    ['recorded_entry_issuer', ['issuer', 'type', 'occurred_at', 'addressee']],
  ] as const) {
    await schema
      .createIndex(name)
      .ifNotExists()
      .on('recorded_entry')
      .columns([...columns])
      .execute();
  }
  await schema
    .createIndex('recorded_entry_corrects')
    .ifNotExists()
    .on('recorded_entry')
    .columns(['exchange', 'corrects'])
    .where('corrects', 'is not', null)
    .execute();
}

async function createExchanges({ schema }: ViewsTransaction): Promise<void> {
  await schema
    .createTable('exchange')
    .ifNotExists()
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('shown_from', 'text', (column) => column.notNull())
    .addColumn('shown_until', 'text')
    .addColumn('standing', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('exchange_key', ['exchange', 'shown_from'])
    .execute();
  await schema
    .createTable('turn')
    .ifNotExists()
    .addColumn('exchange', 'text', (column) => column.notNull())
    .addColumn('agency', 'text', (column) => column.notNull())
    .addColumn('owes', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('since', 'text', (column) => column.notNull())
    .addColumn('shown_from', 'text', (column) => column.notNull())
    .addColumn('shown_until', 'text')
    .addPrimaryKeyConstraint('turn_key', ['exchange', 'agency', 'owes', 'about', 'shown_from'])
    .execute();
  await schema
    .createIndex('turn_agency')
    .ifNotExists()
    .on('turn')
    .columns(['agency', 'since', 'exchange', 'owes', 'about'])
    .execute();
}

function recordedRows({ index, id, issuer, recordedAt, said }: ProjectedEntry): readonly RecordedEntryTable[] {
  if (said === null) return [];
  const { type, occurredAt, terms } = said;
  const exchange = textIn(terms, 'exchange') ?? '';
  const shownWith = exchange === '' ? undefined : entryTypes.get(type)?.shownWith;
  return [
    {
      entry_index: index,
      entry_id: id,
      exchange,
      issuer,
      type,
      outcome: type === 'RequestDecided' ? textIn(terms, 'decision') : null,
      addressee: type === 'InformationRequested' ? agencyIn(terms, 'addressee') : null,
      late: flag(millisecondsOf(recordedAt) - millisecondsOf(occurredAt) > lateAfter),
      open_since: openSince({ said }),
      corrects: shownWith === undefined ? null : textIn(terms, shownWith),
      occurred_at: occurredAt,
      recorded_at: recordedAt,
      terms: exchange === '' ? null : JSON.stringify(terms),
    },
  ];
}

type Moving = Pick<RecordedEntryTable, 'issuer' | 'type' | 'occurred_at' | 'terms' | 'open_since'>;

/** What an entry's row said when it was recorded. */
export const saidBy = ({ issuer, type, occurred_at, terms }: Omit<Moving, 'open_since'>): Said => ({
  issuer: issuer as AgencyId,
  type,
  occurredAt: occurred_at as Instant,
  terms: JSON.parse(terms ?? '{}') as JsonObject,
});

const moveBy = (before: Times | undefined, row: Moving): Times =>
  advance(before ?? nothingYet, saidBy(row), row.open_since);

async function load(transaction: ViewsTransaction, names: readonly string[]): Promise<Map<string, Times>> {
  if (names.length === 0) return new Map();
  const rows = await transaction
    .selectFrom('exchange')
    .selectAll()
    .where('exchange', 'in', names)
    .orderBy('shown_from')
    .execute();
  const timeOf = ({ shown_from, standing }: ExchangeTable) => ({
    from: shown_from,
    standing: JSON.parse(standing) as Standing,
  });
  return new Map([...Map.groupBy(rows, ({ exchange }) => exchange)].map(([name, some]) => [name, some.map(timeOf)]));
}

/** The rows of an exchange in order, some at a time: an exchange may be of any length. */
async function refold(transaction: ViewsTransaction, exchange: string): Promise<Times> {
  let times = nothingYet;
  for (let after = -1; ;) {
    const rows = await transaction
      .selectFrom('recorded_entry')
      .select(['entry_index', 'issuer', 'type', 'occurred_at', 'terms', 'open_since'])
      .where('exchange', '=', exchange)
      .where('entry_index', '>', after)
      .orderBy('entry_index')
      .limit(readAtOnce)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return times;
    times = rows.reduce(moveBy, times);
    after = Number(last.entry_index);
  }
}

async function remove(transaction: ViewsTransaction, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await transaction.deleteFrom('exchange').where('exchange', 'in', names).execute();
  await transaction.deleteFrom('turn').where('exchange', 'in', names).execute();
}

async function insert(transaction: ViewsTransaction, standings: ReadonlyMap<string, Times>): Promise<void> {
  const seen = [...standings].filter(([, times]) => times !== nothingYet);
  await insertRows(
    transaction,
    'exchange',
    seen.flatMap(([exchange, times]) =>
      spansOf(times).map(({ from, until, standing }) => ({
        exchange,
        shown_from: from,
        shown_until: until,
        standing: JSON.stringify(standing),
      })),
    ),
  );
  await insertRows(
    transaction,
    'turn',
    seen.flatMap(([exchange, times]) =>
      turnsOver(times).map(({ agency, owes, about, since, from, until }) => ({
        exchange,
        agency,
        owes,
        about: about ?? '',
        since,
        shown_from: from,
        shown_until: until,
      })),
    ),
  );
}
