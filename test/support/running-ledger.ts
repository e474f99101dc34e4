import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Writable } from 'node:stream';
import { entryTypes, validateEntry, type EntryBody } from '#catalogue';
import {
  instantAt,
  ledgerIssuer,
  logNames,
  type AgencyId,
  type Clock,
  type Instant,
  type LogName,
  type Pause,
} from '#kernel';
import type { Role } from '#access';
import { createLogger, readConfig } from '#platform';
import { prepareEntry } from '#recording';
import { ledgerService, type LedgerService } from '../../apps/ledger/application.js';
import { openEmbeddedLedger, type StartProjections } from '../../apps/ledger/embedded-ledger.js';
import { ownIssuer } from '../../apps/ledger/token-keys.js';
import type { Ledger } from '../../apps/ledger/ledger.js';
import { projectHere, type Projections } from '../../apps/ledger/projections/projections.js';
import { Caller } from './caller.js';

/** A clock that stands still until a test moves it on. */
export class TestClock implements Clock {
  #now = Date.UTC(2026, 10, 22, 10);
  readonly #pauses = new Map<() => void, number>();

  now(): Instant {
    return instantAt(this.#now);
  }

  tick(milliseconds: number): void {
    this.#now += milliseconds;
    for (const [wake, end] of this.#pauses) if (end <= this.#now) wake();
  }

  /** Ends when the test has moved the clock on so far. */
  pause: Pause = async (milliseconds, signal) => {
    if (signal.aborted || milliseconds <= 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#pauses.set(resolve, this.#now + milliseconds);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    this.#pauses.delete(resolve);
  };

  /** @returns the moment so many milliseconds from now */
  in(milliseconds: number): Instant {
    return instantAt(this.#now + milliseconds);
  }
}

export interface Settings {
  /** an empty folder of its own unless told otherwise */
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** in the test's own thread unless told otherwise */
  readonly projections?: StartProjections;
  /** `by-itself`: when the test's clock has come so far; else when a test says so */
  readonly checkNotes?: 'by-itself';
}

export interface Capacity {
  readonly subject?: string;
  readonly competentFor?: readonly string[];
}

const tokenLifetime = 30 * 24 * 60 * 60;
/** Checkpoints are published on demand: a test says when. */
const neverByItself = '60000';

/**
 * A whole ledger of the embedded profile in this process, as `npm start` puts it together: real files, real HTTP, its
 * own tokens. Only the clock and the log's destination are the test's.
 */
export class RunningLedger {
  readonly clock = new TestClock();
  /** lines the ledger has logged, at every level */
  readonly logged: string[] = [];
  readonly alarms: string[] = [];
  readonly progress: string[] = [];
  readonly #agent = new Agent({ keepAlive: true });
  #running: { readonly ledger: Ledger; readonly service: LedgerService; readonly url: URL } | undefined;

  private constructor(
    readonly directory: string,
    private environment: Readonly<Record<string, string>>,
    private readonly projections: StartProjections,
    private readonly checkNotes: Settings['checkNotes'],
  ) {}

  static async start({
    directory,
    environment = {},
    projections = projectHere,
    checkNotes,
  }: Settings = {}): Promise<RunningLedger> {
    const folder = directory ?? mkdtempSync(join(tmpdir(), 'ledger-'));
    const running = new RunningLedger(folder, environment, projections, checkNotes);
    await running.open();
    return running;
  }

  get origin(): string {
    return this.environment['NACHWEIS_ORIGIN'] ?? 'ledger.example/nachweis';
  }

  get ledger(): Ledger {
    return this.#open.ledger;
  }

  get url(): URL {
    return this.#open.url;
  }

  get application(): LedgerService['application'] {
    return this.#open.service.application;
  }

  /** Opens the ledger, again after {@link close}: on the same folder, under the same clock. */
  async open(environment = this.environment): Promise<void> {
    this.environment = environment;
    const destination = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.logged.push(String(chunk));
        done();
      },
    });
    const config = this.#config();
    const report = {
      progress: (what: string) => void this.progress.push(what),
      alarm: (what: string) => void this.alarms.push(what),
    };
    const ledger = await openEmbeddedLedger(config, this.clock, report, {
      startProjections: async (parts) => waitedFor(await this.projections(parts)),
      untilDue: this.checkNotes === 'by-itself' ? this.clock.pause : 'never',
    });
    const service = await ledgerService(ledger, createLogger(config.logLevel, destination));
    await service.application.listen(config.port, config.host);
    this.#running = { ledger, service, url: new URL(await service.application.getUrl()) };
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    const running = this.#running;
    this.#running = undefined;
    await running?.service.close();
  }

  /** Closes the ledger and removes its folder. */
  async remove(): Promise<void> {
    await this.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A caller with a token of this ledger. */
  async as(role: Role, agency: string, { subject, competentFor }: Capacity = {}): Promise<Caller> {
    const issuer = await ownIssuer(this.#config(), join(this.directory, 'keys'), this.clock);
    const token = await issuer.mint({
      subject: subject ?? `${role}-of-${agency}`,
      role,
      agency: agency as AgencyId,
      lifetime: tokenLifetime,
      ...(competentFor && { competentFor: competentFor as AgencyId[] }),
    });
    return this.bearing(token);
  }

  /** A caller with whatever it takes for a token; without one, an anonymous caller. */
  bearing(token: string | undefined): Caller {
    return new Caller(() => this.url, this.#agent, token);
  }

  /** Admits agencies, as the operator does. */
  async admit(...agencies: readonly string[]): Promise<void> {
    const example = entryTypes.get('AgencyAdmitted')?.example as EntryBody;
    const operator = await this.as('operator', 'host.example');
    const entries = agencies.map((agency) => ({
      ...example,
      id: crypto.randomUUID(),
      data: { ...example.data, agency, name: `Office of ${agency}` },
    }));
    const { status, text } = await operator.batch(entries);
    if (status !== 201) throw new Error(`the agencies were not admitted: ${text}`);
  }

  /** Has the views caught up with the log, raises what check notes are owed, and has the views show them. */
  async raiseCheckNotes(): Promise<void> {
    const { projections, checkNotes } = this.ledger;
    const caughtUp = async (): Promise<void> =>
      projections.reached(await this.ledger.store.size('entries'), AbortSignal.timeout(patience));
    await caughtUp();
    await checkNotes.look();
    await caughtUp();
  }

  /** Records what only the ledger itself records. */
  async recordOwn(entry: EntryBody): Promise<void> {
    const { clock, recorder } = this.ledger;
    await recorder.record([prepareEntry(validateEntry(entry, clock.now()), ledgerIssuer, 'ledger')]);
  }

  /** Takes what is recorded into the trees and publishes checkpoints. */
  async advance(): Promise<void> {
    await Promise.all(logNames.map((log) => this.ledger.integrators[log].advance()));
  }

  size(log: LogName): Promise<number> {
    return this.ledger.store.size(log);
  }

  /** What is stored, in figures: leaves of both logs, and everything the vault keeps. */
  async holdings(): Promise<Readonly<Record<string, number>>> {
    const [entries, registry] = [await this.size('entries'), await this.size('registry')];
    const kept = { ...rowsOf(join(this.directory, 'vault.sqlite')), ...rowsOf(join(this.directory, 'keys.sqlite')) };
    return { entries, registry, ...kept };
  }

  /** Every file of the ledger's folder, and what it holds. */
  files(): ReadonlyMap<string, Buffer> {
    const found = readdirSync(this.directory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    return new Map(found.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))]));
  }

  get #open() {
    if (this.#running === undefined) throw new Error('the ledger is closed');
    return this.#running;
  }

  #config() {
    return readConfig({
      NACHWEIS_ORIGIN: this.origin,
      NACHWEIS_PORT: '0',
      NACHWEIS_CHECKPOINT_INTERVAL_MS: neverByItself,
      NACHWEIS_LOG_LEVEL: 'trace',
      ...this.environment,
      NACHWEIS_DATA: this.directory,
    });
  }
}

/** Keeps the sequencers from working until it is let go: whatever is sent meanwhile waits. */
export function held({ ledger }: RunningLedger): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  void ledger.register.inTurn(() => promise);
  return resolve;
}

/**
 * A query answers after two seconds though the views lag. Here it waits for as long as the machine takes: what a test
 * has recorded is in the answer.
 */
function waitedFor(projections: Projections): Projections {
  const forEver = new AbortController().signal;
  return {
    states: () => projections.states(),
    reached: (size) => projections.reached(size, forEver),
    erase: (ids) => projections.erase(ids),
    stop: () => projections.stop(),
    watch: (watcher) => projections.watch(watcher),
  };
}

/** Milliseconds: only against hanging. */
const patience = 60_000;

/** Lets the event loop turn until something is so. @throws Error when that takes longer than any machine needs */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patience;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('it never became so');
    await new Promise(setImmediate);
  }
}

function rowsOf(file: string): Record<string, number> {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const counts = tables.map(({ name }): [string, number] => {
    const count = database.prepare(`SELECT count(*) AS n FROM "${String(name)}"`).get();
    return [`${String(name)}`, Number(count?.['n'])];
  });
  database.close();
  return Object.fromEntries(counts);
}
