import type { Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { isAboutPersons } from '../agreements/covering-clause.js';
import type { InForce } from '../rules/judge.js';
import { partsOf } from '../rules/matter.js';
import type { RegistryState } from '../rules/registry-state.js';

/**
 * What is in force for persons of one role. Which role somebody has is not in the terms that rules read: instead of
 * telling them, clauses about other persons are taken away.
 *
 * @param subjectCategory null where it is not said: then every clause may be meant
 */
export function inForceAbout(inForce: InForce, subjectCategory: string | null): InForce {
  if (subjectCategory === null) return inForce;
  const { registry } = inForce;
  const known = new Map<Instant, readonly JsonObject[]>();
  const narrowed: RegistryState = {
    regimeOf: (agency) => registry.regimeOf(agency),
    packOf: (agency) => registry.packOf(agency),
    calendarOf: (agency) => registry.calendarOf(agency),
    isMember: (agency, at) => registry.isMember(agency, at),
    suspendedSince: (agency, at) => registry.suspendedSince(agency, at),
    kindOf: (agency) => registry.kindOf(agency),
    hasRegistered: (agency, activity) => registry.hasRegistered(agency, activity),
    agreementsInForce(at) {
      const agreements =
        known.get(at) ??
        registry.agreementsInForce(at).map((agreement) => ({
          ...agreement,
          clauses: partsOf(agreement, 'clauses').filter((clause) => isAboutPersons(clause, subjectCategory)),
        }));
      known.set(at, agreements);
      return agreements;
    },
  };
  return { settings: inForce.settings, registry: narrowed };
}
