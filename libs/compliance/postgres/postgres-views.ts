import { Kysely, sql } from 'kysely';
import { DatabaseError } from 'pg';
import type { PostgresAddress } from '#postgres';
import type { Views, ViewsSchema } from '../views.js';
import { listGenerations, schemaOf } from './generations.js';
import { layoutSteps, projectorRole, readerRole } from './layout.js';
import { ledgerIn } from './migrate-views.js';
import { PostgresViewsDialect } from './postgres-dialect.js';
import { refuseUnfitServer } from './refuse-unfit-server.js';
import { refusalOf, UnusableViews, ViewsUnavailable } from './unusable-views.js';
import { viewsPool } from './views-pool.js';

export interface OpenPostgresViews extends PostgresAddress {
  /**
   * With whose rights, whatever else the user could do. `reader`: reads the active generation, in transactions that
   * have entered a scope. `projector`: writes rows of generations. `owner`: makes and drops generations.
   */
  readonly role: 'reader' | 'projector' | 'owner';
  /** Of the ledger; views of another one are refused. */
  readonly origin: string;
  /** The generation whose tables are meant. Readers are led to the active one instead. */
  readonly generation?: number;
  /** milliseconds */
  readonly statementTimeout?: number;
  readonly poolSize?: number;
}

const defaultTimeout = { reader: 15_000, projector: 60_000, owner: 600_000 };

/**
 * Opens the views of a ledger in PostgreSQL, made before by `migrateViews`. A connection that breaks later is replaced;
 * what it was used for fails with an error that passes by itself.
 *
 * @throws UnusableViews
 */
export async function openPostgresViews(options: OpenPostgresViews): Promise<Views> {
  const { pool, host } = poolOf(options);
  const database = new Kysely<ViewsSchema>({ dialect: new PostgresViewsDialect(pool, host) });
  try {
    await refuseForeign(database, host, options);
  } catch (error) {
    await database.destroy();
    throw refusalOf(host, error);
  }
  return { database, isTransient, lock, folded: () => {}, scrub: () => vacuum(database) };
}

function poolOf(options: OpenPostgresViews): ReturnType<typeof viewsPool> {
  const { role, generation, statementTimeout = defaultTimeout[role], poolSize = 10 } = options;
  const settings = {
    ...(role !== 'owner' && { role: role === 'reader' ? readerRole : projectorRole }),
    ...(role === 'reader' && { default_transaction_read_only: 'on' }),
    search_path: generation !== undefined && role !== 'reader' ? schemaOf(generation) : 'pg_catalog',
    statement_timeout: statementTimeout,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 60_000,
  };
  // The server ends a statement that takes too long; this ends waiting for a server that no longer answers.
  return viewsPool(options, `nachweis-${role}`, settings, { max: poolSize, query_timeout: statementTimeout + 5_000 });
}

async function refuseForeign(
  database: Kysely<ViewsSchema>,
  host: string,
  { origin, generation }: OpenPostgresViews,
): Promise<void> {
  await refuseUnfitServer(database, host);
  const ledger = await ledgerIn(database, host);
  if (ledger === null) throw new UnusableViews(host, 'their schema has not been created');
  if (ledger.origin !== origin)
    throw new UnusableViews(host, `they are of the ledger ${ledger.origin}`, { isForeign: true });
  if (ledger.layout !== layoutSteps.length) {
    const which = ledger.layout < layoutSteps.length ? 'an earlier' : 'a later';
    throw new UnusableViews(host, `their schema is of ${which} version`);
  }
  if (generation === undefined) return;
  const generations = await listGenerations(database);
  if (!generations.some(({ number }) => number === generation)) {
    throw new UnusableViews(host, `there is no generation ${generation}`);
  }
}

/**
 * Classes 08 (connection), 53 (resources, a full disk among them) and 57 (operator), and single codes: serialization
 * failure, deadlock, lock not available, read-only after a fail-over, idle in transaction, error of the disk.
 */
const passing = /^(08...|53...|57...|40001|40P01|55P03|25006|25P03|58030)$/;

const isTransient = (error: unknown): boolean =>
  error instanceof ViewsUnavailable || (error instanceof DatabaseError && passing.test(error.code ?? ''));

const lock: Views['lock'] = async (transaction, work) => {
  const how = sql.raw(work === 'folding' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock');
  await sql`SELECT ${how}(hashtextextended('nachweis erasing', 0))`.execute(transaction);
};

/**
 * Takes erased rows out of the pages of the tables. They are invisible to every query from the moment the erasure is
 * committed; their bytes stay in the pages until this, or PostgreSQL's own vacuum where the role may not, and as long
 * as a transaction runs that is older than the erasure. Write-ahead log and backups keep theirs for their own time.
 */
async function vacuum(database: Kysely<ViewsSchema>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND current_schema() LIKE 'views%'
      AND CASE WHEN current_setting('server_version_num')::int >= 170000
        THEN has_table_privilege(oid, 'MAINTAIN') ELSE pg_has_role(relowner, 'USAGE') END
    ORDER BY relname`.execute(database);
  if (rows.length === 0) return;
  const tables = sql.join(rows.map(({ name }) => sql.id(name)));
  await sql`VACUUM (INDEX_CLEANUP ON, SKIP_LOCKED) ${tables}`.execute(database);
}
