import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leafHash, openReceipt, verifierKey, verifyTlogProof } from '#transparency';
import { canonical, type JsonObject } from '#statement';
import { entryLike, freshId, police, request, youthOffice } from '../e2e/sample-entries.js';
import { contentOf, ordered, savedIn } from '../e2e/trails.js';
import { testBrokers } from '../../libs/messaging/testing/test-topics.js';
import type { Answer, RecordedAnswer } from '../support/caller.js';
import { clusterOrigin, RunningCluster } from '../support/running-cluster.js';
import type { ServiceProcess } from '../support/service-process.js';
import { until } from '../support/running-ledger.js';
import { brief, ClusterUsers, healthOf, type ClusterUser } from './cluster-users.js';

type Row = Readonly<Record<string, unknown>>;

const entriesOrigin = `${clusterOrigin}/entries`;
const look = { 'Access-Purpose': 'lawfulness-check' };
const folder = mkdtempSync(join(tmpdir(), 'cluster-trails-'));

let cluster: RunningCluster;
let users: ClusterUsers;
let one: ServiceProcess;
let other: ServiceProcess;
let officer: ClusterUser;
let youth: ClusterUser;
let regulator: ClusterUser;

beforeAll(async () => {
  cluster = await RunningCluster.start({ kafka: testBrokers() });
  [one, other] = [cluster.launch('ledger', { name: 'one' }), cluster.launch('ledger', { name: 'other' })];
  users = new ClusterUsers(cluster);
  await users.know(one, other);
  const derived = [cluster.launch('relay'), cluster.launch('projector')];
  await Promise.all(derived.map(({ ready }) => ready));
  await users.admit(one, police, youthOffice);
  officer = await users.as('agency', police);
  youth = await users.as('agency', youthOffice);
  regulator = await users.as('regulator', 'dpa.example', { competentFor: [police] });
});
afterAll(async () => {
  users.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

interface Log {
  readonly name: string;
  readonly verifierKey: string;
  readonly receiptKey: string;
}

async function logOf(name: string): Promise<Log> {
  const { logs } = (await regulator.at(other).get('/v1/logs')).json<{ logs: Log[] }>();
  return logs.find((log) => log.name === name) as Log;
}

const recorded = (answer: Answer): RecordedAnswer => answer.json<RecordedAnswer>();

describe('A ledger of the cluster', () => {
  test('says that it is well', async () => {
    for (const ledger of [one, other]) {
      expect(await healthOf(ledger, 'live')).toMatchObject({ status: 200 });
      await until(async () => (await healthOf(ledger)).status === 200);
    }
  });

  test('records an entry with a receipt, answers its repetition with the same, and refuses other content', async () => {
    const entry = request();
    const first = await officer.at(one).record(entry);
    expect(first.status).toBe(201);
    const { id, index, leafHash: hash, recordedAt, receipt } = recorded(first);
    expect(openReceipt(receipt, [verifierKey((await logOf('entries')).receiptKey)])).toEqual({
      origin: clusterOrigin,
      log: 'entries',
      entryId: id,
      index,
      leafHash: Buffer.from(hash, 'base64'),
      recordedAt,
    });
    const again = await officer.at(one).record(entry);
    expect([again.status, recorded(again)]).toEqual([200, recorded(first)]);
    const changed = await officer.at(one).record({ ...entry, data: { ...entry.data, urgency: 'urgent' } });
    expect(changed.status).toBe(409);
    const stolen = await youth.at(one).record(entry);
    expect(stolen.status).toBe(409);
  });

  test('waits for the proof when asked to', async () => {
    const answer = await officer.at(one).record(request(), { Prefer: 'wait=10' });
    const { index, leafHash: hash, proof } = recorded(answer);
    const { verifierKey: key } = await logOf('entries');
    const checked = verifyTlogProof(proof ?? '', Buffer.from(hash, 'base64'), [verifierKey(key)], entriesOrigin);
    expect(checked).toMatchObject({ index });
  });

  test('shows an entry with its blocks to who says why, and that is recorded first', async () => {
    const entry = request();
    const { leafHash: hash } = recorded(await officer.at(one).record(entry));
    const dpo = await users.as('dpo', police);
    for (const ledger of [one, other]) {
      const shown = await dpo.at(ledger).get(`/v1/entries/${entry.id}`, look);
      expect(shown.status).toBe(200);
      const { leaf, data } = shown.json<{ leaf: JsonObject; data: JsonObject }>();
      expect(leafHash(Buffer.from(canonical(leaf))).toString('base64')).toBe(hash);
      const { id: _, ...said } = entry;
      expect(data).toEqual(said);
    }
    const { accesses } = (await dpo.at(one).get('/v1/views/accesses')).json<{ accesses: Row[] }>();
    expect(accesses.filter((access) => access['lookedAt'] === entry.id)).toHaveLength(2);
  });

  test('tells an exchange as it went, however its entries came, and who has to do what', async () => {
    const exchange = freshId();
    await officer.at(one).record(request({ exchange }));
    const disclosure = entryLike('InformationDisclosed', {
      exchange,
      data: { recipients: [police], disclosureId: freshId() },
    });
    expect((await youth.at(other).record(disclosure)).status).toBe(201);
    for (const ledger of [one, other]) {
      const told = (await officer.at(ledger).get(`/v1/exchanges/${exchange}`)).json<{ entries: Row[] }>();
      expect(told).toMatchObject({ state: 'disclosed', version: 2, parties: [police, youthOffice] });
      expect(told.entries.map(({ type }) => type)).toEqual(['InformationRequested', 'InformationDisclosed']);
      const { waiting } = (await officer.at(ledger).get('/v1/inbox')).json<{ waiting: Row[] }>();
      expect(waiting).toContainEqual(expect.objectContaining({ exchange, owes: 'receipt' }));
    }
  });

  test.each(['disclosures', 'flows', 'summary', 'accesses'])('answers the view %s as the other does', async (view) => {
    const dpo = await users.as('dpo', police);
    const [mine, theirs] = await Promise.all([one, other].map((ledger) => dpo.at(ledger).get(`/v1/views/${view}`)));
    expect([mine?.status, mine?.json()]).toEqual([200, theirs?.json()]);
    expect(mine?.json()['completeUpTo']).toBeGreaterThan(0);
  });
});

describe('Two ledgers of a cluster', () => {
  test('answer for each other: a search made at one is found at the other', async () => {
    const subject = `person-${freshId()}`;
    const exchange = freshId();
    await officer.at(one).record(request({ exchange, data: { subject } }));
    const disclosure = { subject, recipients: [youthOffice], disclosureId: freshId() };
    const sent = entryLike('InformationDisclosed', { exchange, data: disclosure });
    expect((await officer.at(one).record(sent)).status).toBe(201);
    const term = { kind: 'subject', value: subject };
    const search = await officer.at(other).post('/v1/subject-searches', term, look);
    expect([search.status, search.json()['matches']]).toEqual([201, 2]);
    const path = `/v1/views/disclosures?search=${String(search.json()['search'])}`;
    const found = await officer.at(one).get(path);
    expect(found.status).toBe(200);
    const { disclosures } = found.json<{ disclosures: Row[] }>();
    expect(new Set(disclosures.map(({ entry }) => entry))).toEqual(new Set([sent.id]));
    expect(brief(await youth.at(one).get(path))).toEqual([400, 'invalid-query']);
  });

  test('hand out each other’s trails, and a trail is valid for whoever has it', async () => {
    const purpose = { 'Access-Purpose': 'supervisory-request' };
    await officer.at(other).record(request(), { Prefer: 'wait=10' });
    const path = await ordered(regulator.at(one), { log: 'entries' }, purpose);
    const content = await contentOf(regulator.at(other), path);
    expect([content.status, content.headers['content-type']]).toEqual([200, 'application/zip']);
    const { verifierKey: key } = await logOf('entries');
    const verdict = await cluster.cli('ledger', ['verify', savedIn(folder, content.bytes), '--log-key', key]);
    expect(verdict.trim().split('\n').at(-1)).toMatch(/^valid/);
  });
});
