import type { EntryBody } from '#catalogue';
import { completeUpTo, everyProjection, type Views } from '#compliance';
import { openPostgresViews } from '#compliance/postgres';
import { testBrokers } from '../../libs/messaging/testing/test-topics.js';
import { police, request, youthOffice } from '../e2e/sample-entries.js';
import type { RecordedAnswer } from '../support/caller.js';
import { postgresPassword } from '../support/postgres-server.js';
import { clusterOrigin, RunningCluster, withoutCheckNotes } from '../support/running-cluster.js';
import { until } from '../support/running-ledger.js';
import type { ServiceProcess } from '../support/service-process.js';
import { SpanCollector, type CollectedSpan } from '../support/span-collector.js';
import { ClusterUsers, type ClusterUser } from './cluster-users.js';

const names = everyProjection.map(({ name }) => name);
/** What a caller whose own systems trace sends along. */
const callersTrace = 'c0ffee'.padEnd(32, '0');
const traceparent = `00-${callersTrace}-${'b'.repeat(16)}-01`;

let collector: SpanCollector;
let cluster: RunningCluster;
let users: ClusterUsers;
/** tells of every request */
let telling: ServiceProcess;
/** tells of none */
let silent: ServiceProcess;
/** relay and projector */
let derived: readonly ServiceProcess[];
let officer: ClusterUser;
let views: Views;
const entries: EntryBody[] = [];

beforeAll(async () => {
  collector = await SpanCollector.start();
  cluster = await RunningCluster.start({
    kafka: testBrokers(),
    settings: { NACHWEIS_OTLP: collector.url, NACHWEIS_TRACE_SAMPLING: '0' },
  });
  telling = cluster.launch('ledger', { settings: { NACHWEIS_TRACE_SAMPLING: '1' } });
  silent = cluster.launch('ledger', { settings: withoutCheckNotes });
  derived = [cluster.launch('relay'), cluster.launch('projector')];
  users = new ClusterUsers(cluster);
  await users.know(telling, silent);
  await users.admit(silent, police, youthOffice);
  officer = await users.as('agency', police);
  await Promise.all(derived.map(({ ready }) => ready));
  views = await openPostgresViews({
    url: cluster.postgres.url(cluster.databases.views).replace(`:${postgresPassword}@`, '@'),
    password: postgresPassword,
    role: 'projector',
    origin: clusterOrigin,
    generation: 1,
  });
});
afterAll(async () => {
  users.close();
  await views.database.destroy();
  await cluster.stop();
  await collector.stop();
});

/** Records an entry and waits until it is in the views. */
async function throughAllStages(ledger: ServiceProcess): Promise<{ entry: RecordedAnswer; trace: string }> {
  const entry = request();
  const answer = await officer.at(ledger).record(entry, { traceparent });
  expect(answer.status).toBe(201);
  entries.push(entry);
  await until(async () => (await completeUpTo(views.database, names)) === entries.length);
  return { entry: answer.json<RecordedAnswer>(), trace: String(answer.headers['x-request-id']) };
}

/** The spans that belong to a trace: its own, and those of batches that did work for it. */
const spansOf = (trace: string): readonly CollectedSpan[] =>
  collector.spans.filter(({ traceId, links }) => traceId === trace || links.some((link) => link.traceId === trace));

/** Every text in a value, whether or not it is a name of the vocabulary. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];

/** Short words and numbers may be anywhere. */
const isTelling = (text: string | undefined): text is string => text !== undefined && text.length > 9;

const stages = ['POST /v1/entries', 'sequence batch', 'relay publish', 'projector fold'];
const stageOf = ({ name }: CollectedSpan): number => stages.indexOf(name);

describe('One request to a cluster', () => {
  test('is one trace: from the ledger that answers it, through sequencer and relay, into the views', async () => {
    const { entry, trace } = await throughAllStages(telling);
    await until(() => stages.every((stage) => spansOf(trace).some(({ name }) => name === stage)));
    const spans = spansOf(trace).toSorted((one, other) => stageOf(one) - stageOf(other));
    expect(spans.map(({ service, name }) => [service, name])).toEqual([
      ['nachweis-ledger', 'POST /v1/entries'],
      ['nachweis-ledger', 'sequence batch'],
      ['nachweis-relay-entries', 'relay publish'],
      ['nachweis-projector', 'projector fold'],
    ]);
    const [asked, ...batches] = spans;
    expect(asked).toMatchObject({ traceId: trace, links: [], attributes: { 'http.response.status_code': 201 } });
    for (const { links } of batches) expect(links).toEqual([{ traceId: trace, spanId: asked?.spanId }]);
    // Work for many callers at once belongs to none of them.
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(4);
    expect(spans.filter(({ parentSpanId }) => parentSpanId)).toEqual([]);
    const [sequenced, published, folded] = batches.map(({ attributes }) => attributes);
    expect(sequenced).toMatchObject({ 'nachweis.log': 'entries', 'nachweis.entries': 1 });
    expect(published).toMatchObject({ 'messaging.system': 'kafka', 'messaging.batch.message_count': 1 });
    expect(folded?.['messaging.destination.partition.id']).toBe(published?.['messaging.destination.partition.id']);
    expect(entry.index).toBe(entries.length - 1);
  });

  test('is recorded, relayed and projected also when nobody is told of it', async () => {
    const quiet = await throughAllStages(silent);
    const { trace, entry } = await throughAllStages(telling);
    expect(entry.index).toBe(quiet.entry.index + 1);
    expect(quiet.trace).toMatch(/^[0-9a-f]{32}$/);
    // What a process still has to tell, it tells before it ends.
    await Promise.all([telling, silent, ...derived].map((process) => process.stop()));
    expect(spansOf(trace).map(({ name }) => name)).toEqual(expect.arrayContaining(stages));
    expect(spansOf(quiet.trace)).toEqual([]);
  });

  test('tells the collector neither who asked, nor what, nor the trace of the caller', async () => {
    const told = entries.flatMap(({ id, exchange, data }) => [id, exchange, ...textsIn(data)]).filter(isTelling);
    expect(told.length).toBeGreaterThan(2 * entries.length);
    for (const secret of [callersTrace, police, youthOffice, ...told]) expect(collector.sent).not.toContain(secret);
  });
});
