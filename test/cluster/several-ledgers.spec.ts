import { entryLike, freshId, police, request, youthOffice } from '../e2e/sample-entries.js';
import type { Answer, RecordedAnswer } from '../support/caller.js';
import { RunningCluster } from '../support/running-cluster.js';
import { until } from '../support/running-ledger.js';
import type { ServiceProcess } from '../support/service-process.js';
import { brief, ClusterUsers, type ClusterUser } from './cluster-users.js';
import { storedLog, untrue } from './stored-log.js';

const look = { 'Access-Purpose': 'lawfulness-check' };
/** These tests relay nothing. */
const nobody = ['127.0.0.1:9'];

let cluster: RunningCluster;
let users: ClusterUsers;
let one: ServiceProcess;
let other: ServiceProcess;
let officer: ClusterUser;
const acknowledged = new Map<string, RecordedAnswer>();
const checkpoints = new Set<string>();

beforeAll(async () => {
  cluster = await RunningCluster.start({ kafka: nobody });
  [one, other] = [cluster.launch('ledger', { name: 'one' }), cluster.launch('ledger', { name: 'other' })];
  users = new ClusterUsers(cluster);
  await users.know(one, other);
  await users.admit(one, police, youthOffice);
  officer = await users.as('agency', police);
});
afterAll(async () => {
  users.close();
  await cluster.stop();
});

const recorded = (answer: Answer): RecordedAnswer => answer.json<RecordedAnswer>();

/** Keeps what a ledger promised, to hold it against the log in the end. A second promise must be the first. */
function promised(answer: Answer): RecordedAnswer {
  expect([200, 201]).toContain(answer.status);
  const { compared: _, proof: __, ...said } = recorded(answer);
  expect(acknowledged.get(said.id) ?? said).toEqual(said);
  acknowledged.set(said.id, said);
  return said;
}

async function seeCheckpoints(): Promise<void> {
  for (const ledger of [one, other]) checkpoints.add((await checkpointOf(ledger)).text);
}

const checkpointOf = (ledger: ServiceProcess): Promise<Answer> => officer.at(ledger).get('/v1/logs/entries/checkpoint');

describe('Two ledgers on one log', () => {
  test('give one id one receipt, whichever of them is asked again', async () => {
    const entry = request();
    const first = await officer.at(one).record(entry);
    expect(first.status).toBe(201);
    const again = await officer.at(other).record(entry);
    expect([again.status, promised(again)]).toEqual([200, promised(first)]);
    const changed = { ...entry, data: { ...entry.data, urgency: 'urgent' } };
    expect(brief(await officer.at(other).record(changed))).toEqual([409, 'id-taken']);
  });

  test('give one id one receipt, also when both are asked at once', async () => {
    const entries = Array.from({ length: 25 }, () => request());
    const answers = await Promise.all(
      entries.map((entry) => Promise.all([one, other].map((ledger) => officer.at(ledger).record(entry)))),
    );
    for (const [mine, theirs] of answers) {
      expect(new Set([mine?.status, theirs?.status])).toEqual(new Set([200, 201]));
      expect(promised(mine as Answer)).toEqual(promised(theirs as Answer));
    }
  });

  test('never give an id of one log a place in the other', async () => {
    const operator = await users.as('operator', 'host.example');
    const id = freshId();
    const [entry, agency] = await Promise.all([
      officer.at(one).record(request({ id })),
      operator.at(other).record(entryLike('AgencyAdmitted', { id })),
    ]);
    expect(new Set([entry.status, agency.status])).toEqual(new Set([201, 409]));
    if (entry.status === 201) promised(entry);
  });

  test('let an agency record at either as soon as it is admitted at one', async () => {
    for (const round of [1, 2, 3]) {
      const agency = `school-${round}.example`;
      const school = await users.as('agency', agency);
      expect(brief(await school.at(other).record(request()))).toEqual([403, 'agency-not-admitted']);
      await users.admit(one, agency);
      promised(await school.at(other).record(request()));
    }
  });

  test('let a party of an exchange go on with it at the other at once', async () => {
    const youth = await users.as('agency', youthOffice);
    for (const [here, there] of [
      [one, other],
      [other, one],
    ] as const) {
      const exchange = freshId();
      promised(await officer.at(here).record(request({ exchange })));
      promised(await youth.at(there).record(entryLike('RequestDecided', { exchange })));
      const moved = request({ exchange });
      expect(brief(await officer.at(here).record({ ...moved, expectedVersion: 1 }))).toEqual([
        409,
        'exchange-moved-on',
      ]);
      promised(await officer.at(here).record({ ...moved, expectedVersion: 2 }));
    }
  });

  test('show what the other has just recorded, to who says why', async () => {
    const dpo = await users.as('dpo', police);
    for (const [here, there] of [
      [one, other],
      [other, one],
    ] as const) {
      const entry = request();
      promised(await officer.at(here).record(entry));
      const shown = await dpo.at(there).get(`/v1/entries/${entry.id}`, look);
      expect([shown.status, shown.json()['data']]).toMatchObject([200, { data: entry.data }]);
    }
  });

  test('take turns without an error to anybody while both are busy', async () => {
    const senders = [one, other].flatMap((ledger) => [1, 2, 3, 4].map(() => ledger));
    await Promise.all(
      senders.map(async (ledger) => {
        for (let sent = 0; sent < 15; sent += 1) promised(await officer.at(ledger).record(request()));
      }),
    );
    await seeCheckpoints();
  });

  test('go on when one of them hangs in the middle, and have one truth when it is back', async () => {
    const entries = Array.from({ length: 80 }, () => request());
    const waiting = entries.values();
    const answers: Answer[] = [];
    // As many senders take the next entry each as soon as they have an answer: when it hangs, all of them wait for it.
    const sending = Array.from({ length: 8 }, async () => {
      for (const entry of waiting) answers.push(await officer.at(one).record(entry));
    });
    await until(() => answers.length > 20);
    one.pause();
    for (const entry of entries) promised(await officer.at(other).record(entry));
    expect(answers.length).toBeLessThan(entries.length);
    one.resume();
    await Promise.all(sending);
    for (const answer of answers) {
      if (answer.status === 503) expect(answer.headers['retry-after']).toBeDefined();
      else promised(answer);
    }
    for (const entry of entries) expect((await officer.at(one).record(entry)).status).toBe(200);
    await seeCheckpoints();
  });

  test('end at the same checkpoint, and everything they ever said of the log is so', async () => {
    await until(async () => (await checkpointOf(one)).text === (await checkpointOf(other)).text);
    await until(async () => {
      const { heads, leaves } = await storedLog(cluster, 'entries');
      return heads.at(-1)?.size === leaves.length;
    });
    await seeCheckpoints();
    const { logs } = (await officer.at(one).get('/v1/logs')).json<{
      logs: { name: string; verifierKey: string; receiptKey: string }[];
    }>();
    const { verifierKey: log, receiptKey: receipt } = logs.find(({ name }) => name === 'entries') as (typeof logs)[0];
    const said = { acknowledged: [...acknowledged.values()], checkpoints: [...checkpoints], keys: { log, receipt } };
    expect(untrue(await storedLog(cluster, 'entries'), said)).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(200);
  });
});
