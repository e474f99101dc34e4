import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import type { EntryId, LogName } from '#kernel';
import { groupRoleMade, hostOf, poolConfigOf, reasonOf, type PostgresAddress } from '#postgres';
import { Coordination } from '../coordination.js';

/** The database cannot be used as it is. Names host and reason, never a secret. */
export class CoordinationRefused extends Error {
  override readonly name = 'CoordinationRefused';

  constructor(address: PostgresAddress, cause: unknown) {
    super(`what ledgers agree on at ${hostOf(address)}: ${reasonOf(cause)}`, { cause });
  }
}

/** How many turns are taken without asking after one could not be had: whoever hangs is not waited for each time. */
const turnsAlone = 50;

/**
 * Ledgers on one log take turns by locking a row in PostgreSQL. A ledger that hangs holds up the others once for the
 * patience; the server ends its transaction, and the expected revision fences it when it comes back.
 */
export class PostgresCoordination extends Coordination {
  /** names this process in the row of the turn */
  readonly #self = randomUUID();
  readonly #alone = new Map<LogName, number>();

  private constructor(
    private readonly pool: Pool,
    private readonly troubled: (error: unknown) => void,
  ) {
    super();
    // A connection that breaks while idle is replaced; whoever uses one hears of it by the statement that fails.
    pool.on('error', troubled);
  }

  /**
   * @param address of a user that is a member of `nachweis_ledger`
   * @param troubled hears of turns that could not be had
   * @param patience milliseconds that a turn is waited for
   * @throws CoordinationRefused
   */
  static async open(
    address: PostgresAddress,
    troubled: (error: unknown) => void,
    patience = 500,
  ): Promise<PostgresCoordination> {
    const coordination = new PostgresCoordination(ledgersPool(address, patience), troubled);
    try {
      await coordination.pool.query('SELECT log FROM nachweis_ledger.turn');
      return coordination;
    } catch (error) {
      await coordination.close();
      throw new CoordinationRefused(address, error);
    }
  }

  override async inTurn<Result>(log: LogName, work: (moved: boolean) => Promise<Result>): Promise<Result> {
    const turn = await this.#take(log);
    if (turn === null) return work(true);
    try {
      return await work(turn.moved);
    } finally {
      await this.#give(log, turn);
    }
  }

  override async claim(log: LogName, ids: readonly EntryId[]): Promise<ReadonlySet<EntryId>> {
    const inserted = await this.pool.query(
      // In an order all share: two ledgers that claim the same ids never wait for each other in a circle.
      `INSERT INTO nachweis_ledger.claim (id, log)
       SELECT id, $2 FROM unnest($1::uuid[]) AS given (id) ORDER BY id ON CONFLICT DO NOTHING`,
      [ids, log],
    );
    if (inserted.rowCount === ids.length) return new Set();
    const others = await this.pool.query<{ id: EntryId }>(
      'SELECT id FROM nachweis_ledger.claim WHERE id = ANY($1::uuid[]) AND log <> $2',
      [ids, log],
    );
    return new Set(others.rows.map(({ id }) => id));
  }

  override async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }

  async #take(log: LogName): Promise<{ client: PoolClient; moved: boolean } | null> {
    const left = this.#alone.get(log) ?? 0;
    if (left > 0) {
      this.#alone.set(log, left - 1);
      return null;
    }
    let client: PoolClient | undefined;
    try {
      client = await this.pool.connect();
      await client.query('BEGIN');
      const { rows } = await client.query<{ holder: string }>(
        'SELECT holder FROM nachweis_ledger.turn WHERE log = $1 FOR UPDATE',
        [log],
      );
      return { client, moved: rows[0]?.holder !== this.#self };
    } catch (error) {
      client?.release(true);
      this.#alone.set(log, turnsAlone);
      this.troubled(error);
      return null;
    }
  }

  async #give(log: LogName, { client, moved }: { client: PoolClient; moved: boolean }): Promise<void> {
    try {
      if (moved) await client.query('UPDATE nachweis_ledger.turn SET holder = $2 WHERE log = $1', [log, this.#self]);
      await client.query('COMMIT');
      client.release();
    } catch (error) {
      client.release(true);
      this.troubled(error);
    }
  }
}

/** Connections of a ledger to what it shares with others. @param patience milliseconds that a lock is waited for */
export function ledgersPool(address: PostgresAddress, patience: number): Pool {
  const settings = {
    // A claim that is answered before the disk has it could be given to the other log after a power loss.
    synchronous_commit: 'on',
    lock_timeout: patience,
    statement_timeout: 10 * patience,
    idle_in_transaction_session_timeout: 10 * patience,
  };
  const pool = new Pool({
    ...poolConfigOf(address, 'nachweis-ledger', settings),
    max: 4,
    // The server's own timeout does not help against a server that is stopped or cut off.
    query_timeout: patience + 2_000,
  });
  // A connection that the server ends while it is in use tells whoever uses it, by the statement that fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/**
 * Makes the tables of the coordination, once, as the owner of the database.
 *
 * @param pool of a role that may create schemas and roles, or owns schema `nachweis_ledger` where role and schema were
 *   made for it
 */
export async function migrateCoordination(pool: Pick<Pool, 'query'>): Promise<void> {
  await pool.query(`
    BEGIN;
    SELECT pg_advisory_xact_lock(hashtext('nachweis_ledger'));
    ${groupRoleMade('nachweis_ledger')};
    DO $$ BEGIN
      IF to_regnamespace('nachweis_ledger') IS NULL THEN CREATE SCHEMA nachweis_ledger; END IF;
    END $$;
    CREATE TABLE IF NOT EXISTS nachweis_ledger.turn (log text PRIMARY KEY, holder text NOT NULL);
    CREATE TABLE IF NOT EXISTS nachweis_ledger.claim (id uuid PRIMARY KEY, log text NOT NULL);
    CREATE TABLE IF NOT EXISTS nachweis_ledger.search
      (handle uuid PRIMARY KEY, owner text NOT NULL, ids uuid[] NOT NULL, expires_at text COLLATE "C" NOT NULL);
    ALTER TABLE nachweis_ledger.search ADD COLUMN IF NOT EXISTS kind text NOT NULL DEFAULT 'case';
    INSERT INTO nachweis_ledger.turn VALUES ('entries', ''), ('registry', '') ON CONFLICT DO NOTHING;
    GRANT USAGE ON SCHEMA nachweis_ledger TO nachweis_ledger;
    GRANT SELECT, UPDATE ON nachweis_ledger.turn TO nachweis_ledger;
    GRANT SELECT, INSERT ON nachweis_ledger.claim TO nachweis_ledger;
    GRANT SELECT, INSERT, DELETE ON nachweis_ledger.search TO nachweis_ledger;
    COMMIT;
  `);
}
