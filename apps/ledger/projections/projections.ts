import { everyProjection, Projector, type Views } from '#compliance';
import { RegistryFollower } from '#compliance/registry';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';

/** What the service needs of the projections, wherever they run. */
export type Projections = Pick<Projector, 'states' | 'reached' | 'erase' | 'stop' | 'watch'>;

export const viewsFile = 'views.sqlite';

/** Runs all projections in this thread. */
export async function projectHere(ports: {
  store: Pick<EventStore, 'subscribe' | 'read'>;
  vault: Pick<Vault, 'open' | 'exchangesOf'>;
  views: Views;
}): Promise<Projector> {
  const projector = new Projector(everyProjection, { ...ports, given: new RegistryFollower(ports.store) });
  await projector.start();
  return projector;
}
