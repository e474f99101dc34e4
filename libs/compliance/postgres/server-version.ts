import { sql, type QueryExecutorProvider } from 'kysely';
import { UnusableViews } from './unusable-views.js';

/** Below it, everybody may create tables beside ours, and roles are not as this code needs them. */
const oldest = 15;

/** @throws UnusableViews for an old server, or a database that does not hold every text */
export async function refuseOldServer(database: QueryExecutorProvider, host: string): Promise<void> {
  const { rows } = await sql<{ version: string; encoding: string }>`
    SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding`.execute(
    database,
  );
  for (const { version, encoding } of rows) refuse(host, Number(version), encoding);
}

/** @param version as PostgreSQL numbers it, 150004 for 15.4 */
export function refuse(host: string, version: number, encoding: string): void {
  const major = Math.floor(version / 10_000);
  if (major < oldest) throw new UnusableViews(host, `the server is PostgreSQL ${major}, ${oldest} is the oldest`);
  if (encoding !== 'UTF8') throw new UnusableViews(host, `the database is encoded in ${encoding}, not in UTF8`);
}
