import type { Logger } from 'pino';
import type { PoisonPolicy, Projection } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import type { EventStore } from '#event-store';
import { realPause, type Pause } from '#kernel';
import type { LeafMac, RecordStream } from '#messaging';
import { Metrics, openedFrom, serveSidecar, type HealthIndicator, type RunningSidecar } from '#platform';
import type { Vault } from '#vault';
import { GenerationKeeper, statesOf, type GenerationSource, type KeeperWatch } from './generation-keeper.js';
import type { WhileAlone } from './log-folding.js';
import { ProjectorFigures } from './projector-figures.js';
import { requireOwnRecords } from './require-own-records.js';

/** What a projector works with. */
export interface ProjectorStores {
  readonly generations: GenerationSource;
  readonly vault: Pick<Vault, 'open' | 'exchangesOf'>;
  readonly stream: Pick<RecordStream, 'consume' | 'extent' | 'tail'>;
  readonly mac: LeafMac;
  /** the logs themselves, for what needs their order and what was in force */
  readonly store: Pick<EventStore, 'subscribe' | 'read' | 'size'>;
  readonly alone: WhileAlone;
}

export interface ProjectorSettings {
  readonly origin: string;
  readonly projections: readonly Projection[];
  readonly poison: PoisonPolicy;
  readonly host: string;
  readonly metricsPort: number;
  readonly pause?: Pause;
}

export interface ProjectorService {
  readonly keeper: GenerationKeeper;
  readonly sidecar: RunningSidecar;
  /** Stops folding, then answering. What was opened for it stays open. */
  close(): Promise<void>;
}

/**
 * Starts folding, and answering how it is going.
 *
 * @throws StartRefused when the stream is another ledger's, or the port for figures cannot be had
 */
export async function startProjector(
  { generations, vault, stream, mac, store, alone }: ProjectorStores,
  { origin, projections, poison, host, metricsPort, pause = realPause }: ProjectorSettings,
  logger: Logger,
): Promise<ProjectorService> {
  await openedFrom('NACHWEIS_KAFKA', () => requireOwnRecords(stream, { origin, mac }));
  const metrics = new Metrics().withProcess();
  const names = projections.map(({ name }) => name);
  const observer = new ProjectorFigures(metrics, {
    foldings: () => keeper.foldings,
    stream,
    store,
    projections,
    troubled: (err) => logger.warn({ err, component: 'record-stream' }, 'a partition or connection began again'),
  });
  const policies = Object.fromEntries(names.map((name) => [name, poison]));
  const keeper: GenerationKeeper = new GenerationKeeper({
    projections,
    source: generations,
    pause,
    watch: watchOf(logger),
    ports: { stream, mac, vault, origin, policies, pause, observer, store, given: new RegistryFollower(store), alone },
  });
  const sidecar = await openedFrom('NACHWEIS_HOST, NACHWEIS_METRICS_PORT', () =>
    serveSidecar({ host, port: metricsPort, metrics, health: healthOf(keeper, { stream, store }) }),
  );
  await keeper.start();
  return {
    keeper,
    sidecar,
    close: async () => {
      await keeper.stop();
      await sidecar.close();
    },
  };
}

function watchOf(logger: Logger): KeeperWatch {
  return {
    began: ({ number, state }) =>
      logger.info({ component: `views_${number}` }, `folding a generation that is ${state}`),
    ended: (number) => logger.info({ component: `views_${number}` }, 'folding of a generation ended'),
    changed: (number, { name, status, failure, stuck }) => {
      const fields = { component: `views_${number}`, ...(failure !== null && { code: failure }) };
      const where = stuck.length === 0 ? '' : ` in ${stuck.length} partitions (${stuck.join(', ')})`;
      const text = `${name}: ${status}${where}`;
      if (status === 'running') logger.info(fields, text);
      else if (status === 'retrying') logger.warn(fields, text);
      else logger.error(fields, text);
    },
    failed: (err) => logger.error({ err, component: 'views' }, 'the generations of views could not be looked up'),
  };
}

/** What must be well for views to keep up with the log. */
function healthOf(
  keeper: GenerationKeeper,
  { stream, store }: Pick<ProjectorStores, 'stream' | 'store'>,
): readonly HealthIndicator[] {
  return [
    {
      name: 'views',
      check: () => {
        if (keeper.failure !== null) throw new Error('the generations cannot be kept', { cause: keeper.failure });
        if (keeper.foldings.length === 0) throw new RangeError('no generation is built by these projections');
      },
    },
    { name: 'record-stream', check: async () => void (await stream.extent('ledger.entries.v1', 0)) },
    { name: 'event-store', check: async () => void (await store.size('entries')) },
    {
      name: 'projections',
      check: () => {
        const states = keeper.foldings.flatMap(statesOf);
        const [troubled] = states.filter(({ status }) => status !== 'running');
        if (troubled) throw new Error(`${troubled.name} is ${troubled.status}`);
      },
    },
  ];
}
