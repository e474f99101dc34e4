import { agenciesIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { LoadedMatter } from '../judging/judged-matters.js';
import type { RegistryWith } from '../judging/registries-of.js';
import { isEverybodys } from './known-to.js';

/** The members of the network, for a matter that concerns all of them: those there were when it was recorded. */
export function everybodyIn(matter: LoadedMatter, registryWith: RegistryWith): readonly AgencyId[] {
  const members = matter.entries.filter(isEverybodys).flatMap(({ id, recordedAt }) => {
    const { entries, registry } = registryWith(matter, id);
    return entries
      .flatMap(({ type, data }) => (type === 'AgencyAdmitted' ? agenciesIn(data, 'agency') : []))
      .filter((agency) => registry.isMember(agency, recordedAt));
  });
  return [...new Set(members)];
}
