import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { TokenIssuer, type Role } from '#access';
import { agencyId, instantAt } from '#kernel';
import { accountabilityResultsFile, writePerformancePage } from '../performance-page.js';
import { startLedger, type ServerProcess } from '../processes.js';
import type { AccountabilityResults, Latency } from './accountability-report.js';
import { measureJudging } from './judging-speed.js';
import type { Rebuilt } from './rebuild.js';

const { values } = parseArgs({
  options: { exchanges: { type: 'string', default: '11000' }, seed: { type: 'string', default: '20261122' } },
});
const origin = 'localhost/nachweis';
const busiest = 'polizei.example';
const asked = 200;
const assessed = 300;
/** Enough for the batches of a fold; more would only be garbage kept longer. */
const heap = ['--max-old-space-size=256', '--max-semi-space-size=16'];
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const data = mkdtempSync(join(tmpdir(), 'nachweis-bench-'));
try {
  const results = await run();
  mkdirSync('bench', { recursive: true });
  writeFileSync(accountabilityResultsFile, `${JSON.stringify(results, null, 2)}\n`);
  writePerformancePage();
  say(`written: ${accountabilityResultsFile}, docs/performance.md`);
} finally {
  rmSync(data, { recursive: true, force: true });
}

async function run(): Promise<AccountabilityResults> {
  const judging = await measureJudging();
  say(`all rules on an exchange of 30 entries: ${judging.toFixed(2)} ms`);
  let ledger = await startLedger(data);
  say(`recording a year of ${values.exchanges} exchanges, seed ${values.seed}`);
  simulate(ledger);
  await settled(ledger);
  await ledger.stop();
  const rebuilt = rebuild();
  const rate = rebuilt.entries / rebuilt.seconds;
  say(`rebuild of all views and judgements: ${Math.round(rate)} entries/s, ${Math.round(rebuilt.mebibytes)} MiB`);
  ledger = await startLedger(data);
  try {
    await settled(ledger);
    const views = await measureViews(ledger);
    for (const { what, p99 } of views) say(`  first page of ${what}: p99 ${p99.toFixed(1)} ms`);
    const assessments = await measureAssessments(ledger);
    say(`assessments of 30 items: p99 ${assessments.p99.toFixed(1)} ms`);
    const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`;
    return { machine, at: instantAt(Date.now()), judging, rebuilt, views, assessments };
  } finally {
    await ledger.stop();
  }
}

function simulate({ url }: ServerProcess): void {
  const cli = here('../../../apps/cli/main.js');
  const words = ['simulate', '--seed', values.seed, '--exchanges', values.exchanges, '--url', url.href];
  const { status } = spawnSync(process.execPath, [cli, ...words], {
    env: { ...process.env, NACHWEIS_DATA: data },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the year could not be recorded');
}

/** Waits until the check notes of the year are raised, so that nothing is folded while something else is measured. */
async function settled(ledger: ServerProcess): Promise<void> {
  const operator = { authorization: `Bearer ${await tokenOf('operator', 'host.example')}` };
  const dpo = { authorization: `Bearer ${await tokenOf('dpo', busiest)}` };
  const read = async (path: string, headers: Record<string, string>): Promise<unknown> =>
    (await fetch(new URL(path, ledger.url), { headers })).json();
  for (let before = -1; ;) {
    const { logs } = (await read('/v1/logs', operator)) as { logs: { name: string; size: number }[] };
    const { completeUpTo } = (await read('/v1/views/check-notes?limit=1', dpo)) as { completeUpTo: number };
    const size = logs.find(({ name }) => name === 'entries')?.size ?? 0;
    if (size === before && completeUpTo === size) return;
    before = size;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
}

function rebuild(): Rebuilt {
  const views = join(data, 'rebuilt.sqlite');
  const { stdout, stderr, status } = spawnSync(process.execPath, [...heap, here('./rebuild.js'), data, views], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the rebuild failed: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Rebuilt;
}

async function tokenOf(role: Role, agency: string): Promise<string> {
  const issuer = await TokenIssuer.open({
    directory: join(data, 'keys'),
    issuer: origin,
    audience: origin,
    clock: { now: () => instantAt(Date.now()) },
  });
  return issuer.mint({ subject: 'bench', role, agency: agencyId(agency), lifetime: 86_400 });
}

async function measureViews({ url }: ServerProcess): Promise<readonly Latency[]> {
  const headers = { authorization: `Bearer ${await tokenOf('dpo', busiest)}` };
  const answer = await fetch(new URL('/v1/views', url), { headers });
  const { views } = (await answer.json()) as { views: readonly { name: string }[] };
  const found: Latency[] = [];
  for (const { name } of views) {
    found.push(await latency(name, asked, () => fetch(new URL(`/v1/views/${name}`, url), { headers })));
  }
  return found;
}

/** A template, as far as it is read. */
interface Offered {
  readonly template: string;
  readonly kind: string;
  readonly counterparts: readonly string[];
  readonly purposes: readonly string[];
  readonly dataCategories: readonly string[];
}

async function measureAssessments({ url }: ServerProcess): Promise<Latency> {
  const headers = {
    authorization: `Bearer ${await tokenOf('agency', 'jugendamt.example')}`,
    'content-type': 'application/json',
  };
  const listed = await fetch(new URL('/v1/templates', url), { headers });
  const { templates } = (await listed.json()) as { templates: readonly Offered[] };
  const offered = templates.find(({ kind }) => kind === 'spontaneous');
  if (offered === undefined) throw new Error('there is no template for a disclosure');
  const { template, counterparts, purposes, dataCategories } = offered;
  const items = Array.from({ length: 30 }, (_, place) => ({
    dataCategory: dataCategories[place % dataCategories.length],
  }));
  const draft = { kind: 'disclosure', template, counterparts: counterparts.slice(0, 1), purpose: purposes[0], items };
  const body = JSON.stringify(draft);
  return latency('assessment', assessed, () => fetch(new URL('/v1/assessments', url), { method: 'POST', headers, body }));
}

/** Asked one after the other, after some that warm up. */
async function latency(what: string, times: number, ask: () => Promise<Response>): Promise<Latency> {
  const taken: number[] = [];
  for (let time = -5; time < times; time += 1) {
    const began = performance.now();
    const answer = await ask();
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${what}: ${answer.status} ${text.slice(0, 500)}`);
    if (time >= 0) taken.push(performance.now() - began);
  }
  const sorted = taken.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { what, p50: at(0.5), p99: at(0.99) };
}
