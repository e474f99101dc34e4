import type { Fault } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { basisForAll, type Power, statedIn } from './basis-of.js';
import { bodiesOf, linesOf } from './lines-of.js';
import { ownBasisFaults } from './own-basis-faults.js';
import { agenciesIn, isObject, textIn } from './reading.js';

/**
 * What is wrong with an agreement although each of its fields has the right form. Fields that are missing or have
 * another form are passed over, so this never fails.
 *
 * @param data an agreement as it is recorded or drafted
 * @returns faults with pointers into `data`
 */
export const agreementFaults = (data: JsonObject): readonly Fault[] => [
  ...partyFaults(data),
  ...periodFaults(data),
  ...supersessionFaults(data),
  ...clauseIdFaults(data),
  ...clausesOf(data).flatMap((clause, index) =>
    [...basisFaults(clause, 'transmit'), ...basisFaults(clause, 'collect')].map((fault) => ({
      ...fault,
      pointer: `/clauses/${index}/${fault.pointer}`,
    })),
  ),
];

function partyFaults(data: JsonObject): readonly Fault[] {
  if (!Array.isArray(data['parties'])) return [];
  const parties = new Set<string>(agenciesIn(data, 'parties'));
  if (parties.size === 0) return [{ pointer: '/parties', detail: 'an agreement has parties' }];
  return clausesOf(data).flatMap((clause, index) =>
    namedIn(clause).flatMap(({ pointer, agency }) =>
      typeof agency !== 'string' || parties.has(agency)
        ? []
        : [{ pointer: `/clauses/${index}/${pointer}`, detail: 'not a party of the agreement' }],
    ),
  );
}

/** All that stands where a clause names a body. */
const namedIn = (
  clause: JsonObject,
): readonly { readonly pointer: string; readonly agency: JsonValue | undefined }[] => [
  ...['from', 'to'].flatMap((side) =>
    listIn(clause, side).map((agency, place) => ({ pointer: `${side}/${place}`, agency })),
  ),
  ...listIn(objectIn(clause['conference']), 'standing').map((agency, place) => ({
    pointer: `conference/standing/${place}`,
    agency,
  })),
  ...listIn(clause, 'activities').map((activity, place) => ({
    pointer: `activities/${place}/agency`,
    agency: objectIn(activity)['agency'],
  })),
];

function periodFaults(data: JsonObject): readonly Fault[] {
  const from = textIn(data, 'validFrom');
  const until = textIn(data, 'validUntil');
  if (from === null || until === null || from <= until) return [];
  return [{ pointer: '/validUntil', detail: 'before validFrom' }];
}

function supersessionFaults(data: JsonObject): readonly Fault[] {
  const agreement = textIn(data, 'agreement');
  const { version } = data;
  if (agreement === null || typeof version !== 'number') return [];
  if (textIn(data, 'supersedes') !== `${agreement}@${version}`) return [];
  return [{ pointer: '/supersedes', detail: 'a version does not supersede itself' }];
}

function clauseIdFaults(data: JsonObject): readonly Fault[] {
  const ids = clausesOf(data).map((clause) => textIn(clause, 'id'));
  return ids.flatMap((id, index) =>
    id === null || ids.indexOf(id) === index
      ? []
      : [{ pointer: `/clauses/${index}/id`, detail: 'another clause has this id' }],
  );
}

/** Each who passes on or receives has one basis for it, and nobody else has any. */
function basisFaults(clause: JsonObject, power: Power): readonly Fault[] {
  const { parties: side, forAll, own } = statedIn[power];
  const wrong = ownBasisFaults(clause, power, side);
  const cited = bodiesOf(linesOf(clause[own]));
  const hasEach = Array.isArray(clause[side])
    ? agenciesIn(clause, side).every((one) => cited.includes(one))
    : cited.length > 0;
  if (hasEach || basisForAll(clause, power) !== undefined) return wrong;
  const detail = 'not everybody has a basis: give one for all, one for each, or {missing}';
  return [...wrong, { pointer: forAll, detail }];
}

/** Every element keeps its place; what is no object reads as an empty clause. */
const clausesOf = (data: JsonObject): readonly JsonObject[] => listIn(data, 'clauses').map(objectIn);

const objectIn = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});

function listIn(data: JsonObject, name: string): readonly JsonValue[] {
  const value = data[name];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
