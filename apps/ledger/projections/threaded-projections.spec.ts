import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';
import { everyProjection } from '#compliance';
import type { EntryId } from '#kernel';
import { entryLike, freshId, police, request, youthOffice } from '../../../test/e2e/sample-entries.js';
import type { Answer, Caller, ProblemAnswer } from '../../../test/support/caller.js';
import { RunningLedger, until } from '../../../test/support/running-ledger.js';
import { ThreadedProjections } from './threaded-projections.js';

/** A thread runs built code: Jest transforms nothing in it. */
const built = new URL('../../../dist/apps/ledger/projections/projection-thread.js', import.meta.url);
if (!existsSync(built)) throw new Error('the ledger is not built: run `npm run build` first');

const views = [
  '/v1/views/disclosures',
  '/v1/views/flows',
  '/v1/views/summary',
  '/v1/inbox',
  `/v1/exchanges/${freshId()}`,
] as const;

/** The same thread, in which a test can cause what must not happen. */
function mortal(): { readonly thread: URL; readonly die: (how: 'exit' | 'throw') => void; end(): void } {
  const name = randomUUID();
  const program = `
    import { BroadcastChannel } from 'node:worker_threads';
    const channel = new BroadcastChannel('${name}');
    channel.unref();
    channel.onmessage = ({ data }) => {
      if (data === 'exit') process.exit(3);
      throw new Error('poisoned');
    };
    await import('${built.href}');`;
  const channel = new BroadcastChannel(name);
  return {
    thread: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    die: (how) => channel.postMessage(how),
    end: () => channel.close(),
  };
}

const start = (thread: URL): Promise<RunningLedger> =>
  RunningLedger.start({
    projections: ({ directory, alarm }) => ThreadedProjections.start(directory, alarm, thread),
  });

const disclosure = (exchange: string): ReturnType<typeof entryLike> =>
  entryLike('InformationDisclosed', { exchange, data: { recipients: [police], disclosureId: freshId() } });

const problemOf = ({ status, ...answer }: Answer): [number, string] => [
  status,
  (JSON.parse(String(answer.bytes)) as ProblemAnswer).code,
];

describe('projections in a thread of their own', () => {
  let running: RunningLedger;
  let youth: Caller;
  let exchange: string;

  beforeEach(async () => {
    running = await start(built);
    await running.admit(police, youthOffice);
    youth = await running.as('agency', youthOffice);
    exchange = freshId();
    await (await running.as('agency', police)).record(request({ exchange }));
  });
  afterEach(() => running.remove());

  const total = async (): Promise<unknown> => {
    const { disclosures } = (await youth.get('/v1/views/summary')).json<{ disclosures: { total: number } }>();
    return disclosures.total;
  };

  it('show at once what was just recorded', async () => {
    for (let count = 1; count <= 10; count++) {
      expect((await youth.record(disclosure(exchange))).status).toBe(201);
      expect(await total()).toBe(count);
      const { completeUpTo } = (await youth.get('/v1/views/flows')).json<{ completeUpTo: number }>();
      expect(completeUpTo).toBe(1 + count);
    }
    expect(running.ledger.projections.states()).toEqual(
      everyProjection.map(({ name }) => ({
        name,
        status: 'running',
        position: 11,
        failure: null,
      })),
    );
  });

  it('let blocks be destroyed while they read, and forget what was in them', async () => {
    const { vault, projections } = running.ledger;
    const kept: EntryId[] = [];
    const erased: EntryId[] = [];
    for (let batch = 0; batch < 15; batch++) {
      const entries = Array.from({ length: 200 }, () => disclosure(freshId()));
      const recording = youth.batch(entries);
      for (const entry of erased.slice(-20)) await vault.destroy({ entry });
      expect((await recording).status).toBe(201);
      const ids = entries.map(({ id }) => id as EntryId);
      erased.push(...ids.slice(0, 20));
      kept.push(...ids.slice(20));
      for (const entry of ids.slice(0, 10)) await vault.destroy({ entry });
    }
    const shown = async (): Promise<ReadonlySet<string>> => {
      await total();
      const rows = await running.ledger.views.database.selectFrom('disclosure').select('entry_id').distinct().execute();
      return new Set(rows.map(({ entry_id: id }) => id));
    };
    const before = await shown();
    expect(kept.filter((id) => !before.has(id))).toEqual([]);
    const late = kept.splice(0, 100);
    for (const entry of [...erased.slice(-20), ...late]) await vault.destroy({ entry });
    await projections.erase([...erased, ...late]);
    expect(await total()).toBe(kept.length);
    expect([...(await shown())].toSorted()).toEqual(kept.toSorted());
    expect(new Set(projections.states().map(({ status }) => status))).toEqual(new Set(['running']));
    expect(running.alarms).toEqual([]);
  });

  it('are well until the ledger is closed, and go on from there', async () => {
    await youth.record(disclosure(exchange));
    expect((await youth.get('/health/ready')).status).toBe(200);
    await running.close();
    expect(running.alarms).toEqual([]);
    await running.open();
    expect(await total()).toBe(1);
  });
});

describe('a thread of projections that dies', () => {
  let running: RunningLedger;
  let officer: Caller;
  let mortality: ReturnType<typeof mortal>;

  beforeEach(async () => {
    mortality = mortal();
    running = await start(mortality.thread);
    await running.admit(police, youthOffice);
    officer = await running.as('agency', police);
    await officer.record(request());
    expect((await officer.get('/v1/views/summary')).status).toBe(200);
  });
  afterEach(async () => {
    mortality.end();
    await running.remove();
  });

  const dead = async (how: 'exit' | 'throw'): Promise<void> => {
    mortality.die(how);
    await until(() => running.alarms.length > 0);
  };

  it.each(['exit', 'throw'] as const)('by %s is told to the operator once', async (how) => {
    await dead(how);
    await running.close();
    expect(running.alarms).toEqual(['the projections have stopped']);
  });

  it.each(['exit', 'throw'] as const)('by %s lets recording go on', async (how) => {
    await dead(how);
    const entry = request();
    expect((await officer.record(entry)).status).toBe(201);
    expect((await officer.get(`/v1/entries/${entry.id}`)).status).toBe(200);
    expect((await officer.record(entry)).status).toBe(200);
  });

  it.each(['exit', 'throw'] as const)('by %s makes the ledger not ready, and alive', async (how) => {
    await dead(how);
    const ready = await officer.get('/health/ready');
    expect([ready.status, ready.json<ProblemAnswer>().errors]).toEqual([
      503,
      [{ pointer: '/views', detail: 'is not well' }],
    ]);
    expect((await officer.get('/health/live')).status).toBe(200);
  });

  it.each(views)('makes %s unavailable, whether or not something is new', async (path) => {
    await dead('throw');
    expect(problemOf(await officer.get(path))).toEqual([503, 'unavailable']);
    await officer.record(request());
    expect(problemOf(await officer.get(path))).toEqual([503, 'unavailable']);
  });

  it('while somebody waits for it lets nobody wait longer', async () => {
    mortality.die('throw');
    await officer.record(request());
    const answers = await Promise.all(views.map((path) => officer.get(path)));
    for (const { status } of answers) expect([200, 404, 503]).toContain(status);
    await until(() => running.alarms.length > 0);
    await expect(running.ledger.projections.erase([freshId() as EntryId])).rejects.toThrow('has ended');
  });

  it('lets the ledger close, and the next start shows what was recorded meanwhile', async () => {
    await dead('exit');
    const exchange = freshId();
    await officer.record(request({ exchange }));
    await running.close();
    await running.open();
    expect((await officer.get(`/v1/exchanges/${exchange}`)).status).toBe(200);
    expect((await officer.get('/health/ready')).status).toBe(200);
  });

  it('while the ledger closes does not keep it from closing', async () => {
    mortality.die('exit');
    await running.close();
    await running.open();
    expect((await officer.get('/v1/views/summary')).status).toBe(200);
  });
});

describe('a thread of projections that cannot start', () => {
  it('is no thread: nobody waits for it', async () => {
    const alarms: unknown[] = [];
    const missing = new URL('data:text/javascript,throw new Error("no file")');
    const started = ThreadedProjections.start('nowhere', (what) => alarms.push(what), missing);
    await expect(started).rejects.toMatchObject({ name: 'ProjectionsLost', cause: { message: 'no file' } });
    expect(alarms).toEqual(['the projections have stopped']);
  });
});
