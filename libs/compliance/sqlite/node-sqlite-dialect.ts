import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Kysely,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import type { RowByRow } from '../insert-rows.js';

const preparedStatements = 200;

/** Kysely's SQLite dialect over `node:sqlite`. Statements stay prepared, the least recently used go first. */
export class NodeSqliteDialect implements Dialect {
  constructor(private readonly database: DatabaseSync) {}

  createDriver(): SqliteDriver {
    return new NodeSqliteDriver(this.database);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new RowByRowAdapter();
  }

  createIntrospector(database: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(database);
  }
}

class RowByRowAdapter extends SqliteAdapter implements RowByRow {
  readonly insertsRowByRow = true;
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: new PreparingDatabase(database) });
    this.#database = database;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second rollback would fail and hide the cause.
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

class PreparingDatabase implements SqliteDatabase {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, Statement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  prepare(sql: string): SqliteStatement {
    const statement = this.#prepared.get(sql) ?? new Statement(this.#database.prepare(sql));
    this.#prepared.delete(sql);
    this.#prepared.set(sql, statement);
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size <= preparedStatements) break;
      this.#prepared.delete(oldest);
    }
    return statement;
  }

  close(): void {
    this.#prepared.clear();
    this.#database.close();
  }
}

class Statement implements SqliteStatement {
  readonly reader: boolean;
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#statement.all(...bindable(parameters));
  }

  /** @param parameters of the statement, or of each time that it is to be carried out */
  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    if (!Array.isArray(parameters[0])) return this.#statement.run(...bindable(parameters));
    let last: ReturnType<StatementSync['run']> = { changes: 0, lastInsertRowid: 0 };
    for (const some of parameters as readonly (readonly unknown[])[]) last = this.#statement.run(...bindable(some));
    return last;
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...bindable(parameters));
  }
}

// What SQLite cannot bind, it refuses itself.
const bindable = (parameters: readonly unknown[]): readonly SQLInputValue[] => parameters as readonly SQLInputValue[];
