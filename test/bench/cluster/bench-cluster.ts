import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs, { type Admin } from 'kafkajs';
import { Client } from 'pg';
import { TokenIssuer, type Role } from '#access';
import { agencyId, instantAt } from '#kernel';
import { KafkaBrokers } from '../../support/kafka-brokers.js';
import { clusterOrigin, RunningCluster } from '../../support/running-cluster.js';
import type { ServiceProcess } from '../../support/service-process.js';
import { admission, agencies, batches, type BenchBatch } from '../entries.js';
import { send } from '../http-load.js';

/** The topic that is measured, without its prefix. */
export const entriesTopic = 'ledger.entries.v1';

/** The cluster profile on this machine: one Kafka broker, a durable PostgreSQL, a peer of the event store. */
export class BenchCluster {
  readonly cluster: RunningCluster;
  readonly #kafka: KafkaBrokers;
  readonly #admin: Admin;
  readonly #views: Client;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #tokens = new Map<string, string>();
  readonly #source = batches(Number.MAX_SAFE_INTEGER, 'cluster');
  readonly #profiles: string | undefined;
  #ledger: URL | null = null;
  #recorded = 0;

  private constructor(
    parts: { kafka: KafkaBrokers; cluster: RunningCluster; admin: Admin; views: Client },
    profiles: string | undefined,
  ) {
    this.#kafka = parts.kafka;
    this.cluster = parts.cluster;
    this.#admin = parts.admin;
    this.#views = parts.views;
    this.#profiles = profiles;
  }

  /** @param profiles folder for a profile of each relay and projector; none are taken without it */
  static async start(profiles?: string): Promise<BenchCluster> {
    const kafka = await KafkaBrokers.start({ nodes: 1 });
    const cluster = await RunningCluster.start({ kafka: kafka.addresses, postgres: { durable: true } });
    const { Kafka, logLevel } = kafkajs;
    const admin = new Kafka({ brokers: [...kafka.addresses], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const views = new Client({ connectionString: cluster.postgres.url(cluster.databases.views) });
    // What ends with the cluster, also when the bench is interrupted, is no failure of its own.
    views.on('error', () => {});
    await views.connect();
    const bench = new BenchCluster({ kafka, cluster, admin, views }, profiles);
    await bench.#mintTokens();
    return bench;
  }

  get brokers(): readonly string[] {
    return this.#kafka.addresses;
  }

  /** Entries that were acknowledged. */
  get recorded(): number {
    return this.#recorded;
  }

  /** Starts a ledger whose agencies are admitted. */
  async startLedger(): Promise<ServiceProcess> {
    const ledger = this.cluster.launch('ledger');
    this.#ledger = new URL('/v1/entries', await ledger.ready);
    if (this.#recorded === 0) for (const agency of agencies) await this.#admit(agency);
    return ledger;
  }

  /** Starts a relay or projector on topics of their own. */
  launch(service: 'relay' | 'projector', topics: string): ServiceProcess {
    const profiling =
      this.#profiles === undefined ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${this.#profiles}/${service}` };
    return this.cluster.launch(service, { settings: { NACHWEIS_KAFKA_PREFIX: topics, ...profiling } });
  }

  /** Clients send batches of 400, each waiting for its answer before the next, while there is a reason to. */
  async record(clients: number, isEnough: () => boolean): Promise<void> {
    const client = async (): Promise<void> => {
      while (!isEnough()) {
        const { value } = this.#source.next();
        if (value) await this.#send(value);
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  }

  /** How many records the topic of entries holds under a prefix. */
  async relayed(topics: string): Promise<number> {
    const offsets = await this.#admin.fetchTopicOffsets(topics + entriesTopic).catch(() => []);
    return offsets.reduce((sum, { high }) => sum + Number(high), 0);
  }

  /** Up to how many leaves a generation of views is folded: the projection that is least far counts. */
  async folded(generation: number): Promise<number> {
    const [row] = await this.ask<{ folded: string | null }>(
      `SELECT min(folded) AS folded FROM
        (SELECT sum(folded + quarantined) AS folded FROM views_${generation}.saved_position GROUP BY name) AS each`,
    );
    return Number(row?.folded ?? 0);
  }

  /** Asks the database of views, with every right. */
  async ask<Row extends object>(text: string): Promise<readonly Row[]> {
    return (await this.#views.query<Row>(text)).rows;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.#views.end();
    await this.#admin.disconnect();
    await this.cluster.stop();
    await this.#kafka.stop();
  }

  async #send({ agency, lines }: BenchBatch): Promise<void> {
    await this.#post(agency, 'application/x-ndjson', `${lines.join('\n')}\n`);
    this.#recorded += lines.length;
  }

  #admit(agency: string): Promise<string> {
    return this.#post('host.example', 'application/json', admission(agency));
  }

  #post(by: string, type: 'application/json' | 'application/x-ndjson', body: string): Promise<string> {
    if (this.#ledger === null) throw new Error('no ledger runs');
    return send(this.#ledger, this.#agent, { token: this.#tokens.get(by) ?? '', type }, body);
  }

  async #mintTokens(): Promise<void> {
    const issuer = await TokenIssuer.open({
      directory: `${this.cluster.folder}/keys`,
      issuer: clusterOrigin,
      audience: clusterOrigin,
      clock: { now: () => instantAt(Date.now()) },
    });
    const mint = async (role: Role, agency: string): Promise<void> => {
      const token = await issuer.mint({ subject: 'bench', role, agency: agencyId(agency), lifetime: 86_400 });
      this.#tokens.set(agency, token);
    };
    await mint('operator', 'host.example');
    for (const agency of agencies) await mint('agency', agency);
  }
}

/** Milliseconds between two looks at how far something is. */
const interval = 25;
/** Milliseconds after which what does not move, or does not end, hangs. */
const patience = 60_000;

/** Ends a process in good order. @throws Error when it goes on */
export async function ended(process: ServiceProcess): Promise<void> {
  const late = new AbortController();
  const hanging = sleep(patience, undefined, { signal: late.signal }).then(
    async () => {
      await process.kill();
      throw new Error(`the ${process.service} did not end:\n${process.output}`);
    },
    () => undefined,
  );
  await Promise.race([process.stop(), hanging]);
  late.abort();
}

/** How fast something went. */
export interface Pace {
  /** a second, from the first that was seen to be done to the last: starting is not in it */
  readonly rate: number;
  /** until the first was seen to be done */
  readonly startSeconds: number;
}

/** Looks at how far something is until everything is done. */
export async function paceOf(total: number, done: () => Promise<number>): Promise<Pace> {
  const begun = performance.now();
  let first = { at: begun, done: 0 };
  let last = first;
  for (;;) {
    const now = await done();
    const at = performance.now();
    if (now > last.done) last = { at, done: now };
    if (at - last.at > patience) throw new Error(`nothing moved any more after ${now} of ${total}`);
    if (first.done === 0 && now > 0) first = { at, done: now };
    if (now >= total)
      return { rate: ((now - first.done) * 1_000) / (at - first.at), startSeconds: (first.at - begun) / 1_000 };
    await sleep(interval);
  }
}
