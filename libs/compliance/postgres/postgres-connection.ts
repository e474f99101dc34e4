import { CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely';
import { DatabaseError, type PoolClient, type QueryResult as Answer } from 'pg';
import { ViewsUnavailable } from './unusable-views.js';

/** Kinds of statements whose values are kept, and must be kept as they are. */
const storing: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode']);
const writing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** A connection of the pool, from being taken until it is given back or given up. */
export class PostgresConnection implements DatabaseConnection {
  #broken = false;
  #inTransaction = false;
  #cursors = 0;

  constructor(
    private readonly client: PoolClient,
    private readonly host: string,
  ) {}

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const sent = storing.has(query.kind) ? parameters : parameters.map(findable);
    const { rows, command, rowCount } = await this.#answer(sql, sent);
    return {
      rows: rows as Row[],
      ...(writing.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }),
    };
  }

  /** Rows some at a time, through a cursor of the server; in a transaction of its own where there is none. */
  async *streamQuery<Row>({ sql, parameters }: CompiledQuery, chunkSize: number): AsyncGenerator<QueryResult<Row>> {
    const own = !this.#inTransaction;
    const cursor = `nachweis_rows_${(this.#cursors += 1)}`;
    if (own) await this.begin('START TRANSACTION READ ONLY');
    try {
      await this.#answer(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${sql}`, parameters.map(findable));
      for (;;) {
        const { rows } = await this.#answer(`FETCH FORWARD ${chunkSize} FROM ${cursor}`);
        if (rows.length === 0) break;
        yield { rows: rows as Row[] };
      }
      await this.#answer(`CLOSE ${cursor}`);
      if (own) await this.end('COMMIT');
    } finally {
      // Whoever stopped reading half way, or failed, leaves nothing open in a transaction of ours.
      if (own && this.#inTransaction) await this.abandon();
    }
  }

  async begin(statement: string): Promise<void> {
    await this.#answer(statement);
    this.#inTransaction = true;
  }

  /** @throws Error when the server rolled back instead, because a statement had failed and nobody said so */
  async end(statement: 'COMMIT'): Promise<void> {
    const { command } = await this.#answer(statement);
    this.#inTransaction = false;
    if (command !== statement) throw new Error('a failed transaction was to be committed');
  }

  /** Rolls back. What cannot be rolled back is given up, so that the failure that led here stays the one seen. */
  async abandon(): Promise<void> {
    this.#inTransaction = false;
    if (this.#broken) return;
    try {
      await this.client.query('ROLLBACK');
    } catch {
      this.#broken = true;
    }
  }

  release(): void {
    this.client.release(this.#broken || this.#inTransaction);
  }

  async #answer(text: string, parameters: readonly unknown[] = []): Promise<Answer<object>> {
    try {
      const answer: Answer<object> | Answer<object>[] = await this.client.query(text, [...parameters]);
      const last = Array.isArray(answer) ? answer.at(-1) : answer;
      if (last === undefined) throw new TypeError('no statement');
      return last;
    } catch (error) {
      if (isAnswer(error)) throw error;
      this.#broken = true;
      throw new ViewsUnavailable(this.host, error);
    }
  }
}

/** Told by the server, or by us about a value. Everything else is a connection that broke. */
const isAnswer = (error: unknown): boolean =>
  error instanceof DatabaseError || error instanceof TypeError || error instanceof RangeError;

/**
 * PostgreSQL knows no text with U+0000 and refuses to store one. What is looked for with it must not be found: the last
 * noncharacter stands in its place.
 */
function findable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(findable);
  return typeof value === 'string' ? value.replaceAll('\0', '\u{10FFFF}') : value;
}
