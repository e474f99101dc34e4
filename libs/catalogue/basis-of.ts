import type { AgencyId } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { linesOf } from './lines-of.js';

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
  const { forAll, own } = statedIn[power];
  const line = linesOf(terms[own]).find((one) => one['agency'] === agency);
  if (line === undefined) return terms[forAll];
  const { agency: _, ...basis } = line;
  return basis;
}
