import { agencyIn, textIn } from '#catalogue';
import { isInstant, leafIndex, treeSize, type AgencyId, type TreeSize } from '#kernel';
import type { RegistryEntry, RegistryThen } from '../registry/registry-history.js';
import { everyRule } from '../rules/every-rule.js';
import type { JudgedEntry } from '../rules/matter.js';
import { isAbout } from '../rules/rule.js';
import { standingTypes } from '../rules/suspensions.js';
import type { LoadedMatter } from './judged-matters.js';

const read = new Set(everyRule.filter((rule) => isAbout(rule, 'registry')).flatMap(({ reads }) => reads));

/** The registry log as a matter: what rules read of it, each entry by what was in force with it. */
export function registryMatter({ entries }: Pick<RegistryThen, 'entries'>): LoadedMatter {
  const asked = entries.flatMap((entry, place) =>
    read.has(entry.type) ? [[judgedEntry(entry, place), treeSize(place + 1)] as const] : [],
  );
  return {
    kind: 'registry',
    id: 'registry',
    entries: asked.map(([entry]) => entry),
    linked: new Map(),
    registries: new Map(asked.map(([{ id }, size]): [JudgedEntry['id'], TreeSize] => [id, size])),
  };
}

/** What an agency refers to by what the registry says of its standing. */
export const standingMatter = (agency: string, entries: readonly RegistryEntry[]): LoadedMatter => ({
  kind: 'registry',
  id: agency,
  entries: entries.flatMap((entry, place) => (agencyOfStanding(entry) === agency ? [judgedEntry(entry, place)] : [])),
  linked: new Map(),
  registries: new Map(),
});

/** Whose standing an entry of the registry changes; null where it is about something else. */
export const agencyOfStanding = ({ type, data }: RegistryEntry): AgencyId | null =>
  standingTypes.includes(type) ? agencyIn(data, 'agency') : null;

function judgedEntry({ id, issuer, recordedAt, type, data }: RegistryEntry, place: number): JudgedEntry {
  const said = textIn(data, 'occurredAt');
  const occurredAt = isInstant(said) ? said : recordedAt;
  return { index: leafIndex(place), id, issuer, recordedAt, said: { type, occurredAt, terms: data } };
}
