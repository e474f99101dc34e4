import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStorePeer, type EventStorePeerOptions } from './event-store-peer.js';
import { postgresPassword, PostgresServer, type PostgresOptions } from './postgres-server.js';
import { ServiceProcess, type Service } from './service-process.js';

export const clusterOrigin = 'ledger.example/nachweis';

export interface ClusterOptions {
  /** `host:port` of each broker */
  readonly kafka: readonly string[];
  readonly postgres?: PostgresOptions;
  readonly eventStore?: EventStorePeerOptions;
  /** settings for every process */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Who may do what: each process enters the databases with a user of its own. */
const members: Readonly<Record<string, readonly string[]>> = {
  ledger: ['nachweis_vault_writer', 'nachweis_keys_writer', 'nachweis_ledger', 'nachweis_reader', 'nachweis_projector'],
  relay: ['nachweis_vault_places'],
  projector: ['nachweis_vault_reader', 'nachweis_keys_reader', 'nachweis_projector'],
};

/** Of a ledger that records nothing by itself while a test counts: each note waits for a day. */
export const withoutCheckNotes = { NACHWEIS_CHECK_NOTE_DELAY_MS: '86400000' };

/**
 * The cluster profile as its operator runs it: built programs in processes of their own, a real PostgreSQL, a real
 * Kafka whose addresses are given, and a peer that speaks the event store's protocol. Processes are started and ended
 * one by one, by the test.
 */
export class RunningCluster {
  readonly #processes: ServiceProcess[] = [];
  #started = 0;

  readonly folder: string;
  readonly eventStore: EventStorePeer;
  readonly postgres: PostgresServer;
  readonly databases: Readonly<Record<'vault' | 'keys' | 'views', string>>;
  /** before the names of its topics and groups: clusters share the brokers */
  readonly prefix = `test-${randomUUID().slice(0, 13)}.`;
  readonly #options: ClusterOptions;

  private constructor(
    parts: Pick<RunningCluster, 'folder' | 'eventStore' | 'postgres' | 'databases'>,
    options: ClusterOptions,
  ) {
    this.folder = parts.folder;
    this.eventStore = parts.eventStore;
    this.postgres = parts.postgres;
    this.databases = parts.databases;
    this.#options = options;
  }

  /** Starts the stores and makes what the ledger needs in them; no process of it runs yet. */
  static async start(options: ClusterOptions): Promise<RunningCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'nachweis-cluster-'));
    for (const name of ['keys', 'trails']) mkdirSync(join(folder, name), { mode: 0o700 });
    // A projector may start before the relay that would make it.
    writeFileSync(join(folder, 'keys', 'partition.key'), randomBytes(32).toString('base64'), { mode: 0o600 });
    writeFileSync(join(folder, 'password'), `${postgresPassword}\n`, { mode: 0o600 });
    const [eventStore, postgres] = await Promise.all([
      EventStorePeer.start(options.eventStore),
      PostgresServer.start(options.postgres),
    ]);
    const databases = {
      vault: await postgres.createDatabase(),
      keys: await postgres.createDatabase(),
      views: await postgres.createDatabase(),
    };
    const cluster = new RunningCluster({ folder, eventStore, postgres, databases }, options);
    await cluster.cli('postgres', ['databases', 'migrate']);
    for (const [user, roles] of Object.entries(members)) {
      const login = `CREATE ROLE ${user} LOGIN PASSWORD '${postgresPassword}'`;
      await postgres.run('postgres', `${login}; GRANT ${roles.join(', ')} TO ${user}`);
    }
    return cluster;
  }

  /** The secret by which the relay deals the partitions and vouches for records. */
  get partitionKey(): Buffer {
    return Buffer.from(readFileSync(join(this.folder, 'keys', 'partition.key'), 'utf8'), 'base64');
  }

  /** What a process of this cluster is told. @param user as which it enters the databases */
  settings(user: string): Record<string, string> {
    const database = (name: keyof typeof this.databases): string =>
      `postgres://${user}@127.0.0.1:${this.postgres.port}/${this.databases[name]}`;
    const password = join(this.folder, 'password');
    return {
      NACHWEIS_ORIGIN: clusterOrigin,
      NACHWEIS_EVENT_STORE: this.eventStore.url,
      NACHWEIS_KAFKA: this.#options.kafka.join(),
      NACHWEIS_KAFKA_PREFIX: this.prefix,
      NACHWEIS_KAFKA_REPLICATION: String(Math.min(3, this.#options.kafka.length)),
      NACHWEIS_VAULT: database('vault'),
      NACHWEIS_VAULT_PASSWORD_FILE: password,
      NACHWEIS_VAULT_KEYS: database('keys'),
      NACHWEIS_VAULT_KEYS_PASSWORD_FILE: password,
      NACHWEIS_VIEWS: database('views'),
      NACHWEIS_VIEWS_PASSWORD_FILE: password,
      NACHWEIS_KEYS: join(this.folder, 'keys'),
      NACHWEIS_TRAILS: join(this.folder, 'trails'),
      NACHWEIS_PORT: '0',
      NACHWEIS_METRICS_PORT: '0',
      NACHWEIS_CHECKPOINT_INTERVAL_MS: '200',
      NACHWEIS_LOG_LEVEL: 'warn',
      ...this.#options.settings,
    };
  }

  /** Starts one process; returns at once. @param name of its folder: the same name again is the same process again */
  launch(
    service: Exclude<Service, 'cli'>,
    { name = `${service}-${++this.#started}`, args = [], settings = {} }: LaunchOptions = {},
  ): ServiceProcess {
    const data = join(this.folder, name);
    const process = new ServiceProcess(service, { ...this.settings(service), NACHWEIS_DATA: data, ...settings }, args);
    this.#processes.push(process);
    return process;
  }

  /** Runs a command of the CLI to its end. @throws Error when it fails */
  async cli(user: string, args: readonly string[]): Promise<string> {
    const command = new ServiceProcess(
      'cli',
      { ...this.settings(user), NACHWEIS_DATA: join(this.folder, 'cli') },
      args,
    );
    const code = await command.end();
    if (code !== 0) throw new Error(`nachweis ${args.join(' ')} ended with ${code}:\n${command.output}`);
    return command.output;
  }

  /** Ends everything, however it is. */
  async stop(): Promise<void> {
    for (const process of this.#processes) {
      process.resume();
      if (!process.hasEnded) await process.kill();
    }
    await this.eventStore.stop();
    await this.postgres.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface LaunchOptions {
  readonly name?: string;
  readonly args?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
}
