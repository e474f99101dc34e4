import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodeOf, verifyTrail, type TrailReport, type Trust } from '#trail';
import { unpack } from '../../libs/trail/testing/repack.js';
import type { Caller, ProblemAnswer } from '../support/caller.js';
import { RunningLedger, until } from '../support/running-ledger.js';
import { lastEntries } from './last-entries.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';
import { contentOf, ordered, savedIn, stateOf } from './trails.js';

const supervisory = { 'Access-Purpose': 'supervisory-request' };

let running: RunningLedger;
let officer: Caller;
let regulator: Caller;
let logKeys: Readonly<Record<string, string>>;
const folder = mkdtempSync(join(tmpdir(), 'trails-'));
const entries = 300;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  officer = await running.as('agency', police);
  regulator = await running.as('regulator', 'dpa.example', { competentFor: [police] });
  await officer.batch(Array.from({ length: entries }, () => request()));
  await (
    await running.as('agency', youthOffice)
  ).record(entryLike('InformationDisclosed', { data: { recipients: [police] } }));
  await running.advance();
  const { logs } = (await regulator.get('/v1/logs')).json<{ logs: { name: string; verifierKey: string }[] }>();
  logKeys = Object.fromEntries(logs.map(({ name, verifierKey }) => [name, verifierKey]));
});
afterAll(async () => {
  await running.remove();
  rmSync(folder, { recursive: true });
});

const trust = (log: string, more: Partial<Trust> = {}): Trust => ({ logKey: logKeys[log] ?? '', ...more });
const verified = (bytes: Buffer, log = 'entries', more: Partial<Trust> = {}): Promise<TrailReport> =>
  verifyTrail(savedIn(folder, bytes), trust(log, more));

async function trail(caller: Caller, order: object, headers = {}): Promise<Buffer> {
  const content = await contentOf(caller, await ordered(caller, order, headers));
  expect(content.status).toBe(200);
  expect(content.headers['content-type']).toBe('application/zip');
  expect(content.headers['content-length']).toBe(String(content.bytes.length));
  return content.bytes;
}
const codeOf = ({ status, json }: { status: number; json: () => unknown }): [number, string] => [
  status,
  (json() as ProblemAnswer).code,
];
const refusal = async (answer: ReturnType<Caller['get']>): Promise<[number, string]> => {
  const got = await answer;
  return codeOf({ status: got.status, json: () => got.json() });
};

describe('A regulator’s trail', () => {
  test('of the whole log is valid by the log’s key alone, and opens what the regulator is competent for', async () => {
    const size = running.ledger.integrators.entries.published?.head.size ?? 0;
    const report = await verified(await trail(regulator, { log: 'entries' }, supervisory));
    expect(report).toMatchObject({ verdict: 'valid', findings: [], entries: size, range: { from: 0, to: size } });
    // 300 requests of five blocks; of the youth office's one disclosure nothing.
    expect(report.blocks).toEqual({ disclosed: entries * 5, erased: 0, notDisclosed: 5 });
  });

  test('opens no block when no purpose is given, and holds every leaf nevertheless', async () => {
    const report = await verified(await trail(regulator, { log: 'entries', to: entries + 1 }));
    expect(report).toMatchObject({
      verdict: 'valid',
      entries: entries + 1,
      blocks: { disclosed: 0, notDisclosed: entries * 5 + 5 },
    });
  });

  test.each([
    [0, 1],
    [255, 257],
    [256, 256],
    [290, 301],
  ])('of the entries from %i to %i is valid', async (from, to) => {
    const report = await verified(await trail(regulator, { log: 'entries', from, to }, supervisory));
    expect(report).toMatchObject({ verdict: 'valid', entries: to - from, range: { log: 'entries', from, to } });
  });

  test('since a checkpoint proves that the log has only grown', async () => {
    const since = (await regulator.get('/v1/logs/entries/checkpoint')).text;
    await officer.batch([request(), request()]);
    await running.advance();
    const bytes = await trail(regulator, { log: 'entries', from: entries, since }, supervisory);
    expect(await verified(bytes, 'entries', { since })).toMatchObject({ verdict: 'valid', findings: [] });
    const without = await trail(regulator, { log: 'entries', from: entries }, supervisory);
    expect(await verified(without, 'entries', { since })).toMatchObject({ verdict: 'incomplete' });
  });

  test('of the registry is valid, and any caller may have it', async () => {
    for (const caller of [regulator, officer, await running.as('operator', 'host.example')]) {
      const report = await verified(await trail(caller, { log: 'registry' }), 'registry');
      expect(report).toMatchObject({ verdict: 'valid', entries: 2 });
    }
  });

  test('is no longer valid with a single bit changed', async () => {
    const bytes = await trail(regulator, { log: 'entries', from: 250, to: 260 }, supervisory);
    const text = bytes.toString('latin1');
    for (const part of ['"recordedAt":"2026', '{"d":["', '\nledger.example/nachweis/entries', '\t0\n']) {
      const changed = Buffer.from(bytes);
      const at = text.indexOf(part) + part.length - 1;
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect([part, exitCodeOf((await verified(changed)).verdict)]).not.toEqual([part, 0]);
    }
    const entry = Buffer.from(bytes);
    entry[text.indexOf('"recordedAt":"2026') + 17] = '7'.charCodeAt(0);
    const report = await verified(entry);
    expect([report.verdict, exitCodeOf(report.verdict), report.findings[0]?.file]).toEqual([
      'tampered',
      1,
      'data/entries.ndjson',
    ]);
  });

  test('is not valid under another log’s key', async () => {
    const bytes = await trail(regulator, { log: 'entries', from: 0, to: 1 }, supervisory);
    const report = await verifyTrail(savedIn(folder, bytes), trust('registry'));
    expect(exitCodeOf(report.verdict)).toBe(2);
  });

  test('holds its leaves as they are stored, byte for byte', async () => {
    const files = await unpack(await trail(regulator, { log: 'entries', from: 10, to: 20 }, supervisory));
    const stored = await running.ledger.store.read('entries', 10 as never, 10);
    expect(files.get('data/entries.ndjson')).toEqual(
      Buffer.concat(stored.flatMap(({ bytes }) => [bytes, Buffer.from('\n')])),
    );
  });
});

describe('An order for a trail', () => {
  /** Keeps the ledger from reading its log, so that a trail stays unwritten. */
  function withoutReading(): () => void {
    const { store } = running.ledger;
    const read = store.read.bind(store);
    const { promise, resolve } = Promise.withResolvers<void>();
    store.read = async (...wanted) => promise.then(() => read(...wanted));
    return () => {
      store.read = read;
      resolve();
    };
  }
  const order = async (): Promise<string> =>
    String((await regulator.post('/v1/trails', { log: 'entries' }, supervisory)).headers.location);

  test('is recorded durably before it is taken, and hidden from the agencies in it', async () => {
    const size = await running.size('entries');
    const path = await order();
    expect(await running.size('entries')).toBe(size + 1);
    await until(async () => (await stateOf(regulator, path)).state === 'done');
    const { id, terms } = (await lastEntries(running, 1))[0] ?? {};
    expect(terms).toMatchObject({ type: 'ExportIssued', recipient: 'dpa.example', log: 'entries', from: 0 });
    const dpo = await running.as('dpo', police);
    expect((await dpo.get('/v1/views/accesses?limit=1000')).text).not.toContain(String(id));
    expect((await dpo.get(`/v1/entries/${String(id)}`)).status).toBe(404);
  });

  test('tells how far it is, and its content only when it is whole', async () => {
    const release = withoutReading();
    const path = await order();
    expect(['queued', 'running']).toContain((await stateOf(regulator, path)).state);
    const early = await contentOf(regulator, path);
    expect([early.status, early.json()['code'], early.headers['retry-after']]).toEqual([409, 'trail-not-ready', '1']);
    release();
    await until(async () => (await stateOf(regulator, path)).state === 'done');
    const { done, total } = await stateOf(regulator, path);
    expect(done).toBe(total);
    expect((await contentOf(regulator, path)).status).toBe(200);
  });

  test('that fails says so, and does not keep the next one from being written', async () => {
    const { store } = running.ledger;
    const read = store.read.bind(store);
    store.read = () => Promise.reject(new Error('a bad sector'));
    const path = await ordered(regulator, { log: 'entries' }, supervisory);
    store.read = read;
    expect((await stateOf(regulator, path)).state).toBe('failed');
    expect(await refusal(contentOf(regulator, path))).toEqual([409, 'trail-failed']);
    expect((await verified(await trail(regulator, { log: 'entries' }, supervisory))).verdict).toBe('valid');
  });

  test('that cannot even be noted as failed does not stop the ledger either', async () => {
    const { trails, store } = running.ledger;
    const { save } = trails;
    const read = store.read.bind(store);
    store.read = () => Promise.reject(new Error('a bad sector'));
    let failures = 0;
    trails.save = (job) => {
      if (job.state === 'failed' && (failures += 1) === 1) throw new Error('no space left');
      save.call(trails, job);
    };
    await order();
    await until(() => failures > 0);
    trails.save = save;
    store.read = read;
    expect((await verified(await trail(regulator, { log: 'entries' }, supervisory))).verdict).toBe('valid');
  });

  test('and its trail are the recipient’s alone', async () => {
    const path = await ordered(regulator, { log: 'entries' }, supervisory);
    const others = [
      officer,
      await running.as('dpo', 'dpa.example'),
      await running.as('regulator', 'other-dpa.example', { competentFor: [police] }),
      await running.as('operator', 'host.example'),
    ];
    for (const other of others) {
      for (const [asked, unknown] of [
        [path, `/v1/trails/${freshId()}`],
        [`${path}/content`, `/v1/trails/${freshId()}/content`],
      ] as const) {
        const answer = await other.get(asked);
        expect([answer.status, answer.text]).toEqual([404, (await other.get(unknown)).text]);
      }
    }
  });

  test('that a stop interrupts has failed afterwards; what was written can still be fetched, for a week', async () => {
    const written = await ordered(regulator, { log: 'entries' }, supervisory);
    const bytes = (await contentOf(regulator, written)).bytes;
    const release = withoutReading();
    const interrupted = await order();
    const closed = running.close();
    release();
    await closed;
    await running.open();
    expect((await stateOf(regulator, interrupted)).state).toBe('failed');
    expect((await contentOf(regulator, written)).bytes.equals(bytes)).toBe(true);
    running.clock.tick(8 * 24 * 60 * 60_000);
    await running.close();
    await running.open();
    expect(await refusal(regulator.get(written))).toEqual([404, 'not-found']);
    expect([...running.files().keys()].filter((name) => name.includes(written.split('/').at(-1) ?? '?'))).toEqual([]);
  });
});
