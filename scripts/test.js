// Every test this machine can run. With arguments: Jest with these arguments, and nothing else.
import { spawnSync } from 'node:child_process';
import { jest } from './jest.js';

const cluster = ['--import', './test/support/typescript.ts', 'scripts/test-cluster.js'];
const args = process.argv.slice(2);

process.exitCode = await jest(args);
if (args.length === 0) {
  const missing = whatIsMissing();
  if (missing === null) process.exitCode = run(process.execPath, cluster, 'inherit').status || process.exitCode;
  else process.stdout.write(`Skipped: the tests with a real Kafka (*.cluster.spec.ts), because ${missing}.\n`);
}

/** Why no broker can be started here; null when one can. */
function whatIsMissing() {
  const version = / version "(\d+)/.exec(run('java', ['-version']).stderr)?.[1];
  if (version === undefined) return 'there is no `java`; they need Java 17 or newer';
  if (Number(version) < 17) return `\`java\` is version ${version}; they need 17 or newer`;
  if (run('mvn', ['-version']).status !== 0) return 'there is no `mvn`; they need Maven';
  return null;
}

function run(command, commandArgs, stdio = 'pipe') {
  const { status, stderr } = spawnSync(command, commandArgs, { stdio, encoding: 'utf8' });
  return { status: status ?? 1, stderr: stderr ?? '' };
}
