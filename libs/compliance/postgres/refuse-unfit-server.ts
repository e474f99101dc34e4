import { sql, type QueryExecutorProvider } from 'kysely';
import { serverFacts, unfitServer, type ServerFacts } from '#postgres';
import { UnusableViews } from './unusable-views.js';

/** @throws UnusableViews for an old server, or a database that does not hold every text */
export async function refuseUnfitServer(database: QueryExecutorProvider, host: string): Promise<void> {
  const { rows } = await sql<ServerFacts>`SELECT ${sql.raw(serverFacts)}`.execute(database);
  for (const facts of rows) {
    const reason = unfitServer(facts);
    if (reason !== null) throw new UnusableViews(host, reason);
  }
}
