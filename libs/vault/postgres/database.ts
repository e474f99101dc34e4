import { DatabaseError, Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { hostOf, poolConfigOf, reasonOf, type PostgresAddress } from '#postgres';
import { VaultDamaged, VaultUnavailable } from '../vault.js';

/** A statement that is parsed once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Names each statement, for the server, after the table of statements it stands in. */
export function prepared<Name extends string>(
  table: string,
  texts: Readonly<Record<Name, string>>,
): Readonly<Record<Name, Statement>> {
  const named = Object.entries<string>(texts).map(([name, text]) => [name, { name: `${table} ${name}`, text }]);
  return Object.fromEntries(named) as Record<Name, Statement>;
}

/** Whoever asks: one connection inside a transaction, or any of the pool. */
export interface Session {
  ask<Row extends object>(statement: Statement, ...values: readonly unknown[]): Promise<Row[]>;
}

/** How long the server works, waits and is kept waiting: milliseconds. */
export interface Patience {
  readonly statementTimeout: number;
  /** A process that was stopped inside a transaction holds up others no longer than this. */
  readonly idleTimeout: number;
}

const attempts = 5;
const deadlock = '40P01';
const serialization = '40001';

/** Work inside a transaction found that somebody else was faster: roll back and do it again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** The connections to one database of a vault. */
export class VaultDatabase implements Session {
  readonly host: string;
  readonly #pool: Pool;

  /** Connects when it is first asked. @throws AddressRefused */
  constructor(address: PostgresAddress, { statementTimeout, idleTimeout }: Patience, connections: number) {
    this.host = hostOf(address);
    const settings = {
      // A server that answers before the disk has it would make every promise of the vault a lie.
      synchronous_commit: 'on',
      statement_timeout: statementTimeout,
      lock_timeout: statementTimeout,
      idle_in_transaction_session_timeout: idleTimeout,
    };
    this.#pool = new Pool({
      ...poolConfigOf(address, 'nachweis', settings),
      max: connections,
      // The server's own timeout does not help against a server that is stopped or cut off.
      query_timeout: statementTimeout + 2_000,
    });
    // Whoever uses a connection that breaks hears of it by the statement that fails; an idle one is replaced.
    const heard = (): void => {};
    this.#pool.on('error', heard);
    this.#pool.on('connect', (client) => void client.on('error', heard));
  }

  get isOpen(): boolean {
    return !this.#pool.ending;
  }

  async ask<Row extends object>(statement: Statement, ...values: readonly unknown[]): Promise<Row[]> {
    return this.#using((connection) => connection.ask<Row>(statement, ...values));
  }

  /**
   * Work in one transaction, committed and durable on return. What was overtaken, or chosen as a victim of a deadlock,
   * is done again.
   *
   * @param begin follows BEGIN in the same round trip
   */
  async transaction<Result>(begin: string, work: (session: Session) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#using((connection) => connection.transaction(begin, work));
      } catch (error) {
        if (!isWorthAnotherTry(error) || attempt === attempts) throw error;
      }
    }
  }

  /** Closing again does nothing. */
  async close(): Promise<void> {
    if (this.isOpen) await this.#pool.end();
  }

  async #using<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    if (!this.isOpen) throw new VaultUnavailable('the vault is closed');
    const client = await this.#pool.connect().catch((error: unknown) => this.#told(error));
    const connection = new Connection(client);
    try {
      return await work(connection);
    } catch (error) {
      return this.#told(error);
    } finally {
      client.release(connection.isBroken);
    }
  }

  #told(error: unknown): never {
    if (error instanceof VaultDamaged || error instanceof VaultUnavailable) throw error;
    throw new VaultUnavailable(`the vault at ${this.host} did not answer: ${reasonOf(error)}`, { cause: error });
  }
}

/** A connection from being taken out of the pool until it is given back. */
class Connection implements Session {
  /** true when it must not be used again */
  isBroken = false;

  constructor(private readonly client: PoolClient) {}

  async ask<Row extends object>(statement: Statement, ...values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.#send<Row>({ ...statement, values: [...values] });
    return rows;
  }

  async transaction<Result>(begin: string, work: (session: Session) => Promise<Result>): Promise<Result> {
    try {
      await this.#send(`BEGIN ISOLATION LEVEL READ COMMITTED; ${begin}`);
      const result = await work(this);
      await this.#send('COMMIT');
      return result;
    } catch (error) {
      // The failure that led here is the one to be seen; a connection that cannot roll back is broken by #send.
      if (!this.isBroken) await this.#send('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  async #send<Row extends object>(query: QueryConfig | string): Promise<QueryResult<Row>> {
    try {
      return await this.client.query<Row>(query);
    } catch (error) {
      // Whatever the server did not say as an answer leaves open what it still does.
      this.isBroken ||= !(error instanceof DatabaseError) || error.severity !== 'ERROR';
      throw error;
    }
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  const cause = error instanceof VaultUnavailable ? error.cause : error;
  return (
    cause instanceof Overtaken ||
    (cause instanceof DatabaseError && (cause.code === deadlock || cause.code === serialization))
  );
}
