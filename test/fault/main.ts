import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashRounds } from './crash.js';

const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
const rounds = Number(values.rounds ?? 50);
const seed = Number(values.seed ?? randomInt(1_000_000));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write('usage: npm run test:fault -- [--rounds N] [--seed S]\n');
  process.exit(64);
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'nachweis-fault-'));
print(`${rounds} rounds, seed ${seed}`);
try {
  const { kills, leaves, heads, orphans, acknowledged } = await crashRounds({ rounds, seed, folder, report: print });
  print(`${kills} kills, which left ${orphans} blocks without a leaf; all were swept away`);
  print(`${acknowledged} acknowledged entries kept; ${leaves} leaves and ${heads} tree heads checked`);
  rmSync(folder, { recursive: true });
} catch (error) {
  print(error instanceof Error ? error.message : String(error));
  print(`the data is left in ${folder}`);
  process.exitCode = 1;
}
