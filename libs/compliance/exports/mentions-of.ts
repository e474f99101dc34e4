import { isUuid } from '#kernel';
import type { JsonValue } from '#statement';
import type { ExportedEntry } from './export-profile.js';

/** Ids anywhere in what an entry says, but for its exchange: that one had others is no secret of each. */
export const mentionsOf = ({ said }: Pick<ExportedEntry, 'said'>): readonly string[] =>
  said === null
    ? []
    : Object.entries(said.terms).flatMap(([name, value]) => (name === 'exchange' ? [] : uuidsIn(value)));

function uuidsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return isUuid(value) ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((one: JsonValue) => uuidsIn(one))
    : [];
}
