import { Agent } from 'node:http';
import { TokenIssuer, type Role } from '#access';
import { entryTypes, type EntryBody } from '#catalogue';
import { agencyId, instantAt, type Clock } from '#kernel';
import { Caller, type Answer } from '../support/caller.js';
import { clusterOrigin, type RunningCluster } from '../support/running-cluster.js';
import type { ServiceProcess } from '../support/service-process.js';
import type { Capacity } from '../support/running-ledger.js';

const machineClock: Clock = { now: () => instantAt(Math.floor(performance.timeOrigin + performance.now())) };
const day = 24 * 60 * 60;

/** Somebody whose token is good at every ledger of a cluster. */
export interface ClusterUser {
  at(ledger: ServiceProcess): Caller;
}

/** Who calls the ledgers of a cluster. */
export class ClusterUsers {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #urls = new Map<ServiceProcess, URL>();

  /** @param ledgers that have been started */
  constructor(private readonly cluster: RunningCluster) {}

  /** Waits until a ledger answers. */
  async know(...ledgers: readonly ServiceProcess[]): Promise<void> {
    for (const ledger of ledgers) this.#urls.set(ledger, new URL(await ledger.ready));
  }

  async as(role: Role, agency: string, { subject, competentFor }: Capacity = {}): Promise<ClusterUser> {
    const issuer = await TokenIssuer.open({
      directory: `${this.cluster.folder}/keys`,
      issuer: clusterOrigin,
      audience: clusterOrigin,
      clock: machineClock,
    });
    const token = await issuer.mint({
      subject: subject ?? `${role}-of-${agency}`,
      role,
      agency: agencyId(agency),
      lifetime: day,
      ...(competentFor && { competentFor: competentFor.map(agencyId) }),
    });
    return { at: (ledger) => new Caller(() => this.#urlOf(ledger), this.#agent, token) };
  }

  /** Admits agencies through a ledger, as the operator does. */
  async admit(ledger: ServiceProcess, ...agencies: readonly string[]): Promise<void> {
    const operator = await this.as('operator', 'host.example');
    const { status, text } = await operator.at(ledger).batch(agencies.map(admission));
    if (status !== 201) throw new Error(`the agencies were not admitted: ${text}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #urlOf(ledger: ServiceProcess): URL {
    const url = this.#urls.get(ledger);
    if (url === undefined) throw new Error('nobody knows where this ledger answers');
    return url;
  }
}

/** An agency as the operator admits it. */
export function admission(agency: string): EntryBody {
  const example = entryTypes.get('AgencyAdmitted')?.example as EntryBody;
  return { ...example, id: crypto.randomUUID(), data: { ...example.data, agency } };
}

/** How a process says it is doing: the status, and the parts that are not well. */
export async function healthOf(process: ServiceProcess, kind: 'live' | 'ready' = 'ready'): Promise<HealthAnswer> {
  const response = await fetch(`${await process.ready}/health/${kind}`);
  const body = (await response.json()) as { readonly errors?: readonly { readonly pointer: string }[] };
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    down: (body.errors ?? []).map(({ pointer }) => pointer.slice(1)).toSorted(),
  };
}

export interface HealthAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly down: readonly string[];
}

/** What an answer says in short, for comparisons. */
export const brief = (answer: Answer): readonly [number, unknown] => [
  answer.status,
  answer.status < 400 ? undefined : answer.json()['code'],
];
