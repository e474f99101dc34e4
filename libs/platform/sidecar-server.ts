import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.js';
import { problemMediaType } from './problem-filter.js';
import { problem, retryAfterOf } from './problem.js';
import { isWell, type HealthIndicator } from './well.js';

export interface Sidecar {
  /** 0 takes a free port */
  readonly port: number;
  readonly host: string;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** what the process cannot do its work without */
  readonly health: readonly HealthIndicator[];
}

export interface RunningSidecar {
  /** as in `http://127.0.0.1:9464` */
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * What a process without an API of its own tells those who run it: `/health/live`, `/health/ready` as the ledger does,
 * and `/metrics`. Neither asks for a token: figures and names of parts are all there is, so a network policy decides who
 * reaches the port.
 *
 * @throws Error of `node:net` when the port cannot be had
 */
export async function serveSidecar({ port, host, metrics, health }: Sidecar): Promise<RunningSidecar> {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    void answerTo(request, { metrics, health }).then((answer) => send(response, answer));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, host, resolve);
  await promise;
  const { address, family, port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answerTo(
  { method, url }: IncomingMessage,
  { metrics, health }: Pick<Sidecar, 'metrics' | 'health'>,
): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return refusal('method-not-allowed');
  const [path] = (url ?? '').split('?');
  if (path === '/health/live') return well;
  if (path === '/health/ready') return readiness(health);
  if (path === '/metrics') return figures(metrics);
  return refusal('not-found');
}

const well: Answer = { status: 200, type: 'application/json', body: '{"status":"ok"}' };

async function readiness(health: readonly HealthIndicator[]): Promise<Answer> {
  const down = (await Promise.all(health.map(async (part) => ((await isWell(part)) ? [] : [part.name])))).flat();
  return down.length === 0 ? well : refusal('unavailable', down);
}

async function figures(metrics: Sidecar['metrics']): Promise<Answer> {
  try {
    return { status: 200, type: metrics.contentType, body: await metrics.text() };
  } catch {
    return refusal('internal-error');
  }
}

function refusal(
  code: 'not-found' | 'method-not-allowed' | 'unavailable' | 'internal-error',
  down: readonly string[] = [],
): Answer {
  const faults = down.map((name) => ({ pointer: `/${name}`, detail: 'is not well' }));
  const document = problem(code, undefined, faults);
  return { status: document.status, type: problemMediaType, body: JSON.stringify(document) };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(status === 503 && { 'Retry-After': String(retryAfterOf('unavailable')) }),
  });
  response.end(body);
}
