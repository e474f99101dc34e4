import { createGeneration, migrateViews, openPostgresViews } from '../postgres/index.js';
import { PostgresServer, postgresPassword } from '../../../test/support/postgres-server.js';
import { openSqliteViews } from '../sqlite/index.js';
import type { Projection } from '../projection.js';
import type { Views } from '../views.js';
import { everyProjection } from '../every-projection.js';

/** Views as those have them who build them, and as those have them who read them. */
export interface OpenedViews {
  readonly views: Views;
  readonly reader: Views;
}

/** A kind of database that the tests of views run on. */
export interface TestDatabase {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A fresh one, with the tables of every projection and a reader with no more rights than it needs. */
  open(): Promise<OpenedViews>;
  /** A fresh one without tables, for a projector that makes and drops them itself. */
  openEmpty(): Promise<Views>;
}

export const sqliteDatabase: TestDatabase = {
  name: 'SQLite',
  start: async () => {},
  stop: async () => {},
  async open() {
    const views = openSqliteViews(':memory:');
    return { views, reader: views };
  },
  openEmpty: async () => openSqliteViews(':memory:'),
};

export const testOrigin = 'ledger.example';

/** A real PostgreSQL server, where views are built by the role that owns them and read by one that may only read. */
export class PostgresDatabase implements TestDatabase {
  readonly name = 'PostgreSQL';
  #server: PostgresServer | undefined;
  #count = 0;

  /** @param projections of the generation that is active in a fresh database */
  constructor(private readonly projections: readonly Projection[] = everyProjection) {}

  get server(): PostgresServer {
    if (this.#server === undefined) throw new RangeError('the server has not been started');
    return this.#server;
  }

  async start(): Promise<void> {
    this.#server = await PostgresServer.start();
    await this.server.run('postgres', `CREATE ROLE owner LOGIN CREATEROLE PASSWORD '${postgresPassword}'`);
    await this.server.run('postgres', 'CREATE DATABASE prepared OWNER owner');
    await migrateViews({ ...this.address('prepared', 'owner'), origin: testOrigin });
    for (const role of ['reader', 'projector']) {
      await this.server.run(
        'postgres',
        `CREATE ROLE ${role} LOGIN PASSWORD '${postgresPassword}'; GRANT nachweis_${role} TO ${role}`,
      );
    }
    await this.server.run('postgres', 'CREATE DATABASE prepared_empty OWNER owner TEMPLATE prepared');
    await this.#firstGeneration('prepared', this.projections);
    await this.#firstGeneration('prepared_empty', []);
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** Where a login role of the tests finds a database. */
  address(database: string, user: string): { readonly url: string; readonly password: string } {
    return { url: `postgres://${user}@127.0.0.1:${this.server.port}/${database}`, password: postgresPassword };
  }

  /** A database with an active generation of all projections, or of none. @returns its name */
  async create(prepared: 'prepared' | 'prepared_empty' = 'prepared'): Promise<string> {
    const name = `views_of_test_${(this.#count += 1)}`;
    await this.server.run('postgres', `CREATE DATABASE ${name} OWNER owner TEMPLATE ${prepared} STRATEGY file_copy`);
    return name;
  }

  async as(role: 'owner' | 'projector' | 'reader', database: string, generation = 0): Promise<Views> {
    return openPostgresViews({
      ...this.address(database, role),
      role,
      origin: testOrigin,
      poolSize: 4,
      ...(generation > 0 && { generation }),
    });
  }

  async open(): Promise<OpenedViews> {
    const database = await this.create();
    return { views: await this.as('owner', database, 1), reader: await this.as('reader', database) };
  }

  async openEmpty(): Promise<Views> {
    return this.as('owner', await this.create('prepared_empty'), 1);
  }

  async #firstGeneration(database: string, projections: readonly Projection[]): Promise<void> {
    const owner = await this.as('owner', database);
    await createGeneration(owner.database, projections, 1);
    await owner.database.destroy();
  }
}
