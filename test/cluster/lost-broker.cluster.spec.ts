import { completeUpTo, everyProjection, type Views } from '#compliance';
import { openPostgresViews } from '#compliance/postgres';
import { police, request, youthOffice } from '../e2e/sample-entries.js';
import { KafkaBrokers } from '../support/kafka-brokers.js';
import { postgresPassword } from '../support/postgres-server.js';
import { clusterOrigin, RunningCluster, withoutCheckNotes } from '../support/running-cluster.js';
import { until } from '../support/running-ledger.js';
import type { ServiceProcess } from '../support/service-process.js';
import { ClusterUsers, healthOf, type ClusterUser } from './cluster-users.js';

const names = everyProjection.map(({ name }) => name);

/** One of its own: others need theirs. */
let brokers: KafkaBrokers;
let cluster: RunningCluster;
let users: ClusterUsers;
let ledger: ServiceProcess;
let relay: ServiceProcess;
let projector: ServiceProcess;
let officer: ClusterUser;
let views: Views;
let recorded = 0;

beforeAll(async () => {
  brokers = await KafkaBrokers.start({ nodes: 1 });
  cluster = await RunningCluster.start({ kafka: brokers.addresses });
  ledger = cluster.launch('ledger', { settings: withoutCheckNotes });
  [relay, projector] = [cluster.launch('relay'), cluster.launch('projector')];
  users = new ClusterUsers(cluster);
  await users.know(ledger);
  await users.admit(ledger, police, youthOffice);
  officer = await users.as('agency', police);
  views = await openPostgresViews({
    url: cluster.postgres.url(cluster.databases.views).replace(`:${postgresPassword}@`, '@'),
    password: postgresPassword,
    role: 'projector',
    origin: clusterOrigin,
    generation: 1,
  });
  await Promise.all([relay.ready, projector.ready]);
});
afterAll(async () => {
  users.close();
  await views.database.destroy();
  await cluster.stop();
  await brokers.stop();
});

async function record(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    expect((await officer.at(ledger).record(request())).status).toBe(201);
    recorded += 1;
  }
}

const viewsHaveAll = async (): Promise<boolean> => (await completeUpTo(views.database, names)) === recorded;
/** A client that lost its broker looks again after pauses that grow. */
async function patiently(isSo: () => Promise<boolean>, rounds = 5): Promise<void> {
  const attempt = until(isSo);
  await (rounds > 1 ? attempt.catch(() => patiently(isSo, rounds - 1)) : attempt);
}

test.each([
  ['is killed', async () => brokers.kill(1), async () => brokers.restart(1), () => [relay, projector]],
  // A relay learns it from a publish that failed, which takes most of a minute.
  ['hangs', async () => brokers.pause(1), async () => brokers.resume(1), () => [projector]],
])(
  'While the broker %s, those who need it say so and live; the ledger records on, and the views catch up after it',
  async (_, lose, back, tell) => {
    await record(10);
    await patiently(viewsHaveAll);
    await lose();
    await record(10);
    for (const one of tell()) {
      await patiently(async () => (await healthOf(one)).down.includes('record-stream'));
      expect(await healthOf(one)).toMatchObject({ status: 503, retryAfter: expect.any(String) });
      expect(await healthOf(one, 'live')).toMatchObject({ status: 200 });
    }
    expect(await healthOf(ledger)).toMatchObject({ status: 200 });
    await back();
    await record(10);
    await patiently(viewsHaveAll);
    for (const one of [relay, projector]) await patiently(async () => (await healthOf(one)).status === 200);
  },
  200_000,
);
