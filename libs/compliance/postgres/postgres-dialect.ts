import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Dialect,
  type Driver,
  type Kysely,
  type TransactionSettings,
} from 'kysely';
import type { Instant } from '#kernel';
import type { Pool } from 'pg';
import type { ScopedAdapter } from '../queries/enter-scope.js';
import type { Scope } from '../scope.js';
import type { ViewsTransaction } from '../views.js';
import { PostgresConnection } from './postgres-connection.js';
import { ViewsUnavailable } from './unusable-views.js';

/** Kysely's PostgreSQL dialect for views: connections that may break at any time, and scopes the database enforces. */
export class PostgresViewsDialect implements Dialect {
  /** @param host as errors name it */
  constructor(
    private readonly pool: Pool,
    private readonly host: string,
  ) {}

  createDriver(): Driver {
    return new PoolDriver(this.pool, this.host);
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): PostgresAdapter {
    return new EnteringAdapter();
  }

  createIntrospector(database: Kysely<unknown>): PostgresIntrospector {
    return new PostgresIntrospector(database);
  }
}

class EnteringAdapter extends PostgresAdapter implements ScopedAdapter {
  async enter(transaction: ViewsTransaction, scope: Scope, now: Instant): Promise<void> {
    const agency = scope.kind === 'agency' ? scope.agency : null;
    const competent = scope.kind === 'competent' ? scope.agencies : null;
    await sql`SELECT nachweis_control.enter(${agency}, ${competent}, ${now})`.execute(transaction);
  }
}

class PoolDriver implements Driver {
  constructor(
    private readonly pool: Pool,
    private readonly host: string,
  ) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    try {
      return new PostgresConnection(await this.pool.connect(), this.host);
    } catch (error) {
      throw new ViewsUnavailable(this.host, error);
    }
  }

  async beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    const level = isolationLevel ? ` ISOLATION LEVEL ${isolationLevel}` : '';
    await connection.begin(`START TRANSACTION${level}${accessMode ? ` ${accessMode}` : ''}`);
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    await connection.end('COMMIT');
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.abandon();
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}
