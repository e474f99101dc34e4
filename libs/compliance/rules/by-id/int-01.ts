import { numberIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { issuerSide } from '../issuer-side.js';
import { loggedDaily } from '../logged-entries.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { inTime, required, type Judgement, type Rule, type Then } from '../rule.js';
import { isDuring, standingIn, suspensionsIn } from '../suspensions.js';

const checkType = 'IntegrityVerified';

/** Of the checks themselves each counts. */
const daily = { ...loggedDaily, types: loggedDaily.types.filter((type) => type !== checkType) };

/** What is valid; with parts erased it is as valid as without. */
const sound: ReadonlySet<string | null> = new Set(['valid', 'erased']);

/**
 * Two duties: whoever records checks the log soon after, and what a check finds is valid. The first begins with the first
 * entry of a day that no check has covered and ends with the check that covers it, so that time without any makes one
 * note, however long it lasts, and who records nothing owes nothing. A check covers the entries that it says it looked
 * at, of those there were. It counts from when it was made, yet never from later than it was recorded. What was not
 * checked is not shown to be valid. Who is suspended when a check is due could not record one: with what was recorded
 * before, no time without a check begins.
 */
export const int01: Rule = {
  id: 'INT-01',
  version: 4,
  statement: {
    en: 'Who records checks the log soon after, and each check of a log finds its chain of hashes and its seal valid.',
    de: 'Wer einträgt, überprüft das Protokoll bald darauf; jede Prüfung eines Protokolls ergibt, dass Hashkette und Siegel gültig sind.',
  },
  compliant: {
    en: 'Check all entries and the seal of the log in time and record what was found; anything but valid is cleared up with who runs the ledger.',
    de: 'Alle Einträge und das Siegel des Protokolls fristgerecht prüfen und das Ergebnis eintragen; ist etwas nicht gültig, wird es mit der betreibenden Stelle geklärt.',
  },
  sources: ['GDPR 5(1)(f)', 'LED 29'],
  severity: 'urgent',
  basis: 'policy',
  deadline: { workingDays: 1 },
  applies: true,
  about: 'agency',
  reads: [...daily.types, checkType],
  daily,
  judge: (matter, then) => {
    const suspensions = suspensionsIn(standingIn(matter));
    const isOwed = (fact: Fact): boolean =>
      suspensions.length === 0 || !suspensions.some((one) => isDuring(dueOf(fact, then(fact)), one));
    return [
      ...factsOf(matter, checkType).map((check) => ofFinding(check, then(check))),
      ...[...Map.groupBy(factsOf(matter), ({ issuer }) => issuer).values()].flatMap((own) =>
        firstUnchecked(own, isOwed)
          .filter((one) => !mayBeAnother(one, matter, then(one.first)))
          .map((one) => ofCheck(one, then(one.first))),
      ),
    ];
  },
};

/** By when a check has to cover it. */
const dueOf = (first: Fact, { registry, end }: Then): Instant => end(issuerSide(first, registry), first.recordedAt);

const ofFinding = (check: Fact, { registry }: Then): Judgement => ({
  side: issuerSide(check, registry),
  entry: check.id,
  part: null,
  verdict: required(isSound(check), check.occurredAt),
  facts: [check.id],
  deadline: 'at-once',
});

function isSound({ terms }: Fact): boolean {
  const checked = textsOf(terms, 'checked');
  return sound.has(textIn(terms, 'verdict')) && ['leaves', 'checkpoint'].every((part) => checked.includes(part));
}

/** An entry that no check had covered, and the first check that did; null where none has. */
interface Unchecked {
  readonly first: Fact;
  readonly next: Check | null;
  /** how many entries of the log were covered before */
  readonly covered: number;
}

interface Check {
  readonly fact: Fact;
  readonly madeAt: Instant;
  /** how many entries of the log it covers */
  readonly size: number;
}

/** Of the entries of one agency, those with which time without a check began. */
function firstUnchecked(own: readonly Fact[], isOwed: (fact: Fact) => boolean): readonly Unchecked[] {
  const checks = own
    .filter(({ type, terms }) => type === checkType && textIn(terms, 'log') === 'entries')
    .map(checkBy)
    .sort((one, other) => (one.madeAt < other.madeAt ? -1 : Number(one.madeAt > other.madeAt)));
  const found: Unchecked[] = [];
  let place = 0;
  let covered = 0;
  for (const first of own.filter(isToBeChecked).toSorted((one, other) => one.index - other.index)) {
    for (let check = checks[place]; check !== undefined && !covers(check, first); check = checks[++place]) {
      if (check.size <= first.index) covered = Math.max(covered, check.size);
    }
    if (!isOwed(first)) continue;
    const next = checks[place] ?? null;
    if (found.at(-1)?.next !== next || found.length === 0) found.push({ first, next, covered });
  }
  return found;
}

const isToBeChecked = (fact: Fact): boolean => fact.type !== checkType && loggedDaily.isMeant(fact);

const covers = ({ size, madeAt }: Check, { index, recordedAt }: Fact): boolean => size > index && madeAt >= recordedAt;

const checkBy = (fact: Fact): Check => ({
  fact,
  madeAt: fact.occurredAt < fact.recordedAt ? fact.occurredAt : fact.recordedAt,
  size: Math.min(numberIn(fact.terms, 'treeSize') ?? 0, fact.index),
});

/**
 * Whether something is erased that was recorded since the last check, or on the same day: the first entry of a day that
 * is erased leaves its place to the next one, which need not have owed anything. Then nothing is said. What had been
 * noticed has its note, and whoever erases day by day is not to get one a day.
 */
function mayBeAnother({ first, covered }: Unchecked, matter: Matter, { registry, end }: Then): boolean {
  const side = issuerSide(first, registry);
  const endOfDay = (moment: Instant): Instant => end(side, moment, { workingDays: 0 });
  return (matter.linked.get('erased')?.entries ?? []).some(
    (last) =>
      last.issuer === first.issuer &&
      (last.index >= covered || endOfDay(last.recordedAt) >= endOfDay(first.recordedAt)),
  );
}

function ofCheck({ first, next }: Unchecked, then: Then): Judgement {
  return {
    side: issuerSide(first, then.registry),
    entry: first.id,
    part: null,
    verdict: inTime(next && next.madeAt, dueOf(first, then)),
    facts: [first.id, ...(next ? [next.fact.id] : [])],
  };
}
