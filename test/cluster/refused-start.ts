import { request } from 'node:http';
import type { RunningCluster } from '../support/running-cluster.js';
import { freePort, postgresPassword } from '../support/postgres-server.js';
import { ServiceProcess } from '../support/service-process.js';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';

export type Starting = 'ledger' | 'relay' | 'projector';

/** How a start ended. */
export interface Refusal {
  readonly code: number | null;
  /** what it said to its operator, beside the lines of its log */
  readonly lines: readonly string[];
  /** everything it printed, its log included */
  readonly output: string;
  /** whether anybody was answered at its port meanwhile */
  readonly answered: boolean;
  readonly seconds: number;
}

/**
 * Starts a process that is to refuse, and waits until it has ended. Settings are those of the cluster, and instead of
 * them what is given; an empty one is left out.
 */
export async function startIn(
  cluster: RunningCluster,
  service: Starting,
  differing: Readonly<Record<string, string>>,
): Promise<Refusal> {
  const port = await freePort();
  const settings = Object.entries({
    ...cluster.settings(service),
    // As processes with a Kafka client are to be started: the client asks for a negative pause once.
    NODE_OPTIONS: '--disable-warning=TimeoutNegativeWarning',
    NACHWEIS_DATA: join(cluster.folder, randomUUID()),
    [service === 'ledger' ? 'NACHWEIS_PORT' : 'NACHWEIS_METRICS_PORT']: String(port),
    ...differing,
  });
  const began = performance.now();
  const process = new ServiceProcess(service, Object.fromEntries(settings.filter(([, value]) => value !== '')));
  const patience = setTimeout(() => void process.kill(), 40_000);
  const ended = process.end();
  const answered = anybodyAnswers(port, ended);
  const code = await ended;
  clearTimeout(patience);
  const { output } = process;
  const lines = output.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  return { code, lines, output, answered: await answered, seconds: (performance.now() - began) / 1_000 };
}

/** Knocks until the process has ended. */
async function anybodyAnswers(port: number, ended: Promise<unknown>): Promise<boolean> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!isOver) {
    if (await answers(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const asked = request({ host: '127.0.0.1', port, path: '/health/live' }, (response) => {
    response.resume();
    resolve(true);
  });
  asked.on('error', () => resolve(false));
  asked.end();
  return promise;
}

/** What no line and no log may hold, whatever went wrong. */
export const secrets = [postgresPassword, 'wrong-password'];

/** Some at a time: processes that start together only wait for each other. */
export function inTurns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
