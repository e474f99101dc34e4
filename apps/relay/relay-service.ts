import type { Logger } from 'pino';
import { StoreUnavailable, type EventStore } from '#event-store';
import type { LogName } from '#kernel';
import { StreamUnavailable, type LeafMac, type RecordStream } from '#messaging';
import { Metrics, openedFrom, serveSidecar, type HealthIndicator, type RunningSidecar } from '#platform';
import { VaultUnavailable } from '#vault';
import { CheckpointRelay, checkpointTopic, type CheckpointRelayParts } from './checkpoint-relay.js';
import { LogRelay } from './log-relay.js';
import { RelayFigures } from './relay-figures.js';
import { repeatedRuns, type RunParts, type RunState } from './repeated-runs.js';
import type { Route } from './route.js';

/** What one run works with. */
export interface RelayPorts {
  readonly store: Pick<EventStore, 'read' | 'subscribe' | 'size'>;
  readonly stream: Pick<RecordStream, 'tail' | 'extent' | 'publish'>;
  readonly route: Route;
  /** null for the registry */
  readonly mac: LeafMac | null;
  close(): Promise<void>;
}

export interface RelaySettings {
  readonly origin: string;
  readonly log: LogName;
  readonly host: string;
  readonly metricsPort: number;
  /** milliseconds between two questions for the newest checkpoint */
  readonly checkpointInterval: number;
  /** where checkpoints come from; left out: none are relayed */
  readonly newest?: CheckpointRelayParts['newest'];
  readonly pause: RunParts['pause'];
  isForeign(error: unknown): boolean;
}

export interface RelayService {
  readonly sidecar: RunningSidecar;
  /** Rejects with what no further run can mend; then everything is closed. */
  readonly ended: Promise<void>;
  /** Finishes what is under way. */
  close(): Promise<void>;
}

/**
 * Relays, run after run, and answers how it is going.
 *
 * @param first what was opened at the start; later runs open anew
 */
export async function startRelay(
  first: RelayPorts,
  open: () => Promise<RelayPorts>,
  settings: RelaySettings,
  logger: Logger,
): Promise<RelayService> {
  const { log, host, metricsPort, pause, isForeign } = settings;
  const metrics = new Metrics().withProcess();
  const stopping = new AbortController();
  let state: RunState = { status: 'starting', failure: null };
  const current: { ports: RelayPorts | null } = { ports: first };
  const figures = new RelayFigures(metrics, log, async () => {
    if (current.ports === null) throw new StoreUnavailable('nothing is open between two runs');
    return current.ports.store.size(log);
  });
  const run = async (signal: AbortSignal, begun: () => void): Promise<void> => {
    const ports = (current.ports ??= await open());
    try {
      await oneRun(ports, { ...settings, figures, logger, begun }, signal);
    } finally {
      current.ports = null;
      await ports.close().catch((err: unknown) => logger.warn({ log, err }, 'a connection did not close'));
    }
  };
  const changed = (next: RunState): void => {
    state = next;
    figures.ended(next);
    const text = `the relay of ${log} is ${next.status}`;
    if (next.failure === null) logger.info({ log }, text);
    else logger.error({ log, err: next.failure }, text);
  };
  const sidecar = await openedFrom('NACHWEIS_HOST, NACHWEIS_METRICS_PORT', () =>
    serveSidecar({
      host,
      port: metricsPort,
      metrics,
      health: healthOf(log, { state: () => state, ports: () => current.ports }),
    }),
  );
  const relaying = async (): Promise<void> => {
    try {
      await repeatedRuns({ run, pause, changed, isFinal: isForeign }, stopping.signal);
    } finally {
      await sidecar.close();
    }
  };
  const ended = relaying();
  // Whoever waits for the end hears of the failure; nobody may be waiting yet.
  ended.catch(() => undefined);
  return {
    sidecar,
    ended,
    close: () => {
      stopping.abort();
      return ended;
    },
  };
}

interface RunSurroundings extends RelaySettings {
  readonly figures: RelayFigures;
  readonly logger: Logger;
  begun(): void;
}

/** Leaves until the signal aborts or anything fails, and checkpoints as long as leaves. */
async function oneRun(ports: RelayPorts, around: RunSurroundings, signal: AbortSignal): Promise<void> {
  const { origin, log, figures, begun } = around;
  const relay = new LogRelay({ origin, log, ...ports, watch: figures.watch(begun) });
  figures.relay = relay;
  const over = new AbortController();
  const checkpoints = relayCheckpoints(ports, around, AbortSignal.any([signal, over.signal]));
  try {
    await relay.run(signal);
  } finally {
    over.abort();
    await checkpoints;
  }
}

/** Carries checkpoints beside the leaves until the signal aborts. What fails here is tried again and stops no leaf. */
async function relayCheckpoints(
  { store, stream }: RelayPorts,
  { origin, log, newest, pause, checkpointInterval, figures, logger }: RunSurroundings,
  signal: AbortSignal,
): Promise<void> {
  if (newest === undefined) return;
  const relay = new CheckpointRelay({
    origin,
    log,
    newest,
    store,
    stream,
    publish: (record) => figures.publishCheckpoint(record, () => stream.publish(checkpointTopic, 0, [record])),
  });
  let isSaid = false;
  while (!signal.aborted) {
    try {
      await relay.advance(signal);
      isSaid = false;
    } catch (err) {
      if (!isSaid && !signal.aborted) logger.warn({ log, err }, 'no checkpoint could be relayed; leaves go on');
      isSaid = true;
    }
    await pause(checkpointInterval, signal);
  }
}

/** Which part is away: as the last failure says, and as far as asking it now shows. */
function healthOf(
  log: LogName,
  { state, ports }: { state: () => RunState; ports: () => RelayPorts | null },
): readonly HealthIndicator[] {
  const parts = { 'event-store': StoreUnavailable, 'record-stream': StreamUnavailable, vault: VaultUnavailable };
  const asking: Partial<Record<string, () => Promise<unknown> | undefined>> = {
    'event-store': () => ports()?.store.size(log),
    'record-stream': () => ports()?.stream.extent(`ledger.${log}.v1`, 0),
  };
  const isCause = (kind: new (message?: string) => Error): boolean => {
    const { failure } = state();
    return failure instanceof kind || (failure instanceof Error && failure.cause instanceof kind);
  };
  return [
    {
      name: 'relay',
      check: () => {
        if (state().status !== 'running') throw new Error(`the relay is ${state().status}`);
      },
    },
    ...Object.entries(parts).map(([name, kind]) => ({
      name,
      check: async () => {
        if (isCause(kind)) throw new Error(`${name} does not answer`);
        await asking[name]?.();
      },
    })),
  ];
}
