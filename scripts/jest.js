import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(import.meta.resolve('jest/bin/jest'));
const flags = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  // The Kafka client asks for a negative pause once in every process; it means none.
  '--disable-warning=TimeoutNegativeWarning',
];

/** Where nobody watches, a connection that a test left open must not keep the run from ending. */
const unattended = env.CI === undefined ? [] : ['--forceExit'];

const memory = '/dev/shm';
const bytesNeeded = 4 * 1024 ** 3;

/**
 * A folder for all files of one run: in memory where there is room, because disks are slow at making the hundred
 * thousand files of test databases anew again and again.
 */
function scratchFolder() {
  const roomy = existsSync(memory) && statfsSync(memory).bavail * statfsSync(memory).bsize >= bytesNeeded;
  const folder = mkdtempSync(join(roomy ? memory : tmpdir(), 'nachweis-tests-'));
  // PostgreSQL runs as another user than root.
  chmodSync(folder, 0o755);
  return folder;
}

/** Runs Jest in a process of its own. @returns the exit code for this one */
export async function jest(args, environment = {}) {
  const scratch = scratchFolder();
  const child = spawn(execPath, [...flags, program, ...unattended, ...args], {
    stdio: 'inherit',
    env: { ...env, TMPDIR: scratch, ...environment },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'close');
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  return code ?? 1;
}
