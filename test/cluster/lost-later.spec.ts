import { readFileSync } from 'node:fs';
import { police, request, youthOffice } from '../e2e/sample-entries.js';
import type { Answer, RecordedAnswer } from '../support/caller.js';
import { RunningCluster } from '../support/running-cluster.js';
import { until } from '../support/running-ledger.js';
import type { ServiceProcess } from '../support/service-process.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { brief, ClusterUsers, healthOf, type ClusterUser } from './cluster-users.js';
import { storedLog, untrue } from './stored-log.js';

/** These tests relay nothing. */
const nobody = ['127.0.0.1:9'];
const databases = ['vault', 'keys', 'views'] as const;
const settingOf = { vault: 'NACHWEIS_VAULT', keys: 'NACHWEIS_VAULT_KEYS', views: 'NACHWEIS_VIEWS' } as const;

let cluster: RunningCluster;
let users: ClusterUsers;
let ledger: ServiceProcess;
let officer: ClusterUser;
/** one before each database, as if each had a server of its own */
let ways: Readonly<Record<(typeof databases)[number], TcpProxy>>;
const acknowledged: RecordedAnswer[] = [];

beforeAll(async () => {
  cluster = await RunningCluster.start({ kafka: nobody });
  const { port } = cluster.postgres;
  const way = () => TcpProxy.listen({ port });
  ways = { vault: await way(), keys: await way(), views: await way() };
  const through = databases.map((name) => [
    settingOf[name],
    `postgres://ledger@${ways[name].address}/${cluster.databases[name]}`,
  ]);
  ledger = cluster.launch('ledger', {
    name: 'one',
    settings: { ...Object.fromEntries(through), NACHWEIS_STATEMENT_TIMEOUT_MS: '1000' },
  });
  users = new ClusterUsers(cluster);
  await users.know(ledger);
  await users.admit(ledger, police, youthOffice);
  officer = await users.as('agency', police);
});
afterAll(async () => {
  users.close();
  for (const way of Object.values(ways)) await way.close();
  await cluster.stop();
});

/** How something is lost, and comes back. */
interface Loss {
  readonly lose: () => Promise<void> | void;
  readonly back: () => Promise<void> | void;
}

const database = (name: (typeof databases)[number], mode: 'blackhole' | 'reset'): Loss => ({
  lose: () => ways[name].set({ mode }),
  back: () => ways[name].heal(),
});

const halted = (pids: () => readonly number[]): Loss => {
  let stopped: readonly number[] = [];
  const send = (signal: 'SIGSTOP' | 'SIGCONT') => stopped.forEach((pid) => process.kill(pid, signal));
  return {
    lose: () => {
      stopped = pids();
      send('SIGSTOP');
    },
    back: () => send('SIGCONT'),
  };
};

/** A server of PostgreSQL works in one process for each connection. */
const withChildren = (pid: number): readonly number[] => {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return [pid, ...children.trim().split(' ').map(Number)];
};

const logs = ['entries', 'registry'];
const everyDatabase = ['vault', 'vault-keys', 'views-database'];

/** What is lost, how, and which parts the ledger says are not well. */
const losses: readonly (readonly [string, readonly string[], Loss])[] = [
  [
    'the event store is killed',
    logs,
    { lose: () => cluster.eventStore.kill(), back: () => cluster.eventStore.restart() },
  ],
  ['the event store hangs', logs, halted(() => [cluster.eventStore.pid])],
  ['the vault is cut off', ['vault'], database('vault', 'reset')],
  ['the vault does not answer', ['vault'], database('vault', 'blackhole')],
  ['the keys are cut off', ['vault-keys'], database('keys', 'reset')],
  ['the keys do not answer', ['vault-keys'], database('keys', 'blackhole')],
  [
    'every database is killed',
    everyDatabase,
    {
      lose: () => cluster.postgres.kill(),
      back: () => cluster.postgres.restart(),
    },
  ],
  ['every database hangs', everyDatabase, halted(() => withChildren(cluster.postgres.pid))],
];

async function record(entry = request()): Promise<Answer> {
  const answer = await officer.at(ledger).record(entry);
  if (answer.status < 300) acknowledged.push(answer.json<RecordedAnswer>());
  return answer;
}

const whenWell = (): Promise<void> => until(async () => (await healthOf(ledger)).status === 200);

beforeEach(async () => {
  await whenWell();
  expect((await record()).status).toBe(201);
});

describe('While something it needs is lost', () => {
  test.each(losses)(
    '%s: a ledger says what, refuses to record, lives on, and goes on by itself',
    async (_, parts, { lose, back }) => {
      const entries = [request(), request(), request()];
      await lose();
      const [refused, ready, live] = await Promise.all([
        Promise.all(entries.map(record)),
        healthOf(ledger),
        healthOf(ledger, 'live'),
      ]);
      await back();
      const mayComeBack = [503, expect.stringMatching(/^\d+$/)];
      expect(refused.map(({ status, headers }) => [status, headers['retry-after']])).toEqual(
        entries.map(() => mayComeBack),
      );
      expect([ready.status, ready.retryAfter]).toEqual(mayComeBack);
      expect(ready.down).toEqual(parts);
      expect(live.status).toBe(200);
      await whenWell();
      for (const entry of entries) {
        expect((await record(entry)).status).toBeLessThan(300);
        expect((await record(entry)).status).toBe(200);
      }
    },
    100_000,
  );

  test.each<['reset' | 'blackhole']>([['reset'], ['blackhole']])(
    'the views are lost (%s): a ledger says so, shows none, records on, and shows them again by itself',
    async (mode) => {
      const { lose, back } = database('views', mode);
      await lose();
      expect((await record()).status).toBe(201);
      const [shown, ready] = await Promise.all([officer.at(ledger).get('/v1/views/summary'), healthOf(ledger)]);
      await back();
      expect([...brief(shown), shown.headers['retry-after']]).toEqual([503, 'unavailable', expect.any(String)]);
      expect(ready).toMatchObject({ status: 503, down: ['views-database'] });
      await whenWell();
      expect((await officer.at(ledger).get('/v1/views/summary')).status).toBe(200);
    },
    100_000,
  );
});

test('Nothing of what was acknowledged is lost, and no checkpoint contradicts another', async () => {
  const { logs: described } = (await officer.at(ledger).get('/v1/logs')).json<{ logs: Described[] }>();
  const { verifierKey: log, receiptKey: receipt } = described.find(({ name }) => name === 'entries') as Described;
  const checkpoints = [(await officer.at(ledger).get('/v1/logs/entries/checkpoint')).text];
  const stored = await storedLog(cluster, 'entries');
  expect(untrue(stored, { acknowledged, checkpoints, keys: { log, receipt } })).toEqual([]);
});

interface Described {
  readonly name: string;
  readonly verifierKey: string;
  readonly receiptKey: string;
}
