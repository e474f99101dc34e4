import type { ProjectedEntry } from '../projection.js';
import type { RegistryThen } from '../registry/registry-history.js';
import { everyRule } from '../rules/every-rule.js';
import { issuerSide } from '../rules/issuer-side.js';
import { isAgencyWide } from './matters-of.js';

const daily = everyRule.flatMap((rule) => (rule.daily ? [rule.daily] : []));

/**
 * Of which days of its agency an entry is, where the first one of a day stands for all: a day under one law, by the
 * calendar of who recorded it. Null where nothing is asked of the entry, or where it counts by itself.
 */
export function dayOf(
  { issuer, recordedAt, said }: Pick<ProjectedEntry, 'issuer' | 'recordedAt' | 'said'>,
  { registry, settings }: RegistryThen,
): string | null {
  if (said === null || isAgencyWide(said.type)) return null;
  if (!daily.some(({ types, isMeant }) => types.includes(said.type) && isMeant(said))) return null;
  const side = issuerSide({ issuer, terms: said.terms }, registry);
  return [issuer, side.regime, side.pack, settings.calendar(side).dateOf(recordedAt)].join(' ');
}
