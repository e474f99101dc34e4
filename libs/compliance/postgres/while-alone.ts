import { sql } from 'kysely';
import { realPause, type Pause } from '#kernel';
import type { Views } from '../views.js';

/** Milliseconds between two looks at whether the session that holds the lock still lives. */
const interval = 1_000;

/**
 * Does something that only one process at a time should do for a generation of views: the one whose session holds an
 * advisory lock of their database. When the process ends, so does the session, and another one has its turn. Who goes on
 * without knowing that it lost the lock is refused by the positions it wants to move.
 *
 * @param work ends soon after its signal aborts: the session is gone, or nobody wants it any more
 * @returns false, at once, where another process does it
 * @throws what the database or the work does
 */
export async function whileAlone(
  { database }: Pick<Views, 'database'>,
  signal: AbortSignal,
  work: (lost: AbortSignal) => Promise<void>,
  pause: Pause = realPause,
): Promise<boolean> {
  return database.connection().execute(async (session) => {
    const { rows } = await sql<{ held: boolean }>`
      SELECT pg_try_advisory_lock(hashtextextended('nachweis order of the log ' || current_schema(), 0)) AS held`.execute(
      session,
    );
    if (rows[0]?.held !== true) return false;
    const done = new AbortController();
    const lost = new AbortController();
    const working = work(AbortSignal.any([signal, lost.signal])).finally(() => done.abort());
    // Whoever awaits it hears of a failure; it may come while the session is looked after.
    working.catch(() => {});
    try {
      for (; !done.signal.aborted; await pause(interval, done.signal)) await sql`SELECT 1`.execute(session);
    } finally {
      lost.abort();
      try {
        await working;
      } finally {
        // A session that cannot be told is given up with its lock.
        await sql`SELECT pg_advisory_unlock_all()`.execute(session);
      }
    }
    return true;
  });
}
