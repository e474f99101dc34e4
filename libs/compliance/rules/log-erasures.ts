import type { AgencyId, Instant } from '#kernel';
import type { JsonValue } from '#statement';
import { arrivedAt, endOfHold, erasuresIn, isNarrow, isOfClass, recordedDays, type RecordedDays } from './erasures.js';
import { issuerSide } from './issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from './matter.js';
import type { Then } from './rule.js';
import type { Side } from './side.js';

/** Logs that were erased: by an erasure, or by what completed one. */
export interface LogErasure {
  readonly fact: Fact;
  /** of whose entries */
  readonly side: Side;
  readonly agency: AgencyId;
  readonly isFirst: boolean;
  /** on which days what was erased had been recorded */
  readonly days: RecordedDays;
  /** when it was gone; null where rows or keys are left */
  readonly at: Instant | null;
  /** how many entries lost a part */
  readonly affected: number;
  /** how many entries of these days holds kept; null where it says that it does not know, undefined where it is silent */
  readonly held: number | null | undefined;
}

export const logErasures = (matter: Matter, then: (entry: Fact) => Then): readonly LogErasure[] =>
  erasuresIn(matter, then).flatMap((erasure) =>
    erasure.parts.flatMap((fact, place) => {
      const { side, parts } = erasure;
      const days = recordedDays(fact, side, then(fact));
      const at = arrivedAt({ ...erasure, parts: parts.slice(place) }, ['rows', 'keys']);
      const isFirst = place === 0;
      if (!isOfClass(fact, 'log') || days === null || (at === null && !isFirst)) return [];
      const { entriesAffected, entriesHeld } = fact.terms;
      const affected = numberOr(0, entriesAffected);
      const held = entriesHeld === undefined ? undefined : numberOr(null, entriesHeld);
      return [{ fact, side, agency: side.agency, isFirst, days, at, affected, held }];
    }),
  );

const numberOr = <Else>(otherwise: Else, value: JsonValue | undefined): number | Else =>
  typeof value === 'number' ? value : otherwise;

/** A hold on what an agency recorded, ever or on some days. */
export interface Hold {
  readonly agency: AgencyId;
  /** null where it is on all */
  readonly classes: readonly string[] | null;
  /** whether the rest of its days is erased */
  readonly isNarrow: boolean;
  readonly days: RecordedDays | null;
  readonly from: Instant;
  readonly until: Instant;
  /** by when what it kept is erased */
  readonly erasedBy: Instant;
}

export const holdsIn = (matter: Matter, then: (entry: Fact) => Then): readonly Hold[] =>
  factsOf(matter, 'LegalHoldPlaced').flatMap((hold) => {
    const { issuer: agency, occurredAt: from, terms } = hold;
    const known = then(hold);
    const side = issuerSide(hold, known.registry);
    const days = recordedDays(hold, side, known);
    const until = endOfHold(hold, matter, side, known);
    if (until === null || (days === null && terms['recorded'] !== undefined)) return [];
    const classes = terms['retentionClasses'] === undefined ? null : textsOf(terms, 'retentionClasses');
    const erasedBy = known.end(side, until, { days: 1 });
    return [{ agency, classes, isNarrow: isNarrow(hold), days, from, until, erasedBy }];
  });

/** A hold that begins when the time is over already puts off nothing. */
export const postponed = (due: Instant, { from, until, erasedBy }: Hold): Instant =>
  from <= due && until > due ? erasedBy : due;
