import { parseArgs } from 'node:util';
import { KafkaBrokers } from '../../support/kafka-brokers.js';
import { Random } from '../../support/random.js';
import type { Scenario } from './scenario.js';
import { scenarios } from './scenarios.js';
import { Stage } from './stage.js';

/** Fixed, so that two runs of one version do the same. */
const defaultSeed = 20_261_122;
/** Milliseconds after which a scenario hangs. */
const longest = { short: 150_000, long: 3_600_000 };

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', multiple: true },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? defaultSeed);
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
const wanted = values.scenario ?? scenarios.map(({ name }) => name);
const unknown = wanted.filter((name) => !scenarios.some((scenario) => scenario.name === name));
if (!isCount(seed, 0) || (rounds !== undefined && !isCount(rounds, 1)) || unknown.length > 0) {
  process.stderr.write(
    'usage: npm run test:fault:cluster -- [--short] [--scenario F1]... [--rounds N] [--seed S]\n' +
      scenarios.map(({ name, title }) => `  ${name}: ${title}\n`).join(''),
  );
  process.exit(64);
}

function isCount(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

const { short: isShort } = values;
const roundsOf = (scenario: Scenario): number => rounds ?? scenario.rounds[isShort ? 'short' : 'long'];
/** The short form breaks one cluster with everything, one after the other; the long one begins each time anew. */
let shared: Stage | undefined;

async function perform(scenario: Scenario, kafka: KafkaBrokers): Promise<void> {
  const stage = (shared ??= await Stage.build(kafka, seed));
  const random = new Random(seed + 1_000 * Number(scenario.name.slice(1)));
  const begin = performance.now();
  const late = Promise.withResolvers<never>();
  const hanging = setTimeout(
    () => late.reject(new Error(`it hangs while ${stage.doing}`)),
    longest[isShort ? 'short' : 'long'],
  );
  try {
    const trial = { stage, random, rounds: roundsOf(scenario), isShort, report: print };
    const figures = await Promise.race([scenario.run(trial), late.promise]);
    const done = performance.now();
    const checked = await stage.check();
    const seconds = (from: number): string => ((performance.now() - from) / 1000).toFixed(1);
    print(`  ${figures}`);
    print(
      `  ${checked.leaves} leaves, ${checked.acknowledged} acknowledged, ${checked.heads} heads, ` +
        `${checked.repeated} repeated records; ${seconds(begin)} s, ${seconds(done)} s of them checking`,
    );
  } finally {
    clearTimeout(hanging);
  }
}

async function tryOut(scenario: Scenario, kafka: KafkaBrokers): Promise<boolean> {
  print(`${scenario.name}: ${scenario.title} (${roundsOf(scenario)} rounds)`);
  try {
    await perform(scenario, kafka);
    if (!isShort) await dismantle();
    return true;
  } catch (error) {
    print(`  FAILED, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`);
    print(shared?.outputs() ?? '');
    const only = `--scenario ${scenario.name} --rounds ${roundsOf(scenario)} --seed ${seed}`;
    print(`  replay: npm run test:fault:cluster -- ${isShort ? '--short ' : ''}${only}`);
    await dismantle();
    return false;
  }
}

async function dismantle(): Promise<void> {
  const stage = shared;
  shared = undefined;
  await stage?.stop().catch((error: unknown) => print(`  the cluster did not end: ${String(error)}`));
}

print(`seed ${seed}, ${isShort ? 'short' : 'long'} form; three Kafka nodes, PostgreSQL, a peer of the event store`);
const kafka = await KafkaBrokers.start({ nodes: 3, proxied: true });
let failed = 0;
try {
  for (const scenario of scenarios.filter(({ name }) => wanted.includes(name))) {
    if (!(await tryOut(scenario, kafka))) failed += 1;
  }
} finally {
  await dismantle();
  await kafka.stop();
}
print(`${wanted.length - failed} passed, ${failed} failed`);
// Clients that were used to look into the stores cannot all be closed.
process.exit(failed > 0 ? 1 : 0);
