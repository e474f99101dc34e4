import { treeSize, type AgencyId, type Instant } from '#kernel';
import { RegistryHistory, type RegistryThen } from '../../registry/registry-history.js';
import type { Scope } from '../../scope.js';
import type { Views } from '../../views.js';
import { askView, type ViewQuestion } from '../ask-view.js';
import type { AnyView } from '../asked-view.js';
import type { AnsweredPage, Asked } from '../asked.js';

/** After everything that tests tell. */
export const later = '2027-01-01T00:00:00.000Z' as Instant;

export const own = (agency: AgencyId): Scope => ({ kind: 'agency', agency });
export const competentFor = (...agencies: readonly AgencyId[]): Scope => ({ kind: 'competent', agencies });

/** A registry, and how it grew. */
export function registryOf(registry: RegistryThen): Pick<ViewQuestion, 'registry' | 'registryAt'> {
  const history = new RegistryHistory();
  history.add(registry.entries);
  return { registry, registryAt: async (size) => history.at(size) };
}

/** A registry in which nothing is recorded. */
export const unregistered = new RegistryHistory().at(treeSize(0));

export type Ask = Partial<Asked> & Partial<Pick<ViewQuestion, 'now' | 'asOf' | 'registry'>>;

/** Asks a view. What is not said is as if nobody had said it. */
export function ask(views: Views, view: AnyView, scope: Scope, asks: Ask = {}): Promise<AnsweredPage> {
  const { now = later, asOf = null, registry = unregistered, ...asked } = asks;
  return askView(views.database, view, {
    scope,
    asked: { filter: [], sort: view.order, after: null, limit: 100, ...asked },
    asOf,
    now,
    logs: [],
    ...registryOf(registry),
  });
}
