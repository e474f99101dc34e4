import type { Pool } from 'pg';
import { RimError } from '#platform';
import type { IndexTerm } from '#catalogue';
import { isUuid, type Clock, type EntryId, type Instant } from '#kernel';
import type { SearchResults } from './searches.js';

interface Row {
  readonly owner: string;
  readonly kind: IndexTerm['kind'];
  readonly ids: EntryId[];
  readonly expires_at: Instant;
}

/**
 * For ledgers that share their callers: whichever is asked finds what another one found. What is over is removed with
 * the next search.
 */
export function sharedResults(pool: Pick<Pool, 'query'>, clock: Clock): SearchResults {
  return answeredOr503({
    keep: async (search, { owner, kind, ids, expiresAt }) => {
      await pool.query('DELETE FROM nachweis_ledger.search WHERE expires_at < $1', [clock.now()]);
      await pool.query(
        'INSERT INTO nachweis_ledger.search (handle, owner, ids, expires_at, kind) VALUES ($1, $2, $3, $4, $5)',
        [search, owner, ids, expiresAt, kind],
      );
    },
    find: async (search) => {
      if (!isUuid(search)) return undefined;
      const { rows } = await pool.query<Row>(
        'SELECT owner, kind, ids, expires_at FROM nachweis_ledger.search WHERE handle = $1',
        [search],
      );
      const [row] = rows;
      return row && { owner: row.owner, kind: row.kind, ids: row.ids, expiresAt: row.expires_at };
    },
  });
}

/** Whatever fails here is the database: it is away, or too busy. Searching again helps. */
const answeredOr503 = ({ keep, find }: SearchResults): SearchResults => {
  const unavailable = (cause: unknown): never => {
    const fault = { pointer: '/search', detail: 'results of searches cannot be reached' };
    throw new RimError('unavailable', [fault], { cause });
  };
  return {
    keep: (...given) => keep(...given).catch(unavailable),
    find: (search) => find(search).catch(unavailable),
  };
};
