import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Fault } from '../event-store-peer/faults.js';
import type { Command } from '../event-store-peer/main.js';
import type { Endpoint, PeerOptions } from '../event-store-peer/options.js';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const host = '127.0.0.1';

export type EventStorePeerOptions = Omit<PeerOptions, 'file' | 'port'>;

/** What a changed event shall hold. */
export interface EventChange {
  readonly data?: Uint8Array;
  readonly id?: string;
  readonly type?: string;
  /** JSON */
  readonly metadata?: string;
}

/** A server of the event store's protocol in a process of its own, on a free port of this machine. */
export class EventStorePeer {
  readonly #directory: string;
  readonly #options: EventStorePeerOptions;
  #child: ChildProcess | undefined;
  #port = 0;
  #answers: AsyncIterator<string> | undefined;
  #asking: Promise<unknown> = Promise.resolve();

  private constructor(directory: string, options: EventStorePeerOptions) {
    this.#directory = directory;
    this.#options = options;
  }

  static async start(options: EventStorePeerOptions = {}): Promise<EventStorePeer> {
    const peer = new EventStorePeer(await mkdtemp(join(tmpdir(), 'nachweis-event-store-')), options);
    await peer.restart();
    return peer;
  }

  get endpoint(): Endpoint {
    return { host, port: this.#port };
  }

  /** Where it keeps everything. */
  get file(): string {
    return join(this.#directory, 'streams.journal');
  }

  /** Its address, without credentials. */
  get url(): string {
    const tls = this.#options.tls !== undefined;
    return `esdb://${host}:${this.#port}?tls=${tls}`;
  }

  get pid(): number {
    if (this.#child?.pid === undefined) throw new Error('the peer does not run');
    return this.#child.pid;
  }

  /** Starts it again on the same port with the same data, after it was killed or killed itself. */
  async restart(): Promise<void> {
    const options: PeerOptions = { ...this.#options, file: this.file, port: this.#port };
    const child = spawn(
      process.execPath,
      ['--import', './test/support/typescript.ts', 'test/event-store-peer/main.ts', JSON.stringify(options)],
      { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: '/usr/bin:/bin' } },
    );
    child.stdin.on('error', () => {});
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { port } = (await this.#answer()) as { port: number };
    this.#port = port;
  }

  /** Makes calls fail, as often as the fault says. */
  async fault(fault: Fault): Promise<void> {
    await this.#ask({ do: 'fault', fault });
  }

  async clearFaults(): Promise<void> {
    await this.#ask({ do: 'clear-faults' });
  }

  /** Sets `$tb`: readers do not see older events any more. */
  async truncate(stream: string, before: number): Promise<void> {
    await this.#ask({ do: 'truncate', stream, before });
  }

  async tombstone(stream: string): Promise<void> {
    await this.#ask({ do: 'tombstone', stream });
  }

  /** Replaces parts of a stored event, as somebody at its disk could. */
  async change(stream: string, number: number, { data, ...others }: EventChange): Promise<void> {
    const encoded = data === undefined ? {} : { data: Buffer.from(data).toString('base64') };
    await this.#ask({ do: 'change', stream, number, ...others, ...encoded });
  }

  /** Makes another peer the leader of its cluster, or itself. */
  async follow(leader?: Endpoint): Promise<void> {
    await this.#ask(leader === undefined ? { do: 'lead' } : { do: 'lead', leader });
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.ended();
  }

  /** Resolves when its process is gone. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child !== undefined && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#directory, { recursive: true, force: true });
  }

  async #ask(command: Command): Promise<void> {
    const asked = this.#asking.then(async () => {
      this.#child?.stdin?.write(`${JSON.stringify(command)}\n`);
      const answer = await this.#answer();
      if ('error' in answer) throw new Error(String(answer.error));
    });
    this.#asking = asked.catch(() => {});
    await asked;
  }

  async #answer(): Promise<object> {
    const line = await this.#answers?.next();
    if (line === undefined || line.done === true) throw new Error('the event store peer ended');
    return JSON.parse(line.value) as object;
  }
}
