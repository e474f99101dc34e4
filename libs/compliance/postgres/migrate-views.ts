import { Kysely, sql, type QueryExecutorProvider } from 'kysely';
import { groupRoleMade, type PostgresAddress } from '#postgres';
import { controlSchema, layoutSteps, projectorRole, readerRole } from './layout.js';
import { PostgresViewsDialect } from './postgres-dialect.js';
import { refuseUnfitServer } from './refuse-unfit-server.js';
import { refusalOf, UnusableViews, ViewsUnavailable } from './unusable-views.js';
import { viewsPool } from './views-pool.js';

export interface MigrateViews extends PostgresAddress {
  /** Of the ledger. The first one stays: a database holds the views of one ledger. */
  readonly origin: string;
}

/**
 * Brings the schema that controls the views to this version's layout, forward only; what is there already stays. May
 * be run by several at once. Needs the role that owns the views, and CREATEROLE where the group roles do not exist.
 *
 * @throws UnusableViews when the server is too old, or the schema is somebody else's or of a later version
 */
export async function migrateViews(options: MigrateViews): Promise<void> {
  const settings = { lock_timeout: 60_000, search_path: 'pg_catalog' };
  const { pool, host } = viewsPool(options, 'nachweis-migrate', settings);
  const database = new Kysely<unknown>({ dialect: new PostgresViewsDialect(pool, host) });
  try {
    await database.transaction().execute((transaction) => migrate(transaction, host, options.origin));
  } catch (error) {
    if (error instanceof ViewsUnavailable) throw refusalOf(host, error);
    throw error;
  } finally {
    await database.destroy();
  }
}

async function migrate(transaction: QueryExecutorProvider, host: string, origin: string): Promise<void> {
  await refuseUnfitServer(transaction, host);
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('nachweis views', 0))`.execute(transaction);
  for (const role of [readerRole, projectorRole]) await sql.raw(groupRoleMade(role)).execute(transaction);
  const before = await ledgerIn(transaction, host);
  if (before && before.origin !== origin) throw new UnusableViews(host, `they are of the ledger ${before.origin}`);
  if (before && before.layout > layoutSteps.length) throw new UnusableViews(host, 'a later version has changed them');
  if (!before) await createControl(transaction, origin);
  for (const step of layoutSteps.slice(before?.layout ?? 0)) await step.execute(transaction);
  await sql`UPDATE nachweis_control.ledger SET layout = ${layoutSteps.length}`.execute(transaction);
}

/** Which ledger the database is of. @returns null where there is no control schema yet */
export async function ledgerIn(
  database: QueryExecutorProvider,
  host: string,
): Promise<{ readonly origin: string; readonly layout: number } | null> {
  const { rows: schemas } = await sql<{ ours: boolean }>`
    SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = schema.oid AND relname = 'ledger') AS ours
    FROM pg_namespace schema WHERE nspname = ${controlSchema}`.execute(database);
  const [schema] = schemas;
  if (schema === undefined) return null;
  if (!schema.ours) throw new UnusableViews(host, `a schema ${controlSchema} that is not ours is in the way`);
  const { rows } = await sql<{ origin: string; layout: number }>`
    SELECT origin, layout FROM nachweis_control.ledger`.execute(database);
  const [ledger] = rows;
  if (ledger === undefined) throw new UnusableViews(host, 'they do not say which ledger they are of');
  return ledger;
}

async function createControl(transaction: QueryExecutorProvider, origin: string): Promise<void> {
  await sql`
    CREATE SCHEMA nachweis_control;
    CREATE TABLE nachweis_control.ledger (
      single boolean PRIMARY KEY DEFAULT true CHECK (single),
      origin text NOT NULL,
      layout integer NOT NULL
    )`.execute(transaction);
  await sql`INSERT INTO nachweis_control.ledger (origin, layout) VALUES (${origin}, 0)`.execute(transaction);
}
