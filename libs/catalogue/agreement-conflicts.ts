import type { Fault } from '#kernel';
import type { JsonObject } from '#statement';
import { textIn } from './reading.js';

/** What is needed to say when one version of an agreement is in force. Days are dates like 2026-11-22. */
export interface AgreementVersion {
  readonly agreement: string;
  readonly version: number;
  readonly validFrom: string;
  /** Last day: as agreed, or as an `AgreementTerminated` said since; null while open. */
  readonly validUntil: string | null;
  /** agreement@version that it takes the place of from its first day. */
  readonly supersedes: string | null;
}

/** Null where the agreement does not say what it is or from when it holds: then nothing can follow from it. */
export function agreementVersionOf(data: JsonObject): AgreementVersion | null {
  const agreement = textIn(data, 'agreement');
  const version = data['version'];
  const validFrom = textIn(data, 'validFrom');
  if (agreement === null || typeof version !== 'number' || validFrom === null) return null;
  return {
    agreement,
    version,
    validFrom,
    validUntil: textIn(data, 'validUntil'),
    supersedes: textIn(data, 'supersedes'),
  };
}

export const nameOf = ({ agreement, version }: Pick<AgreementVersion, 'agreement' | 'version'>): string =>
  `${agreement}@${version}`;

/** True on the days a version is in force: within its validity, and until a version that supersedes it begins. */
export function isInForce(one: AgreementVersion, day: string, known: readonly AgreementVersion[]): boolean {
  if (day < one.validFrom || (one.validUntil !== null && day > one.validUntil)) return false;
  return !known.some(({ supersedes, validFrom }) => supersedes === nameOf(one) && validFrom <= day);
}

/**
 * Why a version cannot stand beside those already known. Versions of different agreements may hold at the same time.
 *
 * @param known every version recorded before, also those no longer in force
 * @returns faults with pointers into the data of `next`
 */
export function conflicts(known: readonly AgreementVersion[], next: AgreementVersion): readonly Fault[] {
  if (known.some((one) => nameOf(one) === nameOf(next))) {
    return [{ pointer: '/version', detail: 'this version is known already' }];
  }
  if (isCircular(known, next))
    return [{ pointer: '/supersedes', detail: 'it supersedes itself through other versions' }];
  return [...tooEarly(known, next), ...overlapping(known, next)];
}

function isCircular(known: readonly AgreementVersion[], next: AgreementVersion): boolean {
  const byName = new Map(known.map((one) => [nameOf(one), one]));
  const seen = new Set([nameOf(next)]);
  for (let name = next.supersedes; name !== null; name = byName.get(name)?.supersedes ?? null) {
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

/** A version that begins with or before the one it supersedes would leave that one without a single day. */
function tooEarly(known: readonly AgreementVersion[], next: AgreementVersion): readonly Fault[] {
  const superseded = known.find((one) => nameOf(one) === next.supersedes);
  if (!superseded || superseded.validFrom < next.validFrom) return [];
  return [{ pointer: '/validFrom', detail: `not after the first day of ${nameOf(superseded)}, which it supersedes` }];
}

/** Two versions overlap exactly if both are in force on the later of their first days. */
function overlapping(known: readonly AgreementVersion[], next: AgreementVersion): readonly Fault[] {
  const all = [...known, next];
  return known
    .filter(({ agreement }) => agreement === next.agreement)
    .filter((one) => {
      const later = one.validFrom > next.validFrom ? one.validFrom : next.validFrom;
      return isInForce(one, later, all) && isInForce(next, later, all);
    })
    .map((one) => ({ pointer: '/validFrom', detail: `in force at the same time as ${nameOf(one)}` }));
}
