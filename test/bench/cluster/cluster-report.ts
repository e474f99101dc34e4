import type { Row } from '../report.js';
import { measuredTable, rounded } from '../report.js';
import type { KeepingUp } from './keeping-up.js';

/** What `bench/cluster-results.json` holds. */
export interface ClusterResults {
  readonly machine: string;
  readonly at: string;
  /** one-minute load average when it began */
  readonly load: number;
  readonly entries: number;
  readonly rounds: number;
  readonly rows: readonly Row[];
  /** the figures of each round, entries a second */
  readonly each: Readonly<Record<string, readonly number[]>>;
  /** most MiB of a process in any part */
  readonly memory: { readonly relay: number; readonly projector: number };
  readonly keepingUp: KeepingUp;
}

const most = 300;

/** The part of docs/performance.md about the cluster profile. */
export function clusterSection({ machine, load, entries, rounds, rows, memory, keepingUp }: ClusterResults): string {
  const { lag, untilZero, recording } = keepingUp;
  const seconds = keepingUp.looks.at(-1)?.seconds ?? 0;
  return [
    '## Cluster profile',
    '',
    'Written by `npm run bench:cluster`. Ledger, relay, projectors, clients, one Kafka broker, PostgreSQL and the peer that',
    'stands for EventStoreDB share the processors of one machine: only the ratios mean something. What is compared takes',
    `turns, ${rounds} rounds, each in a fresh process; the median counts. Starting a process is not in a rate.`,
    '',
    `Machine: ${machine}. PostgreSQL with \`fsync\`; acknowledged by Kafka means every in-sync replica, here one. Log of`,
    `${rounded(entries)} entries in 12 partitions. Load average at the start: ${load.toFixed(1)}.`,
    '',
    ...measuredTable(rows),
    '',
    `While clients sent batches of 400 the ledger recorded ${rounded(recording)} entries a second. When they stopped, after`,
    `${rounded(seconds - untilZero.projector)} s, the relay was ${rounded(lag.relay)} leaves behind, for ${untilZero.relay.toFixed(1)} s more, and the projector`,
    `${rounded(lag.projector)}, for ${untilZero.projector.toFixed(1)} s more.`,
    '',
    `Memory, at most: relay ${rounded(memory.relay)} MiB, projector ${rounded(memory.projector)} MiB (aim: each under ${most}).`,
    '',
  ].join('\n');
}
