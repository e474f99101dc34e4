import { randomBytes } from 'node:crypto';
import kafkajs, { type Producer } from 'kafkajs';
import { completeUpTo, everyProjection, ofOrder, readPositions, type Views } from '#compliance';
import { openPostgresViews } from '#compliance/postgres';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { leafIndex, type LeafIndex } from '#kernel';
import { LeafMac, leafRecord, type OutgoingRecord } from '#messaging';
import { leafHash } from '#transparency';
import { police, request, youthOffice } from '../e2e/sample-entries.js';
import { digestsOf } from '../../libs/compliance/testing/streamed.js';
import { testBrokers } from '../../libs/messaging/testing/test-topics.js';
import { postgresPassword } from '../support/postgres-server.js';
import { clusterOrigin, RunningCluster, withoutCheckNotes } from '../support/running-cluster.js';
import { until } from '../support/running-ledger.js';
import type { ServiceProcess } from '../support/service-process.js';
import { ClusterUsers, healthOf, type ClusterUser } from './cluster-users.js';

const topic = 'ledger.entries.v1';
const noLeaf = Buffer.from('{"v":1}');
/** What is folded from the topic. */
const names = ofOrder('exchange', everyProjection).map(({ name }) => name);

let cluster: RunningCluster;
let users: ClusterUsers;
let ledger: ServiceProcess;
let projector: ServiceProcess;
let officer: ClusterUser;
let views: Views;
let producer: Producer;

beforeAll(async () => {
  cluster = await RunningCluster.start({ kafka: testBrokers() });
  ledger = cluster.launch('ledger', { settings: withoutCheckNotes });
  const relay = cluster.launch('relay');
  projector = cluster.launch('projector');
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
  producer = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING }).producer();
  await Promise.all([producer.connect(), relay.ready, projector.ready]);
});
afterAll(async () => {
  users.close();
  await producer.disconnect();
  await views.database.destroy();
  await cluster.stop();
});

/** Somebody who may write to the topic, and is not the relay. */
async function smuggle(partition: number, ...records: readonly OutgoingRecord[]): Promise<void> {
  const messages = records.map(({ value, headers }) => ({ key: null, partition, value, headers: { ...headers } }));
  await producer.send({ topic: cluster.prefix + topic, acks: -1, messages });
}

/** Records entries of one exchange and waits until the views have them. @returns their partition and the last leaf */
async function recorded(exchange: string, count: number): Promise<{ partition: number; last: LeafIndex }> {
  for (let number = 0; number < count; number += 1) {
    const { status, text } = await officer.at(ledger).record(request({ exchange }));
    if (status !== 201) throw new Error(text);
  }
  await caughtUp();
  const positions = await readPositions(views.database, names);
  const size = await logSize();
  const row = positions.find(({ position }) => position === size);
  if (row === undefined) throw new Error('no partition has the last leaf');
  return { partition: row.partition, last: leafIndex(size - 1) };
}

async function leaves(): Promise<readonly Buffer[]> {
  const store = await EventStoreDbEventStore.open({ url: cluster.eventStore.url });
  const records = await store.read('entries', leafIndex(0), 400);
  await store.close();
  return records.map(({ bytes }) => bytes);
}
const logSize = async (): Promise<number> => (await leaves()).length;

const caughtUp = (): Promise<void> =>
  until(async () => (await completeUpTo(views.database, names)) === (await logSize()));

/** A figure of the projector: the sum of all that have these labels. */
async function figure(name: string, labels = ''): Promise<number> {
  const text = await (await fetch(`${await projector.ready}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`nachweis_${name}`) && line.includes(labels));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
const refused = (reason: string): Promise<number> => figure('projector_refused_records_total', `reason="${reason}"`);

/** A leaf as the relay publishes it. */
async function leafAt(partition: number, index: LeafIndex, previous: LeafIndex | null): Promise<OutgoingRecord> {
  const bytes = (await leaves())[index] as Buffer;
  const mac = new LeafMac(cluster.partitionKey);
  return leafRecord({ origin: clusterOrigin, log: 'entries', partition, mac, index, bytes, previous });
}
const placed = (index: number, previous: number): Readonly<Record<string, string>> => ({
  ce_index: String(index),
  ce_id: `entries/${index}`,
  ce_previous: String(previous),
});
const randomMac = (): string => randomBytes(32).toString('base64');
const having = (record: OutgoingRecord, headers: Readonly<Record<string, string>>): OutgoingRecord => ({
  ...record,
  headers: { ...record.headers, ...headers },
});

describe('A record in the topic that the relay did not write', () => {
  let partition: number;
  let last: LeafIndex;
  let honest: OutgoingRecord;

  beforeEach(async () => {
    ({ partition, last } = await recorded(crypto.randomUUID(), 3));
    honest = await leafAt(partition, last, leafIndex(last - 1));
  });
  // Whatever was smuggled in: the next leaves are folded, and the views hold what the log says and nothing else.
  afterEach(async () => {
    await recorded(crypto.randomUUID(), 12);
    expect(await healthOf(projector)).toMatchObject({ status: 200 });
    expect(await figure('projector_quarantined_total')).toBe(0);
  });

  test.each<[string, string, () => OutgoingRecord]>([
    [
      'that is no leaf',
      'not-a-leaf',
      () => having({ ...honest, value: noLeaf }, { ce_leafhash: leafHash(noLeaf).toString('base64') }),
    ],
    ['without a word about itself', 'not-a-leaf', () => ({ value: honest.value, headers: {} })],
    [
      'whose header lies about its hash',
      'hash-lies',
      () => having(honest, { ce_leafhash: Buffer.alloc(32).toString('base64') }),
    ],
    [
      'whose bytes were changed',
      'hash-lies',
      () => ({ ...honest, value: Buffer.from(honest.value.toString().replace('"v":1', '"v":2')) }),
    ],
    ['with an index that is none', 'index-malformed', () => having(honest, { ce_index: '-1', ce_id: 'entries/-1' })],
    ['of another ledger', 'other-origin', () => having(honest, { ce_source: 'other.example/nachweis' })],
    ['that says it comes before itself', 'previous-malformed', () => having(honest, { ce_previous: String(last + 5) })],
  ])('%s is passed over and counted', async (_, reason, record) => {
    const before = await refused(reason);
    await smuggle(partition, record());
    await until(async () => (await refused(reason)) === before + 1);
  });

  test('is counted as a repetition where it is one, and changes nothing', async () => {
    const before = [await digestsOf(views), await figure('projector_skipped_total')] as const;
    await smuggle(partition, honest, honest);
    await until(async () => (await figure('projector_skipped_total')) >= before[1] + 2 * names.length);
    expect(await digestsOf(views)).toEqual(before[0]);
  });

  test('that comes out of order, long after its time, changes nothing', async () => {
    const before = [await digestsOf(views), await figure('projector_skipped_total')] as const;
    await smuggle(partition, honest, await leafAt(partition, leafIndex(last - 1), leafIndex(last - 2)));
    await until(async () => (await figure('projector_skipped_total')) >= before[1] + 2 * names.length);
    expect(await digestsOf(views)).toEqual(before[0]);
  });
});

describe('A record that fits the chain and that the relay did not publish', () => {
  test.each<[string, string, (last: LeafIndex) => Readonly<Record<string, string>>]>([
    ['under the next index', 'mac-lies', (last) => placed(last + 1, last)],
    ['under an index far away', 'mac-lies', (last) => placed(last + 1_000_000, last)],
    ['with a MAC of its own making', 'mac-lies', (last) => ({ ...placed(last + 1, last), ce_mac: randomMac() })],
    ['with an empty MAC', 'mac-lies', (last) => ({ ...placed(last + 1, last), ce_mac: '' })],
  ])('is not folded %s, and the next leaf still is', async (_, reason, lie) => {
    const exchange = crypto.randomUUID();
    const { partition, last } = await recorded(exchange, 2);
    const [rows, before] = [await digestsOf(views), await refused(reason)];
    await smuggle(partition, having(await leafAt(partition, last, leafIndex(last - 1)), lie(last)));
    await until(async () => (await refused(reason)) === before + 1);
    expect(await digestsOf(views)).toEqual(rows);
    const next = await recorded(exchange, 2);
    expect(next).toEqual({ partition, last: last + 2 });
    expect(await healthOf(projector)).toMatchObject({ status: 200 });
    expect(await figure('projector_halted')).toBe(0);
  });

  test('is not folded without a MAC either', async () => {
    const { partition, last } = await recorded(crypto.randomUUID(), 2);
    const before = await refused('mac-missing');
    const { value, headers } = having(await leafAt(partition, last, leafIndex(last - 1)), placed(last + 1, last));
    const { ce_mac: _, ...without } = headers;
    await smuggle(partition, { value, headers: without });
    await until(async () => (await refused('mac-missing')) === before + 1);
    await recorded(crypto.randomUUID(), 12);
    expect(await healthOf(projector)).toMatchObject({ status: 200 });
  });
});

describe('A record of whoever holds the partition key, that says it is a leaf which is still to come', () => {
  test('stops the views visibly, at the latest when the true leaf comes', async () => {
    const exchange = crypto.randomUUID();
    const { partition, last } = await recorded(exchange, 2);
    const { value: bytes } = await leafAt(partition, last, leafIndex(last - 1));
    const mac = new LeafMac(cluster.partitionKey);
    const place = { partition, index: leafIndex(last + 1), previous: last };
    await smuggle(partition, leafRecord({ origin: clusterOrigin, log: 'entries', mac, bytes, ...place }));
    await until(async () => (await readPositions(views.database, names)).some(({ position }) => position > last + 1));
    expect((await officer.at(ledger).record(request({ exchange }))).status).toBe(201);
    await until(async () => (await healthOf(projector)).status === 503);
    expect((await healthOf(projector)).down).toEqual(['projections']);
    expect(await figure('projector_halted')).toBeGreaterThan(0);
  });
});
