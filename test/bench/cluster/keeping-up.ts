import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from '../../support/service-process.js';
import { ended, type BenchCluster } from './bench-cluster.js';
import { memoryOf } from './process-memory.js';

/** One look at everything while clients record. */
export interface Look {
  readonly seconds: number;
  readonly recorded: number;
  readonly relayed: number;
  readonly folded: number;
  /** MiB */
  readonly memory: { readonly ledger: number; readonly relay: number; readonly projector: number };
}

export interface KeepingUp {
  /** entries a second while clients sent batches */
  readonly recording: number;
  readonly relaying: number;
  readonly folding: number;
  /** leaves behind the log when the clients stopped */
  readonly lag: { readonly relay: number; readonly projector: number };
  /** seconds from then until nothing was missing */
  readonly untilZero: { readonly relay: number; readonly projector: number };
  readonly looks: readonly Look[];
}

interface Processes {
  readonly ledger: ServiceProcess;
  readonly relay: ServiceProcess;
  readonly projector: ServiceProcess;
}

const clients = 2;
/** Milliseconds between two looks. */
const interval = 500;
const generation = 1;

/**
 * Clients send batches for a while, as fast as the ledger takes them, while a relay and a projector follow. All of
 * them, their stores and the clients share the machine.
 */
export async function measureKeepingUp(
  bench: BenchCluster,
  ledger: ServiceProcess,
  { topics, seconds }: { readonly topics: string; readonly seconds: number },
): Promise<KeepingUp> {
  const relay = bench.launch('relay', topics);
  const projector = bench.launch('projector', topics);
  await Promise.all([relay.ready, projector.ready]);
  const processes = { ledger, relay, projector };
  const begun = performance.now();
  const look = (): Promise<Look> => lookAt(bench, { topics, begun }, processes);
  const looks = [await look()];
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      await sleep(interval);
      looks.push(await look());
    }
  })();
  try {
    await bench.record(clients, () => performance.now() - begun > seconds * 1_000);
  } finally {
    isOver = true;
  }
  const end = await look();
  await looking;
  const [first = end] = looks;
  const pace = (done: (at: Look) => number): number => (done(end) - done(first)) / (end.seconds - first.seconds);
  const untilZero = await settled(look, end.seconds, looks);
  await ended(relay);
  await ended(projector);
  return {
    recording: pace(({ recorded }) => recorded),
    relaying: pace(({ relayed }) => relayed),
    folding: pace(({ folded }) => folded),
    lag: { relay: end.recorded - end.relayed, projector: end.recorded - end.folded },
    untilZero,
    looks,
  };
}

async function lookAt(
  bench: BenchCluster,
  { topics, begun }: { readonly topics: string; readonly begun: number },
  { ledger, relay, projector }: Processes,
): Promise<Look> {
  const { recorded } = bench;
  const [relayed, folded] = await Promise.all([bench.relayed(topics), bench.folded(generation)]);
  const memory = {
    ledger: memoryOf(ledger).now,
    relay: memoryOf(relay).now,
    projector: memoryOf(projector).now,
  };
  return { seconds: (performance.now() - begun) / 1_000, recorded, relayed, folded, memory };
}

async function settled(look: () => Promise<Look>, from: number, looks: Look[]): Promise<KeepingUp['untilZero']> {
  let relay: number | undefined;
  for (;;) {
    const now = await look();
    looks.push(now);
    if (now.relayed >= now.recorded) relay ??= now.seconds - from;
    if (now.folded >= now.recorded) return { relay: relay ?? now.seconds - from, projector: now.seconds - from };
    await sleep(50);
  }
}
