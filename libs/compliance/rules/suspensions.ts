import type { Instant } from '#kernel';
import type { JsonObject } from '#statement';
import type { Matter } from './matter.js';
import { earliest, instantIn } from './moments.js';

/** Types that say whether an agency takes part. */
export const standingTypes: readonly string[] = ['AgencyAdmitted', 'AgencySuspended'];

/** A time in which an agency takes no part; its end is not in it. */
export interface Suspension {
  readonly from: Instant;
  /** null where none is known */
  readonly until: Instant | null;
}

interface Standing {
  readonly type: string;
  readonly recordedAt: Instant;
  readonly terms: JsonObject;
}

/**
 * When an agency was suspended, as the register holds it: what was recorded last counts. So a suspension ends at the
 * latest when another takes its place or the agency is admitted anew; one without a beginning is from its recording on.
 *
 * @param standing what the registry says of one agency by {@link standingTypes}, in the order of recording
 */
export const suspensionsIn = (standing: readonly Standing[]): readonly Suspension[] =>
  standing.flatMap(({ type, recordedAt, terms }, place) => {
    if (type !== 'AgencySuspended') return [];
    const ends = [instantIn(terms, 'suspendedUntil'), standing[place + 1]?.recordedAt ?? null];
    return [{ from: instantIn(terms, 'suspendedFrom') ?? recordedAt, until: earliest(ends) }];
  });

/** What the registry says of the standing of the agency that a matter is about. */
export const standingIn = ({ linked }: Pick<Matter, 'linked'>): readonly Standing[] =>
  (linked.get('standing')?.entries ?? []).flatMap(({ recordedAt, said }) =>
    said === null ? [] : [{ type: said.type, recordedAt, terms: said.terms }],
  );

export const isDuring = (at: Instant, { from, until }: Suspension): boolean =>
  from <= at && (until === null || at < until);
