import type { Fault } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { type Power, statedIn } from './basis-of.js';
import { agenciesIn, isObject, textIn } from './reading.js';

/**
 * What is wrong with the lines that state a power body by body, with pointers into the terms.
 *
 * @param parties the field that names who needs the power; where that is missing, anybody may
 */
export function ownBasisFaults(terms: JsonObject, power: Power, parties: string): readonly Fault[] {
  const { own } = statedIn[power];
  const value = terms[own];
  const lines: readonly JsonValue[] = Array.isArray(value) ? value : [];
  const cited = lines.map((line) => (isObject(line) ? textIn(line, 'agency') : null));
  const named: readonly string[] = agenciesIn(terms, parties);
  return cited.flatMap((agency, place): readonly Fault[] => {
    const pointer = `${own}/${place}/agency`;
    if (agency === null) return [];
    if (Array.isArray(terms[parties]) && !named.includes(agency))
      return [{ pointer, detail: `not named in ${parties}` }];
    return cited.indexOf(agency) === place ? [] : [{ pointer, detail: 'this body has a basis already' }];
  });
}
