import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Runs Jest in a process of its own. @returns the exit code for this one */
export async function jest(args, environment = {}) {
  const child = spawn(execPath, [...flags, program, ...unattended, ...args], {
    stdio: 'inherit',
    env: { ...env, ...environment },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'close');
  return code ?? 1;
}
