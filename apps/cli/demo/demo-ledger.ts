import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TokenIssuer } from '#access';
import type { EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';
import { ledgerSettings, type Environment } from '../ledger-settings.js';
import { openProgressBar } from '../progress-bar.js';
import { systemClock } from '../system-clock.js';

const ledgerMain = fileURLToPath(new URL('../../ledger/main.js', import.meta.url));
const cliMain = fileURLToPath(new URL('../main.js', import.meta.url));

/** Milliseconds: the year is recorded in a fraction of it, exchange by exchange. */
const checkNoteDelay = 10_000;

/** A ledger in a process of its own, and the command line as its user runs it. */
export class DemoLedger {
  private constructor(
    readonly url: string,
    private readonly data: string,
    private readonly child: ChildProcess,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  readonly checkNoteDelay = checkNoteDelay;

  static async start(data: string, given: Environment): Promise<DemoLedger> {
    const environment = {
      ...given,
      NACHWEIS_DATA: data,
      NACHWEIS_PORT: '0',
      NACHWEIS_LOG_LEVEL: 'error',
      NACHWEIS_CHECK_NOTE_DELAY_MS: String(checkNoteDelay),
    };
    const child = spawn(process.execPath, [ledgerMain], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.once('exit', (code) => reject(new Error(`the ledger ended with ${code}`)));
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /http:\/\/[^\s/]+/.exec(said)?.[0];
        if (found === undefined) return;
        process.stdout.write(said);
        resolve(found);
      });
    });
    return new DemoLedger(url, data, child, environment);
  }

  /** Runs `nachweis …`. @throws Error when it does not succeed */
  async command(...words: readonly string[]): Promise<void> {
    const code = await this.outcome(...words);
    if (code !== 0) throw new Error(`nachweis ${words[0]} ended with ${code}`);
  }

  /** Runs `nachweis …`. @returns its exit code */
  outcome(...words: readonly string[]): Promise<number> {
    const child = spawn(process.execPath, [cliMain, ...words], {
      env: this.environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 70));
    });
  }

  async regulator(agency: AgencyId, competentFor: readonly AgencyId[]): Promise<Officer> {
    return this.#officer('regulator', agency, competentFor);
  }

  /** A data protection officer of an agency. */
  async dataProtectionOfficer(agency: AgencyId): Promise<Officer> {
    return this.#officer('dpo', agency, []);
  }

  async #officer(role: 'dpo' | 'regulator', agency: AgencyId, competentFor: readonly AgencyId[]): Promise<Officer> {
    const { origin } = ledgerSettings(this.environment);
    const directory = join(this.data, 'keys');
    const issuer = await TokenIssuer.open({ directory, issuer: origin, audience: origin, clock: systemClock });
    const scope = role === 'regulator' ? { competentFor } : {};
    const token = await issuer.mint({ subject: 'demo', role, agency, ...scope, lifetime: 3600 });
    const purpose = role === 'regulator' ? 'supervisory-request' : 'self-monitoring';
    return new Officer(this.url, token, purpose);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}

interface TrailState {
  readonly id: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
}

/** A supervisor or a data protection officer who calls the HTTP API. */
export class Officer {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly purpose: string,
  ) {}

  /** @throws Error when the ledger does not answer with success */
  async get<Answer>(path: string): Promise<Answer> {
    return (await (await this.#call(path)).json()) as Answer;
  }

  /** All rows of a view, page by page. */
  async *rows<Row>(view: string, query: Readonly<Record<string, string>> = {}): AsyncIterable<Row> {
    let next: string | undefined = `/v1/views/${view}?${new URLSearchParams({ ...query, limit: '500' }).toString()}`;
    while (next !== undefined) {
      const response: Response = await this.#call(next);
      const { rows } = (await response.json()) as { rows: readonly Row[] };
      yield* rows;
      next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    }
  }

  /** @throws Error when the ledger does not take it */
  async record(entry: EntryBody): Promise<void> {
    await this.#call('/v1/entries', { method: 'POST', body: JSON.stringify(entry) });
  }

  /** Asks for a trail without saying for what; nobody fetches it. */
  async forgetPurpose(): Promise<void> {
    await this.#call('/v1/trails', { method: 'POST', body: '{"log":"entries"}', isUnsaid: true });
  }

  async logKey(): Promise<string> {
    const { logs } = await this.get<{ logs: { name: string; verifierKey: string }[] }>('/v1/logs');
    return logs.find(({ name }) => name === 'entries')?.verifierKey ?? '';
  }

  /** Asks for a trail of all entries, waits for it and saves it. @returns its bytes */
  async trail(file: string): Promise<number> {
    const asked = await this.#call('/v1/trails', { method: 'POST', body: '{"log":"entries"}' });
    let { id, state, done, total } = (await asked.json()) as TrailState;
    const bar = openProgressBar('Exporting');
    while (state === 'queued' || state === 'running') {
      bar.update('the trail', done, total);
      await pause(100);
      ({ id, state, done, total } = await this.get<TrailState>(`/v1/trails/${id}`));
    }
    bar.stop();
    const { body } = await this.#call(`/v1/trails/${id}/content`);
    if (body === null) throw new Error('the trail has no content');
    await pipeline(Readable.fromWeb(body), createWriteStream(file));
    return statSync(file).size;
  }

  async #call(
    path: string,
    { isUnsaid = false, ...options }: { method?: string; body?: string; isUnsaid?: boolean } = {},
  ): Promise<Response> {
    const response = await fetch(new URL(path, this.url), {
      ...options,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        ...(!isUnsaid && { 'access-purpose': this.purpose }),
      },
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response;
  }
}
