import { Agent, request } from 'node:http';

export interface Load {
  readonly url: URL;
  readonly token: string;
  readonly type: 'application/json' | 'application/x-ndjson';
  readonly clients: number;
  /** the next body to send; undefined: enough */
  readonly next: () => string | undefined;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** milliseconds */
  readonly p50: number;
  readonly p99: number;
}

/** Sends bodies with a number of clients at once, each waiting for its answer before the next. */
export async function putUnderLoad({ url, token, type, clients, next }: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  const started = performance.now();
  const client = async (): Promise<void> => {
    for (let body = next(); body !== undefined; body = next()) {
      const sent = performance.now();
      await send(url, agent, { token, type }, body);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requests: times.length, seconds, p50: at(0.5), p99: at(0.99) };
}

/** @throws Error for an answer that is no success */
export function send(
  url: URL,
  agent: Agent,
  { token, type }: Pick<Load, 'token' | 'type'>,
  body: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': type,
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(url, { agent, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if ((response.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
