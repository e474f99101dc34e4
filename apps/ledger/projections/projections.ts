import { everyProjection, Projector, type Views } from '#compliance';
import type { EventStore } from '#event-store';
import type { Vault } from '#vault';

/** What the service needs of the projections, wherever they run. */
export type Projections = Pick<Projector, 'states' | 'reached' | 'erase' | 'stop'>;

export const viewsFile = 'views.sqlite';

/** Runs all projections in this thread. */
export async function projectHere(ports: {
  store: Pick<EventStore, 'subscribe'>;
  vault: Pick<Vault, 'open' | 'exchangesOf'>;
  views: Views;
}): Promise<Projector> {
  const projector = new Projector(everyProjection, ports);
  await projector.start();
  return projector;
}
