import { randomUUID } from 'node:crypto';
import { Client, Pool } from 'pg';
import type { EntryId, LogName } from '#kernel';
import { postgresPassword, PostgresServer } from '../../../test/support/postgres-server.js';
import { ledgersPool, migrateCoordination, PostgresCoordination } from './postgres-coordination.js';

const patience = 200;
const freshIds = (count: number): EntryId[] => Array.from({ length: count }, () => randomUUID() as EntryId);

describe('ledgers that share a log', () => {
  let server: PostgresServer;
  let url: string;
  let troubles: unknown[];
  const open: PostgresCoordination[] = [];
  const address = () => ({ url: url.replace(`:${postgresPassword}`, ''), password: postgresPassword });
  const coordination = async (waiting = patience): Promise<PostgresCoordination> => {
    const one = await PostgresCoordination.open(address(), (error) => troubles.push(error), waiting);
    open.push(one);
    return one;
  };

  beforeAll(async () => {
    server = await PostgresServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    url = server.url(await server.createDatabase());
    troubles = [];
    const pool = new Pool({ connectionString: url });
    await Promise.all([migrateCoordination(pool), migrateCoordination(pool)]);
    await pool.end();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
  });

  it('take turns, and each is told when another had one since', async () => {
    const [one, two] = [await coordination(), await coordination()];
    const told: boolean[] = [];
    const turn = (whose: PostgresCoordination): Promise<void> =>
      whose.inTurn('entries', async (moved) => void told.push(moved));
    for (const whose of [one, one, two, two, one]) await turn(whose);
    expect(told).toEqual([true, false, true, false, true]);
  });

  it('never work at the same time, unless one hangs', async () => {
    const sides = [await coordination(), await coordination(), await coordination()];
    let working = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, (working += 1));
      for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
      working -= 1;
    };
    await Promise.all(
      sides.map(async (side) => {
        for (let turns = 0; turns < 10; turns++) await side.inTurn('entries', work);
      }),
    );
    expect([most, troubles]).toEqual([1, []]);
  });

  it('do not wait for the other log', async () => {
    const [one, two] = [await coordination(), await coordination()];
    await one.inTurn('entries', () => two.inTurn('registry', async () => {}));
    expect(troubles).toEqual([]);
  });

  it('wait for one that hangs once, not each time; it must look what happened when it comes back', async () => {
    const [hanging, other] = [await coordination(), await coordination()];
    const { promise, resolve } = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const hung = hanging.inTurn('entries', () => {
      begun.resolve();
      return promise;
    });
    await begun.promise;
    const told: boolean[] = [];
    for (let turns = 0; turns < 10; turns++) {
      await other.inTurn('entries', async (moved) => void told.push(moved));
    }
    expect(new Set(told)).toEqual(new Set([true]));
    expect(troubles).toHaveLength(1);
    resolve();
    await hung;
  });

  it('go on without turns while the database is away, and pass on what the work says', async () => {
    const one = await coordination();
    process.kill(server.pid, 'SIGKILL');
    // Who was connected is served until the server's processes notice that the first of them is gone.
    while (await one.claim('entries', freshIds(1)).then(Boolean, () => false)) await new Promise(setImmediate);
    expect(await one.inTurn('entries', async (moved) => moved)).toBe(true);
    await expect(one.inTurn('entries', () => Promise.reject(new Error('the work failed')))).rejects.toThrow('the work');
    await expect(one.claim('entries', freshIds(1))).rejects.toThrow(/refused|terminat|reset/i);
    await server.restart();
    expect(await one.claim('entries', freshIds(1))).toEqual(new Set());
  });

  it('give an id to one log only, whoever asks first, and to that one again and again', async () => {
    const [one, two] = [await coordination(), await coordination()];
    const ids = freshIds(200);
    const asked: [PostgresCoordination, LogName][] = [
      [one, 'entries'],
      [two, 'registry'],
    ];
    const refused = await Promise.all(asked.map(([side, log]) => side.claim(log, ids)));
    const [ofEntries, ofRegistry] = refused;
    for (const id of ids) expect(Number(ofEntries?.has(id)) + Number(ofRegistry?.has(id))).toBe(1);
    expect(await two.claim('entries', ids)).toEqual(ofEntries);
    expect(await one.claim('registry', ids)).toEqual(ofRegistry);
  });

  it('never wait for each other in a circle, in whatever order they claim the same ids', async () => {
    const [one, two] = [await coordination(10_000), await coordination(10_000)];
    for (let round = 0; round < 3; round++) {
      const ids = freshIds(10_000);
      const refused = await Promise.all([one.claim('entries', ids), two.claim('registry', ids.toReversed())]);
      expect(refused.map((each) => each.size).sort((a, b) => a - b)).toEqual([0, 10_000]);
    }
  });

  it('neither work without end nor answer before the disk has it, whatever the database is set to', async () => {
    const database = new URL(url).pathname.slice(1);
    await server.run(database, `ALTER DATABASE ${database} SET synchronous_commit = off`);
    const pool = ledgersPool(address(), 20);
    const { rows } = await pool.query('SHOW synchronous_commit');
    expect(rows).toEqual([{ synchronous_commit: 'on' }]);
    await expect(pool.query('SELECT pg_sleep(30)')).rejects.toMatchObject({ code: '57014' });
    await pool.end();
  });

  it('share tables that an owner made who may make neither roles nor schemas', async () => {
    await server.run('postgres', `CREATE ROLE owner LOGIN PASSWORD '${postgresPassword}'`);
    const database = await server.createDatabase();
    await server.run(database, 'CREATE SCHEMA nachweis_ledger AUTHORIZATION owner');
    const client = new Client({ connectionString: server.url(database, 'owner') });
    await client.connect();
    await migrateCoordination(client);
    await migrateCoordination(client);
    expect((await client.query('SELECT log FROM nachweis_ledger.turn')).rowCount).toBe(2);
    await client.end();
  });
});
