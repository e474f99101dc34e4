import type { AgencyId, Instant } from '#kernel';
import {
  arrivedAt,
  endOfHold,
  erasuresIn,
  isAmong,
  isNarrow,
  isOfClass,
  recordedDays,
  type RecordedDays,
} from '../erasures.js';
import { issuerSide } from '../issuer-side.js';
import { byRecording, keeping, loggedDaily } from '../logged-entries.js';
import { factsOf, type Fact, type Matter } from '../matter.js';
import { earliest } from '../moments.js';
import { inTime, type Rule, type Then } from '../rule.js';
import type { Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/**
 * Owed for the first entry of each day of an agency that has a part kept as a log: what was recorded on a day is over
 * together. A hold on whole days postpones it; a hold that has no end postpones nothing.
 */
export const ret01: Rule = {
  id: 'RET-01',
  version: 2,
  statement: {
    en: 'Logs are deleted when they have been kept for as long as they may be.',
    de: 'Protokolle werden gelöscht, wenn ihre Höchstfrist abgelaufen ist.',
  },
  compliant: {
    en: 'Rows and keys of the day are erased by then, and the erasure is recorded.',
    de: 'Inhalte und Schlüssel des Tages sind bis dahin gelöscht, und die Löschung ist eingetragen.',
  },
  sources: ['BDSG § 76(4)', 'GDPR 5(1)(e)'],
  severity: 'urgent',
  basis: 'policy',
  deadline: { months: 36 },
  applies: true,
  about: 'agency',
  reads: [...loggedDaily.types, ...keeping],
  daily: loggedDaily,
  judge: (matter, then) => {
    const erasures = logErasures(matter, then);
    const holds = logHolds(matter, then);
    return firstOfDays(factsOf(matter).filter(loggedDaily.isMeant), then).map(({ fact, side, dayEnd }) => {
      const known = then(fact);
      const found = erasures.filter(
        ({ agency, days, at }) => agency === fact.issuer && isAmong(dayEnd, days) && at > fact.recordedAt,
      );
      const due = holds
        .filter(({ agency, days }) => agency === fact.issuer && (days === null || isAmong(dayEnd, days)))
        .reduce(postponed, known.end(side, fact.recordedAt));
      return {
        side,
        entry: fact.id,
        part: null,
        verdict: unlessErased(inTime(earliest(found.map(({ at }) => at)), due), matter),
        facts: [fact.id, ...found.map(({ id }) => id)],
      };
    });
  },
};

interface FirstOfDay {
  readonly fact: Fact;
  readonly side: Side;
  readonly dayEnd: Instant;
}

/** The first that was recorded on each day under one law. */
function firstOfDays(facts: readonly Fact[], then: (entry: Fact) => Then): readonly FirstOfDay[] {
  const first = new Map<string, FirstOfDay>();
  for (const fact of facts.toSorted(byRecording)) {
    const known = then(fact);
    const side = issuerSide(fact, known.registry);
    const dayEnd = known.end(side, fact.recordedAt, { workingDays: 0 });
    const day = `${side.agency} ${side.regime} ${side.pack} ${dayEnd}`;
    if (!first.has(day)) first.set(day, { fact, side, dayEnd });
  }
  return [...first.values()];
}

/** On which days what was erased had been recorded, and when it was gone. */
const logErasures = (matter: Matter, then: (entry: Fact) => Then) =>
  erasuresIn(matter, then)
    .filter(({ fact }) => isOfClass(fact, 'log'))
    .flatMap((erasure) => {
      const { fact, side } = erasure;
      const days = recordedDays(fact, side, then(fact));
      const at = arrivedAt(erasure, ['rows', 'keys']);
      return days === null || at === null ? [] : [{ days, at, agency: side.agency, id: fact.id }];
    });

/** A hold on all logs of an agency, or on those of some days. */
interface LogHold {
  readonly agency: AgencyId;
  readonly days: RecordedDays | null;
  readonly from: Instant;
  readonly until: Instant;
  /** by when what it kept is erased */
  readonly erasedBy: Instant;
}

const logHolds = (matter: Matter, then: (entry: Fact) => Then): readonly LogHold[] =>
  factsOf(matter, 'LegalHoldPlaced')
    .filter((hold) => !isNarrow(hold))
    .filter((hold) => hold.terms['retentionClasses'] === undefined || isOfClass(hold, 'log'))
    .flatMap((hold) => {
      const known = then(hold);
      const side = issuerSide(hold, known.registry);
      const isWhole = hold.terms['recorded'] === undefined;
      const days = recordedDays(hold, side, known);
      const until = endOfHold(hold, matter, side, known);
      if (until === null || (days === null && !isWhole)) return [];
      const erasedBy = known.end(side, until, { days: 1 });
      return [{ agency: hold.issuer, days, from: hold.occurredAt, until, erasedBy }];
    });

/** A hold that begins when the time is over already puts off nothing. */
const postponed = (due: Instant, { from, until, erasedBy }: LogHold): Instant =>
  from <= due && until > due ? erasedBy : due;
