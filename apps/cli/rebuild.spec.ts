import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateViews } from '#compliance/postgres';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { treeSize } from '#kernel';
import { commandLine, type Ended } from '../../test/support/command-line.js';
import { EventStorePeer } from '../../test/support/event-store-peer.js';
import { postgresPassword, PostgresServer } from '../../test/support/postgres-server.js';
import { registerRebuild } from './rebuild.js';

const origin = 'ledger.example/nachweis';
const wrongUse = 64;

let server: PostgresServer;
let folder: string;
let database: string;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rebuild-'));
  writeFileSync(join(folder, 'password'), `${postgresPassword}\n`);
  server = await PostgresServer.start();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  database = await server.createDatabase();
  const url = `postgres://postgres@127.0.0.1:${server.port}/${database}`;
  const passwordFile = join(folder, 'password');
  settings = { NACHWEIS_VIEWS: url, NACHWEIS_VIEWS_PASSWORD_FILE: passwordFile, NACHWEIS_ORIGIN: origin };
  await migrateViews({ url, passwordFile, origin });
});

const rebuild = (...given: readonly string[]): Promise<Ended> =>
  commandLine(registerRebuild, settings, 'rebuild', ...given);

interface Status {
  readonly size: number | null;
  readonly generations: readonly {
    readonly number: number;
    readonly state: string;
    readonly projections: readonly { name: string; folded: number; quarantined: number }[];
    readonly compared: readonly { projection: string; verdict: string }[];
  }[];
}
const status = async (): Promise<Status> => JSON.parse((await rebuild('status', '--json')).out) as Status;
const states = async (): Promise<string[]> => (await status()).generations.map(({ state }) => state);

/** What projectors would do: each generation stands at its first so many leaves. */
const fold = (generation: number, leaves: number, quarantined = 0) =>
  server.run(
    database,
    `UPDATE views_${generation}.saved_position SET position = 0, folded = 0;
     UPDATE views_${generation}.saved_position
     SET position = ${leaves}, folded = ${leaves - quarantined}, quarantined = ${quarantined} WHERE partition = LEAST(3, partitions - 1)`,
  );
const addRow = (generation: number) =>
  server.run(
    database,
    `INSERT INTO views_${generation}.turn SELECT * FROM json_populate_record(NULL::views_${generation}.turn,
       (SELECT json_object_agg(column_name, CASE data_type WHEN 'text' THEN to_json('x'::text) ELSE to_json(1) END)
        FROM information_schema.columns WHERE table_schema = 'views_${generation}' AND table_name = 'turn'))`,
  );

describe('nachweis rebuild', () => {
  it('says what to do where nothing was built yet', async () => {
    expect(await rebuild('status')).toMatchObject({ code: 0, out: expect.stringContaining('rebuild start') });
    expect((await status()).generations).toEqual([]);
  });

  it('makes the first generation the one that is read, and the next one beside it, once', async () => {
    expect(await rebuild('start')).toMatchObject({ code: 0, out: expect.stringContaining('generation 1 is there') });
    expect(await rebuild('start')).toMatchObject({ code: 0, out: expect.stringContaining('generation 2 is there') });
    expect(await rebuild('start')).toMatchObject({ code: 0, out: expect.stringContaining('2 is being built already') });
    expect(await states()).toEqual(['active', 'building']);
  });

  it('shows how far each view of each generation is, what was put aside, and how they compare', async () => {
    await rebuild('start');
    await rebuild('start');
    await fold(1, 200);
    await fold(2, 50, 2);
    const [first, second] = (await status()).generations;
    expect(first?.projections).toHaveLength(4);
    expect(second?.projections.map(({ folded, quarantined }) => [folded, quarantined])).toEqual([
      [48, 2],
      [48, 2],
      [48, 2],
      [48, 2],
    ]);
    expect([first?.compared, second?.compared[0]?.verdict]).toEqual([[], 'other-place']);
    const { out } = await rebuild('status');
    expect(out).toMatch(
      /generation 2: building\n {2}\w+ version \d+: 50 entries, 2 of them put aside; rows: other-place/,
    );
  });

  it('switches when all views have caught up and agree, and back', async () => {
    await rebuild('start');
    await rebuild('start');
    await fold(1, 200);
    await fold(2, 50);
    const early = await rebuild('switch', '--wait', '0');
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('another place of the log') });
    expect(await rebuild('switch', '--accept', 'other-place', '--wait', '0')).toMatchObject({
      code: 1,
      err: expect.stringContaining('holds less'),
    });
    expect(await states()).toEqual(['active', 'building']);
    await fold(2, 200);
    expect(await rebuild('switch')).toMatchObject({ code: 0, out: 'generation 2 is read from now on\n' });
    expect(await states()).toEqual(['retired', 'active']);
    expect(await rebuild('rollback')).toMatchObject({ code: 0, out: 'generation 1 is read again\n' });
    expect(await states()).toEqual(['active', 'retired']);
  });

  it.each([
    ['both generations are at one place of the log', []],
    ['the new one holds no less, if they need not be at one place', ['--accept', 'other-place']],
  ])('waits with the switch until %s', async (_until, accepting) => {
    await rebuild('start');
    await rebuild('start');
    await fold(1, 200);
    const switching = rebuild('switch', ...accepting);
    await fold(2, 200);
    expect(await switching).toMatchObject({ code: 0, out: 'generation 2 is read from now on\n' });
  });

  it('goes forward again when what was read before has caught up with what was recorded meanwhile', async () => {
    await rebuild('start');
    await rebuild('start');
    await rebuild('switch');
    await rebuild('rollback');
    await fold(1, 200);
    const early = await rebuild('switch', '2', '--accept', 'other-place', '--wait', '0');
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('holds less') });
    // Projectors leave alone what is retired.
    expect(await states()).toEqual(['active', 'building']);
    await fold(2, 200);
    expect(await rebuild('switch', '2')).toMatchObject({ code: 0, out: 'generation 2 is read from now on\n' });
  });

  it('measures progress by the size of the log, and names the event store that cannot be asked', async () => {
    const peer = await EventStorePeer.start();
    try {
      const store = await EventStoreDbEventStore.open({ url: peer.url });
      await store.append(
        'entries',
        treeSize(0),
        [1, 2, 3, 4].map((one) => Buffer.from(`{"leaf":${one}}`)),
      );
      await store.close();
      await rebuild('start');
      await fold(1, 3);
      settings = { ...settings, NACHWEIS_EVENT_STORE: peer.url };
      expect((await status()).size).toBe(4);
      expect(await rebuild('status')).toMatchObject({ code: 0, out: expect.stringContaining('3 of 4 (75 %) entries') });
    } finally {
      await peer.stop();
    }
    const { code, err } = await rebuild('status');
    expect([code, err]).toEqual([2, expect.stringContaining('NACHWEIS_EVENT_STORE: ')]);
  });

  it('does not switch to other rows unless that is wanted', async () => {
    await rebuild('start');
    await rebuild('start');
    await addRow(2);
    const { code, err } = await rebuild('switch', '2');
    expect([code, err]).toEqual([1, expect.stringContaining('exchanges: other rows')]);
    expect((await rebuild('switch', '2', '--accept', 'different')).code).toBe(0);
  });

  it('drops what nobody reads, and nothing else', async () => {
    await rebuild('start');
    await rebuild('start');
    expect(await rebuild('drop', '1')).toMatchObject({ code: 1, err: expect.stringContaining('read right now') });
    expect(await rebuild('drop', '2')).toMatchObject({ code: 0, out: 'generation 2 is gone\n' });
    expect(await rebuild('drop', '2')).toMatchObject({ code: 1, err: expect.stringContaining('no such generation') });
    expect(await rebuild('rollback')).toMatchObject({ code: 1, err: expect.stringContaining('nothing was read') });
    expect(await states()).toEqual(['active']);
  });

  it.each([
    [['switch']],
    [['switch', 'two']],
    [['drop', '0']],
    [['switch', '1', '--accept', 'all']],
    [['switch', '--wait', 'long']],
    [['drop']],
  ])('ends with 64 for %j', async (given) => {
    await rebuild('start');
    expect((await rebuild(...given)).code).toBe(wrongUse);
  });

  it('ends with 64 where no database is named', async () => {
    settings = { NACHWEIS_ORIGIN: origin };
    expect(await rebuild('status')).toMatchObject({ code: wrongUse, err: expect.stringContaining('NACHWEIS_VIEWS') });
  });

  it.each([
    ['another ledger', () => ({ NACHWEIS_ORIGIN: 'other.example/ledger' }), 'ledger.example/nachweis'],
    ['nobody', () => ({ NACHWEIS_VIEWS: 'postgres://postgres@127.0.0.1:1/views' }), '127.0.0.1:1/views'],
    ['a wrong password', () => ({ NACHWEIS_VIEWS_PASSWORD_FILE: join(folder, 'wrong') }), 'not accepted'],
  ])('names setting and host when the database is that of %s, and never the password', async (_, change, why) => {
    writeFileSync(join(folder, 'wrong'), 'guessed-secret');
    settings = { ...settings, ...change() };
    const { code, err, out } = await rebuild('status');
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    expect(err).toContain('NACHWEIS_VIEWS: the views at 127.0.0.1');
    for (const secret of [postgresPassword, 'guessed-secret']) expect(out + err).not.toContain(secret);
  });
});
