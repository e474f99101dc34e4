import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { freePort, postgresPassword, PostgresServer } from '../../../test/support/postgres-server.js';
import { tableDigest } from '../table-digest.js';
import { PostgresDatabase, testOrigin } from '../testing/databases.js';
import { projected } from '../testing/projected.js';
import { clinic, exchangeOf, police } from '../testing/recorded-log.js';
import { disclosed } from '../testing/stories.js';
import type { Views } from '../views.js';
import { migrateViews } from './migrate-views.js';
import { openPostgresViews, type OpenPostgresViews } from './postgres-views.js';

const postgres = new PostgresDatabase();
let directory: string;
let name: string;
beforeAll(async () => {
  await postgres.start();
  directory = await mkdtemp(join(tmpdir(), 'nachweis-views-'));
  name = await postgres.create();
});
afterAll(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true });
});

const open = (change: Partial<OpenPostgresViews> = {}): Promise<Views> =>
  openPostgresViews({ ...postgres.address(name, 'reader'), role: 'reader', origin: testOrigin, ...change });

/** Why the views cannot be used. What is said must name the host and no secret. */
async function reason(change: Partial<OpenPostgresViews>, attempt = open): Promise<string> {
  const error: unknown = await attempt(change).then(
    () => 'opened',
    (cause: unknown) => cause,
  );
  expect(error).toMatchObject({ name: 'UnusableViews' });
  const { message } = error as Error;
  for (const secret of [postgresPassword, 'wrong-secret']) expect(message).not.toContain(secret);
  return message.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST');
}

async function listening(serve: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const port = await freePort();
  const server = createServer(serve).listen(port, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { server, port };
}

describe('views that cannot be used are refused at the start', () => {
  const at = (port: number, database = name): Partial<OpenPostgresViews> => ({
    url: `postgres://reader@127.0.0.1:${port}/${database}`,
  });

  it('where nobody listens, or somebody who does not answer as a server does', async () => {
    expect(await reason(at(await freePort()))).toBe(`the views at HOST/${name}: it cannot be reached (ECONNREFUSED)`);
    const { server, port } = await listening((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await reason(at(port))).toContain(`the views at HOST/${name}: it cannot be reached`);
    server.close();
  });

  it('with a wrong user, password, database or membership', async () => {
    const not = 'user or password are not accepted (28P01)';
    expect(await reason({ password: 'wrong-secret' })).toBe(`the views at HOST/${name}: ${not}`);
    expect(await reason(postgres.address(name, 'nobody'))).toBe(`the views at HOST/${name}: ${not}`);
    expect(await reason(postgres.address('nowhere', 'reader'))).toContain('there is no such database (3D000)');
    expect(await reason({ role: 'projector' })).toContain('is it a member of the role that fits the process? (42501)');
  });

  it('where TLS is asked for and not given, or not by whom it should be', async () => {
    const { port } = postgres.server;
    const url = `postgres://reader@127.0.0.1:${port}/${name}?sslmode=`;
    expect(await reason({ url: `${url}verify-full` })).toContain('TLS fails');
    expect(await reason({ url: `${url}require` })).toContain('sslmode is disable or verify-full');
    expect(await reason({ url: `${url}verify-full&sslrootcert=${directory}/none` })).toContain('sslrootcert');
  });

  it('where the address holds a password or is none', async () => {
    const { port } = postgres.server;
    expect(await reason({ url: `postgres://reader:wrong-secret@127.0.0.1:${port}/${name}` })).toContain('into a file');
    for (const url of ['', 'nonsense', 'http://127.0.0.1/x', 'postgres://reader@127.0.0.1']) {
      expect(await reason({ url })).toContain('must be postgres://user@host:port/database');
    }
  });

  it('where the password’s file cannot be read', async () => {
    const { url } = postgres.address(name, 'reader');
    const attempt = (): Promise<Views> =>
      openPostgresViews({ url, passwordFile: join(directory, 'none'), role: 'reader', origin: testOrigin });
    expect(await reason({}, attempt)).toContain('a file that the connection needs cannot be read (ENOENT)');
  });

  it('in a database that cannot hold every text', async () => {
    const encoded = "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0";
    await postgres.server.run('postgres', `CREATE DATABASE ascii ${encoded}`);
    const why = 'the views at HOST/ascii: the database is encoded in SQL_ASCII, not in UTF8';
    expect(await reason(postgres.address('ascii', 'reader'))).toBe(why);
  });

  it('of another ledger, of nobody, or of somebody who only uses the name', async () => {
    expect(await reason({ origin: 'other.example' })).toContain(`they are of the ledger ${testOrigin}`);
    const empty = await postgres.server.createDatabase();
    const owner = { ...postgres.address(empty, 'owner'), role: 'owner' } as const;
    expect(await reason(owner)).toContain('their schema has not been created');
    await postgres.server.run(empty, 'CREATE SCHEMA nachweis_control; CREATE TABLE nachweis_control.notes (x text)');
    expect(await reason(owner)).toContain('a schema nachweis_control that is not ours is in the way');
  });

  it('of another version', async () => {
    const other = await postgres.create();
    for (const [layout, which] of [
      ['layout + 1', 'a later'],
      ['0', 'an earlier'],
    ] as const) {
      await postgres.server.run(other, `UPDATE nachweis_control.ledger SET layout = ${layout}`);
      expect(await reason(postgres.address(other, 'reader'))).toContain(`their schema is of ${which} version`);
    }
  });

  it('without the generation that is meant', async () => {
    const projector = { ...postgres.address(name, 'projector'), role: 'projector', generation: 7 } as const;
    expect(await reason(projector)).toContain('there is no generation 7');
  });
});

describe('views are made', () => {
  const migrate = (database: string, origin = testOrigin): Promise<void> =>
    migrateViews({ ...postgres.address(database, 'owner'), origin });

  it('once, however often and by however many at once, in however many databases of a server', async () => {
    const other = await PostgresServer.start();
    const fresh = [await other.createDatabase(), await other.createDatabase()];
    await Promise.all(
      [...fresh, ...fresh, ...fresh].map((database) =>
        migrateViews({
          url: `postgres://postgres@127.0.0.1:${other.port}/${database}`,
          password: postgresPassword,
          origin: testOrigin,
        }),
      ),
    );
    for (const database of fresh) {
      const rows = await other.run(database, 'SELECT origin FROM nachweis_control.ledger');
      expect(rows).toEqual([{ origin: testOrigin }]);
    }
    await other.stop();
  });

  it('for one ledger only, and not over what a later version made', async () => {
    const database = await postgres.create();
    await expect(migrate(database, 'other.example')).rejects.toMatchObject({ name: 'UnusableViews' });
    await postgres.server.run(database, 'UPDATE nachweis_control.ledger SET layout = 99');
    await expect(migrate(database)).rejects.toThrow('a later version has changed them');
  });

  it('not where the server cannot be reached', async () => {
    const url = `postgres://owner@127.0.0.1:${await freePort()}/x`;
    await expect(migrateViews({ url, password: 'wrong-secret', origin: testOrigin })).rejects.toMatchObject({
      name: 'UnusableViews',
      reason: 'it cannot be reached (ECONNREFUSED)',
    });
  });
});

describe('a connection', () => {
  it('takes the password as it is in its file when it is made', async () => {
    const passwordFile = join(directory, 'password');
    await writeFile(passwordFile, `${postgresPassword}\n`);
    const { url } = postgres.address(name, 'reader');
    const views = await openPostgresViews({ url, passwordFile, role: 'reader', origin: testOrigin, poolSize: 1 });
    const ask = () => sql`SELECT 1 AS one`.execute(views.database);
    await writeFile(passwordFile, 'changed meanwhile');
    await expect(ask()).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await endConnections('reader');
    const refusal: unknown = await ask().catch(() => ask().catch((error: unknown) => error));
    expect(views.isTransient(refusal)).toBe(true);
    await writeFile(passwordFile, postgresPassword);
    await expect(ask()).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await views.database.destroy();
  });

  it('that is ended while it is idle or in a transaction is replaced, and nobody else is harmed', async () => {
    const views = await open();
    for (let round = 0; round < 5; round += 1) {
      const work = views.database.transaction().execute(async (transaction) => {
        await sql`SELECT 1`.execute(transaction);
        await endConnections('reader');
        await sql`SELECT 2`.execute(transaction);
      });
      const error: unknown = await work.catch((cause: unknown) => cause);
      expect(views.isTransient(error)).toBe(true);
      await eventually(() => sql`SELECT 3`.execute(views.database));
      await endConnections('reader');
    }
    await views.database.destroy();
  });

  it('to a server that dies and comes back comes back, too', async () => {
    const views = await open();
    const ask = () => sql`SELECT 1`.execute(views.database);
    process.kill(postgres.server.pid, 'SIGKILL');
    // Who was connected is served until the server's processes notice that the first of them is gone.
    const isServed = () => ask().then(Boolean, () => false);
    while (await isServed()) await new Promise(setImmediate);
    const error = await failureOf(ask);
    expect(views.isTransient(error)).toBe(true);
    await postgres.server.restart();
    await eventually(ask);
    await views.database.destroy();
  });

  it('is not waited for longer than a statement may take', async () => {
    const views = await open({ statementTimeout: 50 });
    const error: unknown = await sql`SELECT pg_sleep(5)`.execute(views.database).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: '57014' });
    expect(views.isTransient(error)).toBe(true);
    await views.database.destroy();
  });

  it('gives whole numbers as numbers, and none that are not exact', async () => {
    const views = await open();
    const large = await sql`SELECT 9007199254740991::int8 AS most, count(*) AS none FROM pg_class WHERE false`.execute(
      views.database,
    );
    expect(large.rows).toEqual([{ most: Number.MAX_SAFE_INTEGER, none: 0 }]);
    await expect(sql`SELECT 9007199254740992::int8`.execute(views.database)).rejects.toThrow(RangeError);
    await views.database.destroy();
  });
});

it('a text that PostgreSQL cannot hold is not found, and not stored as another one', async () => {
  const { database } = await postgres.as('owner', name, 1);
  const turn = { exchange: 'x', agency: 'a\0b', owes: 'c', about: '', since: 'd', shown_from: '' };
  await expect(database.insertInto('turn').values(turn).execute()).rejects.toMatchObject({ code: '22021' });
  expect(await database.selectFrom('turn').selectAll().where('agency', '=', turn.agency).execute()).toEqual([]);
  await database.destroy();
});

describe('what passes by itself', () => {
  it.each(['40001', '40P01', '53100', '53300', '55P03', '57P01', '57P03', '08006', '25006'])(
    'is told from what does not: %s passes',
    async (code) => {
      const views = await open();
      const raised = sql`DO ${sql.lit(`BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${code}'; END`)}`;
      const error: unknown = await raised.execute(views.database).catch((cause: unknown) => cause);
      expect([error, views.isTransient(error)]).toEqual([expect.objectContaining({ code }), true]);
      await views.database.destroy();
    },
  );

  it('is not a broken rule, a missing table or an error of ours', async () => {
    const views = await open();
    for (const broken of ['SELECT 1/0', 'SELECT * FROM nowhere', 'SELEC', `SELECT 'x'::int`]) {
      const error: unknown = await sql
        .raw(broken)
        .execute(views.database)
        .catch((cause: unknown) => cause);
      expect([broken, views.isTransient(error)]).toEqual([broken, false]);
    }
    for (const error of [new TypeError('x'), new Error('x'), undefined, 'x']) {
      expect(views.isTransient(error)).toBe(false);
    }
    await views.database.destroy();
  });
});

describe('an erasure', () => {
  it('waits for those who fold and lets nobody fold meanwhile, while folding goes on side by side', async () => {
    const [one, other] = await Promise.all([postgres.as('projector', name, 1), postgres.as('projector', name, 1)]);
    const order: string[] = [];
    const folded = Promise.withResolvers<void>();
    const folding = one.database.transaction().execute(async (transaction) => {
      await one.lock(transaction, 'folding');
      await other.database.transaction().execute(async (second) => {
        await other.lock(second, 'folding');
        order.push('both fold');
      });
      await folded.promise;
      order.push('folded');
    });
    await eventually(async () => expect(order).toEqual(['both fold']));
    const erasing = other.database.transaction().execute(async (transaction) => {
      await other.lock(transaction, 'erasing');
      order.push('erased');
    });
    await eventually(async () => {
      const waiting = await postgres.server.run(
        name,
        `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
      );
      expect(waiting).toHaveLength(1);
    });
    folded.resolve();
    await Promise.all([folding, erasing]);
    expect(order).toEqual(['both fold', 'folded', 'erased']);
    for (const { database } of [one, other]) await database.destroy();
  });

  it('leaves nothing in the pages of the tables once they are scrubbed', async () => {
    const database = await postgres.create();
    const [views, reader] = [await postgres.as('owner', database, 1), await postgres.as('reader', database)];
    await using world = await projected({ views, reader });
    const ids = await world.tell(
      ...Array.from({ length: 30 }, (_, i) =>
        disclosed(clinic, [police], exchangeOf(`${i}`), { purpose: 'unmistakable' }),
      ),
    );
    for (const entry of ids) await world.log.vault.destroy({ entry });
    await world.projector.erase(ids);
    const rows = await postgres.server.run(
      database,
      `SELECT relname FROM pg_class WHERE relnamespace = 'views_1'::regnamespace
         AND relname IN ('disclosure', 'recorded_entry', 'exchange', 'turn') AND pg_relation_size(oid) > 0`,
    );
    expect(rows).toEqual([]);
  });

  it('is cleaned up after by a projector, too', async () => {
    const projector = await postgres.as('projector', name, 1);
    const before = await vacuums();
    await projector.scrub();
    expect(await vacuums()).toBeGreaterThan(before);
    await projector.database.destroy();
  });

  const vacuums = async (): Promise<number> => {
    const [row] = await postgres.server.run(
      name,
      `SELECT pg_stat_force_next_flush(), coalesce(sum(vacuum_count), 0)::int AS count FROM pg_stat_user_tables`,
    );
    return (row as { count: number }).count;
  };
});

it('rows are streamed, in a transaction and out of one, to the end or not', async () => {
  const views = await postgres.as('owner', name, 1);
  await sql`INSERT INTO turn SELECT 'x' || n, 'a', 'b', 'c', 'd', '' FROM generate_series(1, 250) n`.execute(
    views.database,
  );
  const whole = await tableDigest(views.database, 'turn');
  await views.database.transaction().execute(async (transaction) => {
    for await (const _ of transaction.selectFrom('turn').selectAll().stream()) break;
    expect(await tableDigest(transaction, 'turn')).toBe(whole);
    await sql`DELETE FROM turn`.execute(transaction);
    expect(await tableDigest(transaction, 'turn')).toBe('0'.repeat(64));
  });
  for await (const _ of views.database.selectFrom('turn').selectAll().stream()) throw new RangeError('a row is left');
  await expect(async () => {
    for await (const row of views.database
      .selectFrom('turn')
      .select(sql`1/0`.as('x'))
      .stream())
      throw row;
  }).rejects.toMatchObject({ name: 'error' });
  await views.database.destroy();
});

const endConnections = (user: string): Promise<unknown> =>
  postgres.server.run('postgres', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${user}'`);

/** Asks again until it fails. */
async function failureOf(attempt: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      await attempt();
    } catch (error) {
      return error;
    }
  }
}

/** Asks again until it goes well; the test's own time limit ends it. */
async function eventually(attempt: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await attempt();
      return;
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
