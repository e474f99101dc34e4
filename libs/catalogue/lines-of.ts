import type { AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { agenciesIn, isObject } from './reading.js';

/** The objects of a list as block `terms` holds them; what has another form reads as nothing. */
export const linesOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  (Array.isArray(value) ? value : []).filter(isObject);

/** The bodies that the lines of a list are about, in their field `agency`. */
export const bodiesOf = (lines: readonly JsonObject[]): readonly AgencyId[] =>
  lines.flatMap((line) => agenciesIn(line, 'agency'));
