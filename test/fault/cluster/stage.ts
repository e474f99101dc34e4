import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TokenIssuer, type Role } from '#access';
import { agencyId, instantAt, type Clock } from '#kernel';
import type { KafkaBrokers } from '../../support/kafka-brokers.js';
import { quietPort } from '../../support/kafka-nodes.js';
import { Random } from '../../support/random.js';
import { clusterOrigin, RunningCluster } from '../../support/running-cluster.js';
import type { Service, ServiceProcess } from '../../support/service-process.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { Clients } from '../clients.js';
import { agencies, operator, police } from '../submissions.js';
import { ClusterCheck, type Checked } from './check-cluster.js';
import { activeViews, type ActiveViews } from './check-views.js';
import type { RawTopics } from './raw-topics.js';

/** Every process of the cluster, by name. */
const roles = {
  'ledger-one': { service: 'ledger', args: [] },
  'ledger-two': { service: 'ledger', args: [] },
  'relay-entries': { service: 'relay', args: ['entries'] },
  'relay-registry': { service: 'relay', args: ['registry'] },
  'projector-one': { service: 'projector', args: [] },
  'projector-two': { service: 'projector', args: [] },
} as const satisfies Readonly<
  Record<string, { readonly service: Exclude<Service, 'cli'>; readonly args: readonly string[] }>
>;

export type Member = keyof typeof roles;
export const members = Object.keys(roles) as readonly Member[];
export const ledgers = ['ledger-one', 'ledger-two'] as const;
export const relays = ['relay-entries', 'relay-registry'] as const;
export const projectors = ['projector-one', 'projector-two'] as const;
export const nodes = [1, 2, 3] as const;

/** The ways of one process to its stores. */
interface Ways {
  readonly store: TcpProxy;
  readonly postgres: TcpProxy;
}

/** Seconds until everything has caught up with everything, on a machine that is busy. */
const patience = 120_000;
/** Milliseconds in which a process that is told to must end. */
const endPatience = 30_000;
const seats = 4;
/** How the clients behave: faults are looked for here, not throughput. */
const manners = {
  batches: { chance: 0.2, most: 12 },
  repeats: 5,
  thinking: { least: 25, most: 100 },
  mayBeAway: true,
} as const;
const hour = 3_600_000;

/** Tokens are minted as of an hour ago: also a ledger whose clock is behind shall take them. */
const earlier: Clock = { now: () => instantAt(Math.floor(performance.timeOrigin + performance.now()) - hour) };

/**
 * The whole cluster at work: two ledgers, a relay for each log, two projectors, each with ways of its own to the event
 * store and to PostgreSQL, three brokers, and clients. Scenarios break it; {@link settle} mends whatever is broken and
 * waits until everything has caught up; {@link check} holds it against what the clients were told.
 */
export class Stage {
  readonly kafka: KafkaBrokers;
  readonly cluster: RunningCluster;
  readonly clients: Clients;
  /** how often something was killed */
  kills = 0;
  /** what is being done, for whoever finds that it hangs */
  doing = 'starting';
  readonly #running = new Map<Member, ServiceProcess>();
  readonly #ways: ReadonlyMap<Member, Ways>;
  readonly #ports: ReadonlyMap<Member, number>;
  readonly #tokens: ReadonlyMap<string, string>;
  readonly #check: ClusterCheck;
  readonly #away = { peer: false, postgres: false, nodes: new Set<number>() };
  readonly #reviving = new Map<number, Promise<void>>();

  private constructor(parts: {
    readonly kafka: KafkaBrokers;
    readonly cluster: RunningCluster;
    readonly clients: Clients;
    readonly ways: ReadonlyMap<Member, Ways>;
    readonly ports: ReadonlyMap<Member, number>;
    readonly tokens: ReadonlyMap<string, string>;
  }) {
    this.kafka = parts.kafka;
    this.cluster = parts.cluster;
    this.clients = parts.clients;
    this.#ways = parts.ways;
    this.#ports = parts.ports;
    this.#tokens = parts.tokens;
    this.#check = new ClusterCheck({
      kafka: parts.kafka.addresses,
      cluster: parts.cluster,
      keys: () => parts.clients.keys(this.url('ledger-one')),
    });
  }

  /** Starts everything and has the agencies admitted. */
  static async build(kafka: KafkaBrokers, seed: number): Promise<Stage> {
    const cluster = await RunningCluster.start({ kafka: kafka.addresses });
    const ways = new Map<Member, Ways>();
    for (const member of members) {
      const store = await TcpProxy.listen({ port: cluster.eventStore.endpoint.port });
      ways.set(member, { store, postgres: await TcpProxy.listen({ port: cluster.postgres.port }) });
    }
    const ports = new Map<Member, number>();
    for (const ledger of ledgers) ports.set(ledger, await quietPort());
    const tokens = new Map<string, string>([[operator, await tokenFor(cluster, 'operator', operator)]]);
    for (const agency of agencies) tokens.set(agency, await tokenFor(cluster, 'agency', agency));
    writeFileSync(join(cluster.folder, 'relay.token'), tokens.get(police) ?? '', { mode: 0o600 });
    const clients = new Clients({ random: new Random(seed + 1), tokens, ...manners });
    clients.urls = [...ports.values()].map((port) => `http://127.0.0.1:${port}`);
    const stage = new Stage({ kafka, cluster, clients, ways, ports, tokens });
    try {
      await stage.#introduce();
      return stage;
    } catch (error) {
      await stage.stop();
      throw error;
    }
  }

  async #introduce(): Promise<void> {
    for (const ledger of ledgers) this.start(ledger);
    await this.allReady();
    await this.clients.introduce();
    for (const member of members) if (!this.#running.has(member)) this.start(member);
    await this.allReady();
  }

  url(ledger: (typeof ledgers)[number]): string {
    return `http://127.0.0.1:${this.#ports.get(ledger)}`;
  }

  token(of: string): string {
    return this.#tokens.get(of) ?? '';
  }

  /** The way of a process to the event store or to PostgreSQL, to be cut. */
  way(member: Member, to: keyof Ways): TcpProxy {
    const way = this.#ways.get(member)?.[to];
    if (way === undefined) throw new RangeError(`${member} has no way to ${to}`);
    return way;
  }

  process(member: Member): ServiceProcess {
    const process = this.#running.get(member);
    if (process === undefined) throw new RangeError(`${member} was never started`);
    return process;
  }

  /** Starts a process, on the data it had. Returns at once. */
  start(member: Member, settings: Readonly<Record<string, string>> = {}): ServiceProcess {
    const { service, args } = roles[member];
    const launched = this.cluster.launch(service, {
      name: member,
      args,
      settings: { ...this.#settingsOf(member), ...settings },
    });
    this.#running.set(member, launched);
    return launched;
  }

  /** Starts another process like a member, on a folder of its own. Its port is any free one. */
  launchBeside(member: Member, name: string): ServiceProcess {
    const { service, args } = roles[member];
    const settings = { ...this.#settingsOf(member), NACHWEIS_PORT: '0' };
    return this.cluster.launch(service, { name, args, settings });
  }

  async kill(...these: readonly Member[]): Promise<void> {
    for (const member of these) {
      this.process(member).resume();
      await this.process(member).kill();
      this.kills += 1;
    }
  }

  /** Ends processes in good order. @throws Error when one does not end */
  async end(...these: readonly Member[]): Promise<void> {
    this.doing = `ending ${these.join(', ')}`;
    await Promise.all(
      these.map(async (member) => {
        const late = sleep(endPatience, 'late', { ref: false });
        const ended = await Promise.race([this.process(member).stop(), late]);
        if (ended === 'late') throw new Error(`${member} does not end when it is told to`);
      }),
    );
  }

  /** Ends a process in good order and starts it again. */
  async restart(member: Member, settings: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.end(member);
    await this.start(member, settings).ready;
  }

  async killEventStore(): Promise<void> {
    this.#away.peer = true;
    await this.cluster.eventStore.kill();
    this.kills += 1;
  }

  /** Starts the event store when it is away, also when a fault made it end itself. */
  async reviveEventStore(): Promise<void> {
    await this.cluster.eventStore.ended();
    await this.cluster.eventStore.restart();
    this.#away.peer = false;
  }

  async killPostgres(): Promise<void> {
    this.#away.postgres = true;
    await this.cluster.postgres.kill();
    this.kills += 1;
  }

  async revivePostgres(): Promise<void> {
    await this.cluster.postgres.restart();
    this.#away.postgres = false;
  }

  async killBroker(node: number): Promise<void> {
    // Of three, one may be away at any time.
    await Promise.all(this.#reviving.values());
    this.#away.nodes.add(node);
    await this.kafka.kill(node);
    this.kills += 1;
  }

  /** Starts a broker again. It takes its time: what need not wait for it does not await this. */
  reviveBroker(node: number): Promise<void> {
    const revived = this.kafka.restart(node).then(() => {
      this.#away.nodes.delete(node);
      this.#reviving.delete(node);
    });
    this.#reviving.set(node, revived);
    // Whoever needs it awaits it; meanwhile its failure is nobody's.
    revived.catch(() => {});
    return revived;
  }

  /** Lets clients work while something is done. */
  async underLoad<Result>(work: () => Promise<Result>): Promise<Result> {
    const end = new AbortController();
    const load = this.clients.work(seats, end.signal);
    this.doing = 'working under load';
    try {
      return await work();
    } finally {
      this.doing = 'waiting for clients to end';
      end.abort();
      await load;
    }
  }

  /** Mends everything that is broken, and waits until every process answers. */
  async mend(): Promise<void> {
    this.doing = 'mending';
    for (const { store, postgres } of this.#ways.values()) {
      store.heal();
      postgres.heal();
    }
    for (const node of nodes) this.kafka.proxy(node).heal();
    if (this.#away.peer) await this.reviveEventStore();
    if (this.#away.postgres) await this.revivePostgres();
    await Promise.all(Array.from(this.#away.nodes, (node) => this.#reviving.get(node) ?? this.reviveBroker(node)));
    await this.cluster.eventStore.clearFaults();
    for (const [member, process] of this.#running) {
      process.resume();
      if (process.hasEnded) this.start(member);
    }
    this.doing = 'waiting for processes to start';
    await this.allReady();
  }

  /**
   * Mends everything and waits until every submission is answered, and relays and projectors have caught up.
   *
   * @returns how long each of that took
   * @throws Error when it takes too long: something is stuck
   */
  async settle(): Promise<string> {
    const begin = performance.now();
    const since = (): string => ((performance.now() - begin) / 1_000).toFixed(1);
    await this.mend();
    const mended = since();
    this.doing = 'sending again what got no answer';
    await this.clients.resolve(patience);
    const answered = since();
    this.doing = 'asking the stores how far they are';
    for (;;) {
      const behind = await this.#check.behind();
      if (behind === null) break;
      this.doing = `waiting: ${behind}`;
      const gone = members.find((member) => this.process(member).hasEnded);
      if (gone) throw new Error(`${gone} ended by itself:\n${this.process(gone).output}`);
      if (performance.now() - begin > patience) throw new Error(`after ${patience} ms ${behind}\n${this.outputs()}`);
      await sleep(200);
    }
    return `after ${mended} s all was mended, after ${answered} s answered, after ${since()} s caught up`;
  }

  /** @throws LedgerBroken with everything that was found */
  async check(): Promise<Checked> {
    this.doing = 'checking';
    const { history, sent, findings } = this.clients;
    return this.#check.run({ history, sent, findings: findings.splice(0) }, (look) => this.#whileStill(look));
  }

  /** Ledgers raise check notes whenever one is due: they are stopped where everything has caught up with them. */
  async #whileStill<Result>(work: () => Promise<Result>): Promise<Result> {
    const writing = ledgers.map((ledger) => this.process(ledger));
    try {
      for (const begin = performance.now(); ;) {
        for (const ledger of writing) ledger.pause();
        const behind = await this.#check.behind();
        if (behind === null) return await work();
        if (performance.now() - begin > patience) throw new Error(`it never stands still: ${behind}`);
        for (const ledger of writing) ledger.resume();
        await sleep(100);
      }
    } finally {
      for (const ledger of writing) ledger.resume();
    }
  }

  /** How many leaves a log has. */
  size(log: 'entries' | 'registry'): Promise<number> {
    return this.#check.size(log);
  }

  /** The topics, read and written by hand. */
  get topics(): RawTopics {
    return this.#check.topics;
  }

  /** Says that so many records in the topics are a scenario's, not the ledger's. */
  wroteForeign(records: number): void {
    this.#check.foreign += records;
  }

  /** What a look at the logs alone finds. */
  logFindings(): Promise<readonly string[]> {
    return this.#check.logFindings({ history: this.clients.history, sent: this.clients.sent, findings: [] });
  }

  views(): Promise<ActiveViews> {
    return activeViews(this.cluster);
  }

  async allReady(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ ready }) => ready));
  }

  outputs(): string {
    return members
      .map((member) => `--- ${member}\n${this.#running.get(member)?.output.slice(-2_000) ?? ''}`)
      .join('\n');
  }

  /** Ends everything but the brokers. */
  async stop(): Promise<void> {
    await this.#check.close();
    await this.cluster.stop();
    for (const { store, postgres } of this.#ways.values()) await Promise.all([store.close(), postgres.close()]);
  }

  #settingsOf(member: Member): Record<string, string> {
    const { service } = roles[member];
    const { store, postgres } = this.#ways.get(member) as Ways;
    const around = (setting: string): string =>
      setting.replace(`:${this.cluster.postgres.port}/`, `:${postgres.port}/`);
    const given = this.cluster.settings(service);
    const databases = ['NACHWEIS_VAULT', 'NACHWEIS_VAULT_KEYS', 'NACHWEIS_VIEWS'];
    return {
      NACHWEIS_EVENT_STORE: `esdb://127.0.0.1:${store.port}?tls=false`,
      ...Object.fromEntries(databases.map((name) => [name, around(given[name] ?? '')])),
      ...(service === 'ledger' && { NACHWEIS_PORT: String(this.#ports.get(member)) }),
      ...(service === 'relay' && {
        NACHWEIS_LEDGER: this.url(member === 'relay-entries' ? 'ledger-one' : 'ledger-two'),
        NACHWEIS_LEDGER_TOKEN_FILE: join(this.cluster.folder, 'relay.token'),
      }),
    };
  }
}

async function tokenFor(cluster: RunningCluster, role: Role, agency: string): Promise<string> {
  const directory = join(cluster.folder, 'keys');
  const issuer = await TokenIssuer.open({
    directory,
    issuer: clusterOrigin,
    audience: clusterOrigin,
    clock: earlier,
  });
  return issuer.mint({ subject: `${role} of ${agency}`, role, agency: agencyId(agency), lifetime: 86_400 });
}
