import type { AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { linesOf } from './lines-of.js';
import { isMissing } from './missing.js';

/** To pass on, or to receive: each side of the double door has its own. */
export type Power = 'transmit' | 'collect';

/**
 * Where a clause or a disclosure states a power: once for all who have no other, and body by body. `parties` is the
 * clause's list of those who need it.
 */
export const statedIn = {
  transmit: { parties: 'from', forAll: 'legalBasisTransmit', own: 'transmitBases' },
  collect: { parties: 'to', forAll: 'legalBasisCollect', own: 'collectBases' },
} as const satisfies Readonly<Record<Power, object>>;

/**
 * On what a body relies: on its own basis, else on the one that goes for all.
 *
 * @param terms a clause, or a disclosure, as recorded
 * @returns `{code, provision}` or what else stands there, like an explicit absence; undefined where nothing does
 */
export function basisOf(terms: JsonObject, power: Power, agency: AgencyId): JsonValue | undefined {
  const line = lineOf(terms, power, agency);
  return line === undefined ? basisForAll(terms, power) : basisIn(line);
}

/** On what those rely who have no basis of their own; where all of these are missing, that they are. */
export function basisForAll(terms: JsonObject, power: Power): JsonValue | undefined {
  const { forAll, own } = statedIn[power];
  return terms[forAll] ?? (isMissing(terms[own]) ? terms[own] : undefined);
}

/** The basis that a line of `transmitBases` or `collectBases` states, without what else stands in it. */
export function basisIn(line: JsonObject): JsonObject {
  const { agency: _, regimeChangeProvision: __, ...basis } = line;
  return basis;
}

/** What lets a body that passes on change the regime: its own provision, else the one of the clause. */
export const regimeChangeOf = (clause: JsonObject, agency: AgencyId): JsonValue | undefined =>
  lineOf(clause, 'transmit', agency)?.['regimeChangeProvision'] ?? clause['regimeChangeProvision'];

const lineOf = (terms: JsonObject, power: Power, agency: AgencyId): JsonObject | undefined =>
  linesOf(terms[statedIn[power].own]).find((one) => one['agency'] === agency);
