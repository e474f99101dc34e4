import { textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { erasuresIn, isOfClass, overlap, recordedDays } from '../erasures.js';
import { issuerSide } from '../issuer-side.js';
import { byRecording, keeping, loggedDaily } from '../logged-entries.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { inTime, required, undecided, type Judgement, type Rule, type Then } from '../rule.js';
import { unlessErased } from '../unless-erased.js';

const checkType = 'IntegrityVerified';

/** Of the checks themselves each counts. */
const daily = { ...loggedDaily, types: loggedDaily.types.filter((type) => type !== checkType) };

/** What is valid; with parts erased it is as valid as without. */
const sound: ReadonlySet<string | null> = new Set(['valid', 'erased']);

/**
 * Two duties: whoever records checks the log soon after, and what a check finds is valid. The first begins with the first
 * entry that no check has covered and ends with the next check, so that time without any makes one note, however long it
 * lasts, and who records nothing owes nothing. A check counts from when it was made, yet never from later than it was
 * recorded. What was not checked is not shown to be valid.
 */
export const int01: Rule = {
  id: 'INT-01',
  version: 2,
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
  reads: [...daily.types, checkType, ...keeping],
  daily,
  judge: (matter, then) => [
    ...factsOf(matter, checkType).map((check) => ofFinding(check, then(check))),
    ...[...Map.groupBy(factsOf(matter), ({ issuer }) => issuer).values()].flatMap((own) =>
      firstUnchecked(own).map((one) => ofCheck(one, matter, then)),
    ),
  ],
};

const ofFinding = (check: Fact, { registry }: Then): Judgement => ({
  side: issuerSide(check, registry),
  entry: check.id,
  part: null,
  verdict: required(isSound(check), check.occurredAt),
  facts: [check.id],
  deadline: null,
});

function isSound({ terms }: Fact): boolean {
  const checked = textsOf(terms, 'checked');
  return sound.has(textIn(terms, 'verdict')) && ['leaves', 'checkpoint'].every((part) => checked.includes(part));
}

/** An entry that no check had covered, and the check that did; null where none has. */
interface Unchecked {
  readonly first: Fact;
  readonly next: Fact | null;
}

/** Of the entries of one agency, those with which time without a check began. */
function firstUnchecked(own: readonly Fact[]): readonly Unchecked[] {
  const checks = own
    .filter(({ type, terms }) => type === checkType && textIn(terms, 'log') === 'entries')
    .toSorted((one, other) => (madeAt(one) < madeAt(other) ? -1 : Number(madeAt(one) > madeAt(other))))
    .values();
  const found: Unchecked[] = [];
  let next = checks.next().value ?? null;
  for (const first of own.filter(isToBeChecked).toSorted(byRecording)) {
    while (next !== null && madeAt(next) < first.recordedAt) next = checks.next().value ?? null;
    if (found.at(-1)?.next !== next || found.length === 0) found.push({ first, next });
  }
  return found;
}

const isToBeChecked = (fact: Fact): boolean => fact.type !== checkType && loggedDaily.isMeant(fact);

const madeAt = ({ occurredAt, recordedAt }: Fact): Instant => (occurredAt < recordedAt ? occurredAt : recordedAt);

function ofCheck({ first, next }: Unchecked, matter: Matter, then: (entry: Fact) => Then): Judgement {
  const inForce = then(first);
  const side = issuerSide(first, inForce.registry);
  const due = inForce.end(side, first.recordedAt);
  const verdict = unlessErased(inTime(next && madeAt(next), due), matter);
  return {
    side,
    entry: first.id,
    part: null,
    verdict: verdict.is !== 'kept' && mayBeErased(first, due, matter, then) ? undecided(verdict) : verdict,
    facts: [first.id, ...(next ? [next.id] : [])],
  };
}

/** Whether a check that was made in time may be among what was erased later: of a check, `terms` are a record. */
function mayBeErased(first: Fact, due: Instant, matter: Matter, then: (entry: Fact) => Then): boolean {
  return erasuresIn(matter, then).some(({ fact, side }) => {
    if (side.agency !== first.issuer || fact.occurredAt < first.recordedAt || !isOfClass(fact, 'record')) return false;
    const known = then(fact);
    const days = recordedDays(fact, side, known);
    const dayEnd = (moment: Instant): Instant => known.end(side, moment, { workingDays: 0 });
    return days === null || overlap(days, { from: dayEnd(first.recordedAt), until: dayEnd(due) });
  });
}
