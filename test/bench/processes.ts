import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startFlags } from '../support/start-flags.js';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: URL;
  /** MiB now, and the most there ever was */
  memory(): { readonly now: number; readonly peak: number };
  stop(): Promise<void>;
}

const ledgerMain = fileURLToPath(new URL('../../apps/ledger/main.js', import.meta.url));
const echoMain = fileURLToPath(new URL('./echo-server.js', import.meta.url));

/** With the flags `npm start` gives it. */
export const startLedger = (data: string): Promise<ServerProcess> =>
  start([...startFlags('start'), ledgerMain], { NACHWEIS_DATA: data, NACHWEIS_PORT: '0', NACHWEIS_LOG_LEVEL: 'error' });

/** The baseline of single appends: a bare Fastify that parses and echoes the same JSON. */
export const startEcho = (): Promise<ServerProcess> => start([echoMain], {});

function start(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const child = spawn(process.execPath, words, {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', (code) => reject(new Error(`${words.at(-1)} ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /(http:\/\/\S+?)[\s(]/.exec(said)?.[1];
      if (url !== undefined) resolve({ url: new URL(url), memory: () => memoryOf(child), stop: () => stopped(child) });
    });
  });
}

function memoryOf({ pid }: ChildProcess): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mebibytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
