import { Agent } from 'node:http';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { TokenIssuer, type Role } from '#access';
import { agencyId, instantAt } from '#kernel';
import { admission, agencies, batches, single, type BenchBatch } from './entries.js';
import { putUnderLoad, send, type LoadResult } from './http-load.js';
import { resultsFile, writePerformancePage } from './performance-page.js';
import { startEcho, startLedger, type ServerProcess } from './processes.js';
import { measureProjections, measureProofs, measureVerification } from './reading.js';
import type { Results, Row, SizeReport } from './report.js';
import { straightLoop } from './straight-loop.js';

const { values } = parseArgs({
  options: { entries: { type: 'string' }, singles: { type: 'string', default: '6000' } },
});
const sizes = values.entries === undefined ? [10_000, 100_000] : [10_000, 100_000, Number(values.entries)];
const singles = Number(values.singles);
const clients = 64;
const origin = 'localhost/nachweis';
/** Entries over which the rate of batches at a size is measured. */
const window = 7_200;
/** The ledger and its baseline take turns this often, because a machine's speed drifts. */
const rounds = 3;

const data = mkdtempSync(join(tmpdir(), 'nachweis-bench-'));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

try {
  const reports = await run();
  mkdirSync('bench', { recursive: true });
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const results: Results = { machine, at: instantAt(Date.now()), reports };
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  writePerformancePage();
  say('written: bench/results.json, docs/performance.md');
} finally {
  rmSync(data, { recursive: true, force: true });
}

async function run(): Promise<SizeReport[]> {
  let ledger = await startLedger(data);
  const issuer = await TokenIssuer.open({
    directory: join(data, 'keys'),
    issuer: origin,
    audience: origin,
    clock: { now: () => instantAt(Date.now()) },
  });
  const token = (role: Role, agency: string): Promise<string> =>
    issuer.mint({
      subject: 'bench',
      role,
      agency: agencyId(agency),
      lifetime: 86_400,
      ...(role === 'regulator' && { competentFor: agencies.map(agencyId) }),
    });
  const tokens = new Map(
    await Promise.all(agencies.map(async (agency) => [agency, await token('agency', agency)] as const)),
  );
  const operator = await token('operator', 'host.example');
  const regulator = await token('regulator', 'supervisor.example');
  const agent = new Agent({ keepAlive: true });
  const entriesUrl = () => new URL('/v1/entries', ledger.url);
  for (const agency of agencies)
    await send(entriesUrl(), agent, { token: operator, type: 'application/json' }, admission(agency));

  let recorded = 0;
  let singlesSent = 0;
  const source = batches(Number.MAX_SAFE_INTEGER, 'fill');
  const sendBatch = async ({ agency, lines }: BenchBatch): Promise<void> => {
    const body = `${lines.join('\n')}\n`;
    await send(entriesUrl(), agent, { token: tokens.get(agency) ?? '', type: 'application/x-ndjson' }, body);
    recorded += lines.length;
  };
  const fill = async (size: number): Promise<void> => {
    while (recorded < size) {
      const { value } = source.next();
      if (value) await sendBatch(value);
    }
  };

  const reports: SizeReport[] = [];
  for (const size of sizes) {
    say(`filling to ${size} entries`);
    await fill(size - window - singles);
    const rows: Row[] = [];
    const loop = mkdtempSync(join(tmpdir(), 'nachweis-loop-'));
    const spent = { ledger: 0, loop: 0 };
    for (let round = 0; round < rounds; round++) {
      const prepared = [...batches(window / rounds, `at ${size} round ${round}`)];
      const waiting = prepared.values();
      const client = async (): Promise<void> => {
        for (const batch of waiting) await sendBatch(batch);
      };
      const began = performance.now();
      await Promise.all([client(), client()]);
      spent.ledger += (performance.now() - began) / 1000;
      spent.loop += await straightLoop(join(loop, String(round)), prepared);
    }
    rmSync(loop, { recursive: true });
    rows.push({
      what: 'batches of 400 over HTTP, 2 clients',
      unit: 'entries/s',
      figure: window / spent.ledger,
      baseline: window / spent.loop,
      against: 'straight loop of the same work',
      limit: 0.6,
    });

    const echo = await startEcho();
    const half = Math.floor(singles / 2);
    const bodies = Array.from({ length: half * 2 }, () => single(singlesSent++, 'single'));
    const load = (server: ServerProcess, some: string[]): Promise<LoadResult> =>
      putUnderLoad({
        url: new URL('/v1/entries', server.url),
        token: tokens.get('youth-office.example') ?? '',
        type: 'application/json',
        clients,
        next: () => some.pop(),
      });
    const measured: { onEcho: LoadResult; onLedger: LoadResult }[] = [];
    for (const part of [bodies.slice(0, half), bodies.slice(half)]) {
      const onEcho = await load(echo, [...part]);
      measured.push({ onEcho, onLedger: await load(ledger, part) });
    }
    await echo.stop();
    recorded += half * 2;
    const total = (pick: (one: (typeof measured)[number]) => LoadResult): number =>
      measured.reduce((sum, one) => sum + pick(one).requests, 0) /
      measured.reduce((sum, one) => sum + pick(one).seconds, 0);
    rows.push({
      what: `single durable appends, ${clients} clients`,
      unit: 'entries/s',
      figure: total((one) => one.onLedger),
      baseline: total((one) => one.onEcho),
      against: 'bare Fastify echo',
      limit: 0.2,
    });
    const latency = { p50: measured[1]?.onLedger.p50 ?? 0, p99: measured[1]?.onLedger.p99 ?? 0 };
    const recording = ledger.memory();

    say('exporting and verifying trails');
    await ledger.stop();
    ledger = await startLedger(data);
    const bare = join(data, 'bare.zip');
    const zip = join(data, 'trail.zip');
    const { logKey } = await exportTrail(ledger, { token: regulator, purpose: undefined }, bare);
    const started = performance.now();
    const { entries } = await exportTrail(ledger, { token: regulator, purpose: 'supervisory-request' }, zip);
    const exportRate = entries / ((performance.now() - started) / 1000);
    const exporting = ledger.memory();
    await ledger.stop();
    for (const [file, what, against] of [
      [bare, 'verification of a trail without blocks', 'hashing the same leaves and nodes'],
      [zip, 'verification of a trail with all blocks', 'hashing the same leaves, nodes and blocks'],
    ] as const) {
      const { verdict, ...measured } = await measureVerification(file, logKey, data);
      if (verdict !== 'valid') throw new Error(`the trail is ${verdict}`);
      rows.push({ what, unit: 'entries/s', ...measured, against, limit: 0.3 });
    }
    const proofs = await measureProofs(data);
    rows.push({
      what: 'inclusion proofs of random entries',
      unit: 'proofs/s',
      ...proofs,
      against: 'hashing as many nodes',
      limit: null,
    });
    rows.push({
      what: 'export of a trail, all blocks opened',
      unit: 'entries/s',
      figure: exportRate,
      baseline: null,
      against: '',
      limit: null,
    });
    const projections = await measureProjections(data);
    rows.push({
      what: 'rebuild of all views',
      unit: 'entries/s',
      ...projections,
      against: 'bare insert of the same rows',
      limit: null,
    });
    for (const file of ['rebuilt.sqlite', 'rebuilt.sqlite.bare', 'trail.zip', 'bare.zip'])
      rmSync(join(data, file), { force: true });
    reports.push({ size, rows, latency, memory: { recording: recording.peak, exporting: exporting.peak } });
    for (const { what, figure, baseline } of rows)
      say(`  ${what}: ${Math.round(figure)} (${baseline === null ? '' : (figure / baseline).toFixed(2)})`);
    ledger = await startLedger(data);
  }
  await ledger.stop();
  agent.destroy();
  return reports;
}

async function exportTrail(
  ledger: ServerProcess,
  { token, purpose }: { token: string; purpose: string | undefined },
  zip: string,
): Promise<{ logKey: string; entries: number }> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...(purpose !== undefined && { 'access-purpose': purpose }),
  };
  const get = async (path: string): Promise<Response> => fetch(new URL(path, ledger.url), { headers });
  const asked = await fetch(new URL('/v1/trails', ledger.url), { method: 'POST', headers, body: '{"log":"entries"}' });
  const { id, total } = (await asked.json()) as { id: string; total: number };
  for (;;) {
    const { state } = (await (await get(`/v1/trails/${id}`)).json()) as { state: string };
    if (state === 'failed') throw new Error('the trail failed');
    if (state === 'done') break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { body } = await get(`/v1/trails/${id}/content`);
  if (body === null) throw new Error('no content');
  await pipeline(Readable.fromWeb(body), createWriteStream(zip));
  const { logs } = (await (await get('/v1/logs')).json()) as { logs: { name: string; verifierKey: string }[] };
  return { logKey: logs.find(({ name }) => name === 'entries')?.verifierKey ?? '', entries: total };
}
