import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { instantAt } from '#kernel';
import { clusterResultsFile, writePerformancePage } from '../performance-page.js';
import type { Row } from '../report.js';
import { BenchCluster } from './bench-cluster.js';
import type { ClusterResults } from './cluster-report.js';
import { measureFolding } from './folding.js';
import { measureKeepingUp } from './keeping-up.js';
import { measureRelay } from './relaying.js';

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    profiles: { type: 'string' },
    'keep-page': { type: 'boolean', default: false },
  },
});
const [entries, rounds, seconds] = [values.entries, values.rounds, values.seconds].map(Number) as [
  number,
  number,
  number,
];
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const [load = 0] = loadavg();
const bench = await BenchCluster.start(values.profiles);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void bench.stop().finally(() => process.exit(1)));
try {
  const results = await run();
  mkdirSync('bench', { recursive: true });
  writeFileSync(clusterResultsFile, `${JSON.stringify(results, null, 2)}\n`);
  if (!values['keep-page']) writePerformancePage();
  say(`written: ${clusterResultsFile}`);
} finally {
  await bench.stop();
}

async function run(): Promise<ClusterResults> {
  say(`recording ${entries} entries`);
  const ledger = await bench.startLedger();
  await bench.record(2, () => bench.recorded >= entries);
  const { recorded } = bench;
  say('relaying');
  const relaying = await measureRelay(bench, rounds);
  say(`  relay ${told(relaying.relay)}; bare producer ${told(relaying.bare)}`);
  say('folding');
  const folding = await measureFolding(bench, relaying.topics, rounds);
  say(`  one projector ${told(folding.one)}; two ${told(folding.two)}; bare inserts ${told(folding.bare)}`);
  say('keeping up');
  const keepingUp = await measureKeepingUp(bench, ledger, { topics: relaying.topics, seconds });
  const { recording, relaying: followed, folding: folded, lag, untilZero } = keepingUp;
  say(`  recorded ${told([recording])}; relayed ${told([followed])}; folded ${told([folded])}`);
  say(`  behind: ${JSON.stringify(lag)} leaves, for ${JSON.stringify(untilZero)} s`);
  const peak = (who: 'relay' | 'projector'): number => Math.max(...keepingUp.looks.map(({ memory }) => memory[who]));
  const memory = {
    relay: Math.max(relaying.memory, peak('relay')),
    projector: Math.max(folding.memory, peak('projector')),
  };
  say(`  memory: ${JSON.stringify(memory)} MiB`);
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    at: instantAt(Date.now()),
    load,
    entries: recorded,
    rounds,
    rows: rowsOf({ relaying, folding, keepingUp }),
    each: {
      relay: relaying.relay,
      'bare producer': relaying.bare,
      'one projector': folding.one,
      'two projectors': folding.two,
      'bare inserts': folding.bare,
    },
    memory,
    keepingUp,
  };
}

interface Measured {
  readonly relaying: Awaited<ReturnType<typeof measureRelay>>;
  readonly folding: Awaited<ReturnType<typeof measureFolding>>;
  readonly keepingUp: ClusterResults['keepingUp'];
}

function rowsOf({ relaying, folding, keepingUp }: Measured): readonly Row[] {
  const unit = 'entries/s';
  const recorded = { unit, baseline: keepingUp.recording, against: 'recorded meanwhile', limit: 0.95 };
  return [
    {
      what: 'relay of the whole log',
      unit,
      figure: median(relaying.relay),
      baseline: median(relaying.bare),
      against: 'bare kafkajs producer of the same records',
      limit: 0.5,
    },
    {
      what: 'rebuild of all views, one projector',
      unit,
      figure: median(folding.one),
      baseline: median(folding.bare),
      against: 'bare batched inserts of the same rows',
      limit: 0.4,
    },
    {
      what: 'rebuild of all views, two projectors',
      unit,
      figure: median(folding.two),
      baseline: median(folding.one),
      against: 'one projector',
      limit: 1.4,
    },
    { what: 'relay while batches are recorded', figure: keepingUp.relaying, ...recorded },
    { what: 'projector while batches are recorded', figure: keepingUp.folding, ...recorded },
  ];
}

function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

function told(figures: readonly number[]): string {
  return `${figures.map((figure) => Math.round(figure)).join(', ')} entries/s`;
}
