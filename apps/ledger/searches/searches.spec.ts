import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { Caller } from '#access';
import { instantAt, type AgencyId, type Clock, type EntryId } from '#kernel';
import { migrateCoordination } from '#recording/postgres';
import { PostgresServer } from '../../../test/support/postgres-server.js';
import { resultsInMemory } from './results-in-memory.js';
import { Searches, type SearchResults } from './searches.js';
import { sharedResults } from './shared-results.js';

const clock: Clock = { now: () => instantAt(Date.UTC(2026, 10, 22, 10)) };
const officer: Caller = {
  role: 'dpo',
  agency: 'youth-office.example' as AgencyId,
  subject: 'officer',
  competentFor: [],
};
const ids = [randomUUID() as EntryId, randomUUID() as EntryId];

describe('results of a search', () => {
  let server: PostgresServer;
  let pool: Pool;
  beforeAll(async () => {
    server = await PostgresServer.start();
    pool = new Pool({ connectionString: server.url(await server.createDatabase()) });
    // The server may end a connection of the pool before the pool has.
    pool.on('error', () => {});
    await migrateCoordination(pool);
  });
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  const stores: readonly (readonly [string, () => SearchResults])[] = [
    ['in memory', resultsInMemory],
    ['shared with other ledgers', () => sharedResults(pool, clock)],
  ];

  it.each(stores)('%s, are about a person only where a person was sought', async (_, results) => {
    const searches = new Searches(clock, results(), Buffer.alloc(32, 7));
    const byPerson = await searches.keep(officer, { kind: 'subject', ids });
    const byCase = await searches.keep(officer, { kind: 'case', ids });
    await expect(searches.foundOfPerson(officer, byPerson.search)).resolves.toEqual(ids);
    await expect(searches.foundOfPerson(officer, byCase.search)).rejects.toMatchObject({
      code: 'invalid-query',
      faults: [{ pointer: '/search' }],
    });
    await expect(searches.found(officer, byCase.search)).resolves.toEqual(ids);
  });
});
