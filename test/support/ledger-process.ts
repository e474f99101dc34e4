import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TokenIssuer, type Role } from '#access';
import { agencyId, instantAt, type Clock } from '#kernel';
import { compileCache } from './compile-cache.js';
import { startFlags } from './start-flags.js';

const main = fileURLToPath(new URL('../../dist/apps/ledger/main.js', import.meta.url));

export const origin = 'ledger.example/nachweis';

const machineClock: Clock = { now: () => instantAt(Math.floor(performance.timeOrigin + performance.now())) };

export interface LedgerOptions {
  /** folder of its data */
  readonly data: string;
  /** settings beside those every test needs */
  readonly settings?: Readonly<Record<string, string>>;
  /** what starts it, when that is not this very Node: it gets Node's path and the program as arguments */
  readonly launcher?: readonly [command: string, ...args: string[]];
}

/** A ledger as its operator runs it: the built program in a process of its own. */
export class LedgerProcess {
  /** its address, once it listens */
  readonly ready: Promise<string>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';

  /** @throws Error when the program is not built */
  constructor({ data, settings = {}, launcher }: LedgerOptions) {
    if (!existsSync(main)) throw new Error('the ledger is not built: run `npm run build` first');
    const [command, ...args] = [...(launcher ?? []), process.execPath, ...startFlags('start'), main];
    this.#child = spawn(command, args, {
      env: {
        PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
        ...compileCache,
        NACHWEIS_DATA: data,
        NACHWEIS_PORT: '0',
        NACHWEIS_ORIGIN: origin,
        NACHWEIS_LOG_LEVEL: 'error',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    this.ready = this.#listening();
    // Whoever kills it while it starts is not interested in its address.
    this.ready.catch(() => {});
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the ledger was not started');
    return this.#child.pid;
  }

  /** what it printed, for reports of failures */
  get output(): string {
    return this.#output;
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** SIGTERM, and waits until it has ended by itself. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
    if (this.#child.exitCode !== 0) throw new Error(`the ledger ended badly:\n${this.#output}`);
  }

  #listening(): Promise<string> {
    return new Promise((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        this.#output += chunk.toString();
        const url = / listens on (\S+)/.exec(this.#output)?.[1];
        if (url !== undefined) resolve(url);
      };
      this.#child.stdout?.on('data', listen);
      this.#child.stderr?.on('data', listen);
      this.#child.once('error', reject);
      this.#child.once('close', () => reject(new Error(`the ledger did not start:\n${this.#output}`)));
    });
  }
}

/** A bearer token from the ledger's own issuer, good for a day. The ledger must have been started once. */
export async function tokenFor(data: string, role: Role, agency: string): Promise<string> {
  const issuer = await TokenIssuer.open({
    directory: `${data}/keys`,
    issuer: origin,
    audience: origin,
    clock: machineClock,
  });
  return issuer.mint({ subject: `${role} of ${agency}`, role, agency: agencyId(agency), lifetime: 86_400 });
}
