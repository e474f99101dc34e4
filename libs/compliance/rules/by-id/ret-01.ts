import type { AgencyId, Instant } from '#kernel';
import { contains, cover, isAmong, isOfClass, overlap } from '../erasures.js';
import { issuerSide } from '../issuer-side.js';
import { logErasures, holdsIn, postponed, type LogErasure, type Hold } from '../log-erasures.js';
import { byRecording, keeping, loggedDaily } from '../logged-entries.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { earliest } from '../moments.js';
import { inTime, type Judgement, type Rule, type Then } from '../rule.js';
import type { Side } from '../side.js';
import { unlessErased } from '../unless-erased.js';

/**
 * Owed for the first entry of each day of an agency that has a part kept as a log: what was recorded on a day is over
 * together. A hold on whole days postpones it; a hold that has no end postpones nothing. What a narrower hold kept of a
 * day is owed for the erasure that left it there.
 */
export const ret01: Rule = {
  id: 'RET-01',
  version: 4,
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
    const holds = holdsIn(matter, then);
    const ofDays = firstOfDays(factsOf(matter).filter(loggedDaily.isMeant), then).map(({ fact, side, dayEnd }) => {
      const found = erasures.filter(
        ({ agency, days, at, isFirst }) =>
          isFirst && agency === fact.issuer && isAmong(dayEnd, days) && at !== null && at > fact.recordedAt,
      );
      const due = holds
        .filter(
          ({ agency, classes, isNarrow }) => agency === fact.issuer && !isNarrow && (classes?.includes('log') ?? true),
        )
        .filter(({ days }) => days === null || isAmong(dayEnd, days))
        .reduce(postponed, then(fact).end(side, fact.recordedAt));
      return {
        side,
        entry: fact.id,
        part: null,
        verdict: unlessErased(inTime(earliest(found.map(({ at }) => at)), due), matter),
        facts: [fact.id, ...found.map(({ fact: { id } }) => id)],
      };
    });
    const ofHeld = erasures
      .filter(({ held }) => (held ?? 0) > 0)
      .map((erasure) => judgedHeld(erasure, { erasures, holds, matter, inForce: then(erasure.fact) }));
    return [...ofDays, ...ofHeld];
  },
};

/** Put together once for all erasures of a matter. */
interface AtHand {
  readonly erasures: readonly LogErasure[];
  readonly holds: readonly Hold[];
  readonly matter: Matter;
  readonly inForce: Then;
}

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

/** Owed after the last hold that can have kept it, until it is erased: what that holds is owed for it. */
function judgedHeld(left: LogErasure, { erasures, holds: all, matter, inForce }: AtHand): Judgement {
  const { fact, side, days } = left;
  const isOwn = ({ agency }: { readonly agency: AgencyId }): boolean => agency === side.agency;
  const holds = all
    .filter((hold) => isOwn(hold) && (hold.classes?.some((one) => isOfClass(fact, one)) ?? true))
    .filter((hold) => hold.days === null || overlap(hold.days, days));
  const again = erasures
    .filter((one) => isOwn(one) && one.fact.occurredAt > fact.occurredAt && overlap(one.days, days))
    .filter((one) => knowsWhatIsLeft(one, holds));
  const over = days.until === null ? null : inForce.end(side, days.until);
  const due = holds.reduce(postponed, over !== null && over > fact.occurredAt ? over : fact.occurredAt);
  return {
    side,
    entry: fact.id,
    part: '/entriesHeld',
    verdict: unlessErased(inTime(goneAt(left, again), due), matter),
    deadline: null,
    facts: [fact.id, ...again.map((one) => one.fact.id)],
  };
}

/** What an erasure does not say, it left nothing of only where holds are over: it may be one of the backups alone. */
const knowsWhatIsLeft = ({ fact, held }: LogErasure, holds: readonly Hold[]): boolean =>
  held === undefined
    ? holds.length > 0 && holds.every(({ from, until }) => until <= fact.occurredAt || from > fact.occurredAt)
    : held !== null;

/** When all days of an erasure were erased again, at once or piece by piece, or as many entries of them as it left. */
function goneAt(left: LogErasure, again: readonly LogErasure[]): Instant | null {
  const isOfThese = ({ days, fact }: LogErasure): boolean =>
    contains(left.days, days) && textsOf(fact.terms, 'retentionClasses').every((one) => isOfClass(left.fact, one));
  const moments = again.flatMap(({ at }) => at ?? []).sort();
  const isGone = (by: Instant): boolean => {
    const gone = again.filter(({ at }) => at !== null && at <= by);
    const affected = gone.filter(isOfThese).reduce((sum, one) => sum + one.affected, 0);
    const spans = gone.map(({ days }) => days);
    return cover(spans, left.days) || affected >= (left.held ?? 0);
  };
  return moments.find(isGone) ?? null;
}
