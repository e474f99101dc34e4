import { request, type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

/** What came back, read to its end. */
export class Answer {
  constructor(
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly bytes: Buffer,
  ) {}

  get text(): string {
    return this.bytes.toString('utf8');
  }

  json<Body = Readonly<Record<string, unknown>>>(): Body {
    return JSON.parse(this.text) as Body;
  }
}

/** What the ledger answers for each entry it recorded. */
export interface RecordedAnswer {
  readonly id: string;
  readonly log: string;
  readonly index: number;
  readonly recordedAt: string;
  readonly leafHash: string;
  readonly receipt: string;
  readonly compared?: string;
  readonly proof?: string;
}

/** A problem document. */
export interface ProblemAnswer {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string; readonly line?: number }[];
}

/** Somebody who calls the ledger over HTTP. Sends exactly what it is told to. */
export class Caller {
  constructor(
    private readonly url: () => URL,
    private readonly agent: Agent,
    readonly token: string | undefined,
  ) {}

  get(path: string, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Posts a JSON body: a value, or text and bytes as they are. */
  post(path: string, body: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    return this.send('POST', path, bytes, { 'Content-Type': 'application/json', ...headers });
  }

  /** Posts one entry. */
  record(entry: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.post('/v1/entries', entry, headers);
  }

  /** Posts entries one a line; text as it is. */
  batch(entries: readonly unknown[] | string | Buffer, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const isText = typeof entries === 'string' || Buffer.isBuffer(entries);
    const body = isText ? entries : entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    return this.post('/v1/entries', body, { 'Content-Type': 'application/x-ndjson', ...headers });
  }

  send(method: string, path: string, body: string | Buffer | undefined, headers: OutgoingHttpHeaders): Promise<Answer> {
    const authorization = this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` };
    const { hostname, port } = this.url();
    const options = { hostname, port, path, method, agent: this.agent, headers: { ...authorization, ...headers } };
    return new Promise((resolve, reject) => {
      const asked = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve(new Answer(response.statusCode ?? 0, response.headers, Buffer.concat(chunks))),
        );
        response.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
}
