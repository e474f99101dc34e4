import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.js';
import { startFlags } from './start-flags.js';

export type Service = 'ledger' | 'relay' | 'projector' | 'cli';

const scriptOf = { ledger: 'start', relay: 'start:relay', projector: 'start:projector', cli: null } as const;

function flagsOf(service: Service): readonly string[] {
  const script = scriptOf[service];
  return script === null ? [] : startFlags(script);
}

/** A process of the product as its operator runs it: the built program, with nothing but its settings. */
export class ServiceProcess {
  readonly service: Service;
  /** its address, once it answers */
  readonly ready: Promise<string>;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';

  /** @throws Error when the program is not built */
  constructor(service: Service, settings: Readonly<Record<string, string>>, args: readonly string[] = []) {
    this.service = service;
    const main = fileURLToPath(new URL(`../../dist/apps/${service}/main.js`, import.meta.url));
    if (!existsSync(main)) throw new Error('the programs are not built: run `npm run build` first');
    this.#child = spawn(process.execPath, [...flagsOf(service), main, ...args], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...compileCache, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    this.ready = this.#answering();
    // Whoever ends it while it starts is not interested in its address.
    this.ready.catch(() => {});
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error(`the ${this.service} was not started`);
    return this.#child.pid;
  }

  /** what it printed, for reports of failures */
  get output(): string {
    return this.#output;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Waits until it has ended by itself. @returns its exit code; null when a signal ended it */
  async end(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  /** SIGKILL: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** SIGSTOP: it hangs, with everything it holds open. */
  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** SIGTERM, and waits until it has ended by itself. @throws Error when it ended badly */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
    if (this.#child.exitCode !== 0) throw new Error(`the ${this.service} ended badly:\n${this.#output}`);
  }

  #answering(): Promise<string> {
    return new Promise((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        this.#output = (this.#output + chunk.toString()).slice(-20_000);
        const url = / (?:listens|answers) on (\S+)/.exec(this.#output)?.[1];
        if (url !== undefined) resolve(url);
      };
      this.#child.stdout?.on('data', listen);
      this.#child.stderr?.on('data', listen);
      this.#child.once('error', reject);
      this.#child.once('close', () => reject(new Error(`the ${this.service} did not start:\n${this.#output}`)));
    });
  }
}
