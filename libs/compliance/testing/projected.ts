import { everyProjection } from '../every-projection.js';
import type { Projection } from '../projection.js';
import type { ProjectionState } from '../projection-run.js';
import { Projector, type ProjectorPorts } from '../projector.js';
import { RegistryFollower } from '../registry/registry-follower.js';
import { openSqliteViews } from '../sqlite/index.js';
import type { Views } from '../views.js';
import { RecordedLog, type Told } from './recorded-log.js';

/** A log and the views of it, in memory. */
export interface Projected extends AsyncDisposable {
  readonly log: RecordedLog;
  readonly views: Views;
  /** The same views as those have them who ask. */
  readonly reader: Views;
  readonly projector: Projector;
  /** Records and waits until the views show it. */
  tell(...told: readonly Told[]): ReturnType<RecordedLog['record']>;
  caughtUp(): Promise<void>;
  digests(): Promise<Readonly<Record<string, string>>>;
}

export interface Setting extends Partial<Pick<ProjectorPorts, 'store' | 'vault' | 'views' | 'pause'>> {
  readonly log?: RecordedLog;
  readonly reader?: Views;
  readonly projections?: readonly Projection[];
}

/** Starts projecting. Whatever is not given is fresh. */
export async function projected(setting: Setting = {}): Promise<Projected> {
  const { log = new RecordedLog(), projections = everyProjection, views = openSqliteViews(':memory:') } = setting;
  const { store = log.store, vault = log.vault, pause = async () => {}, reader = views } = setting;
  const projector = new Projector(projections, { store, vault, views, given: new RegistryFollower(log.store), pause });
  await projector.start();
  const caughtUp = async (): Promise<void> => projector.reached(await log.size(), AbortSignal.timeout(10_000));
  return {
    log,
    views,
    reader,
    projector,
    caughtUp,
    async tell(...told) {
      const ids = await log.record(...told);
      await caughtUp();
      return ids;
    },
    digests: async () =>
      Object.fromEntries(
        await Promise.all(projections.map(async ({ name }) => [name, await projector.digest(name)] as const)),
      ),
    async [Symbol.asyncDispose]() {
      await projector.stop();
      await views.database.destroy();
      await reader.database.destroy();
    },
  };
}

export const stateOf = ({ projector }: Projected, name: string): ProjectionState | undefined =>
  projector.states().find((state) => state.name === name);

/** What a projector that starts now on an empty database makes of the same log. */
export async function rebuiltElsewhere(
  log: RecordedLog,
  projections: readonly Projection[] = everyProjection,
): Promise<Readonly<Record<string, string>>> {
  await using fresh = await projected({ log, projections });
  await fresh.caughtUp();
  return await fresh.digests();
}
