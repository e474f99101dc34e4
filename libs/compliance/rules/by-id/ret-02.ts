import { agencyIn, dayIn, textIn } from '#catalogue';
import type { AgencyId } from '#kernel';
import { firstOf } from '../done.js';
import { admittedSide, issuerSide } from '../issuer-side.js';
import { factsOf, textsOf, type Fact, type Matter } from '../matter.js';
import { inTime, required, type Judgement, type Rule, type Then, type Verdict } from '../rule.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked } from '../with-linked.js';

const types = ['CaseOpened', 'CaseReviewed', 'CaseClosed', 'PostClosureReviewed', 'RetentionReviewed'];

/** Reviews of a closed case, by their code. */
const afterClosure = [
  { review: 'after-6-months', months: 6 },
  { review: 'after-12-months', months: 12 },
];

/**
 * Reviews have the days that the entries set for them. Those of a closed case have none of their own: they are owed
 * within the rule's deadline after six and after twelve months, as long as records of the case are kept. Within the same
 * time a case is opened again or closed that a review said is to be.
 */
export const ret02: Rule = {
  id: 'RET-02',
  version: 3,
  statement: {
    en: 'Whether the data of a case are still needed is reviewed by the day that was set for it.',
    de: 'Ob die Daten eines Falles noch erforderlich sind, wird bis zum festgelegten Tag überprüft.',
  },
  compliant: {
    en: 'The review is recorded by that day and sets the day of the next one, or the case is closed; a case that is to be closed or reopened is so within a month.',
    de: 'Die Überprüfung ist bis dahin eingetragen und legt die nächste fest, oder der Fall ist abgeschlossen; soll er abgeschlossen oder wieder aufgenommen werden, geschieht es binnen eines Monats.',
  },
  sources: ['LED 5'],
  severity: 'medium',
  basis: 'law',
  deadline: { months: 1 },
  applies: true,
  about: 'case',
  reads: types,
  judge: (matter, then) =>
    factsOf(matter, 'CaseOpened')
      .slice(0, 1)
      .flatMap((opening) => {
        const leading = new Set([opening.issuer, agencyIn(opening.terms, 'leadAgency')]);
        const facts = factsOf(matter, ...types).filter((one) => leading.has(one.issuer) || isRetention(one));
        return [
          ...facts.flatMap((one) => reviewOwed(one, { facts, leading, matter, inForce: then(one) })),
          ...facts
            .filter((one) => announces(one, facts))
            .map((one) => announced(one, { facts, leading, matter, inForce: then(one) })),
          ...facts
            .filter(({ type }) => type === 'CaseClosed')
            .flatMap((closing) => closedReviews(closing, { facts, leading, matter, inForce: then(closing) })),
        ];
      }),
};

interface AtHand {
  /** of the agencies that lead the case, and what others reviewed of what they store themselves */
  readonly facts: readonly Fact[];
  readonly leading: ReadonlySet<AgencyId | null>;
  readonly matter: Matter;
  readonly inForce: Then;
}

/** The review for which an entry sets a day or should have set one. */
function reviewOwed(one: Fact, { facts, leading, matter, inForce }: AtHand): readonly Judgement[] {
  const outcome = textIn(one.terms, 'outcome');
  const day = dayIn(one.terms, one.type === 'CaseOpened' ? 'reviewDue' : 'nextReview');
  const isReview = ['CaseOpened', 'CaseReviewed', 'RetentionReviewed'].includes(one.type);
  const isLast = outcome === 'erase' || outcome === 'close';
  if (!isReview || (day === null && isLast)) return [];
  const lead = one.type === 'CaseOpened' ? agencyIn(one.terms, 'leadAgency') : null;
  const isElsewhere = lead !== null && lead !== one.issuer;
  const side = isElsewhere ? admittedSide(lead, inForce.registry) : issuerSide(one, inForce.registry);
  const next = facts.find((other) => follows(other, one) && ends(other, one, leading));
  const verdict: Verdict =
    day === null
      ? required(false, one.occurredAt)
      : unlessErased(inTime(next?.occurredAt ?? null, inForce.endOfDay(side, day)), matter);
  return [
    {
      side,
      entry: one.id,
      part: null,
      verdict,
      deadline: day === null ? 'at-once' : null,
      facts: [one.id, ...(next ? [next.id] : [])],
    },
  ];
}

/** A case may be closed in the moment in which it is reviewed. */
const follows = (other: Fact, one: Fact): boolean =>
  other.occurredAt > one.occurredAt || (other.occurredAt === one.occurredAt && other.type === 'CaseClosed');

/** Whether an entry is the review that an earlier one was waiting for. */
function ends(other: Fact, one: Fact, leading: AtHand['leading']): boolean {
  const isBySame = other.issuer === one.issuer || (leading.has(other.issuer) && leading.has(one.issuer));
  if (other.type === 'CaseClosed') return true;
  if (other.type === 'CaseReviewed') return isBySame;
  return isRetention(other) && isBySame && isAsWide(other, one);
}

/** A review without a list is of the whole case. */
function isAsWide(other: Fact, one: Fact): boolean {
  if (other.terms['disclosures'] === undefined) return true;
  if (!isRetention(one) || one.terms['disclosures'] === undefined) return false;
  const reviewed = textsOf(other.terms, 'disclosures');
  return textsOf(one.terms, 'disclosures').every((disclosure) => reviewed.includes(disclosure));
}

/** What a review says is to come: that the case is closed, for which it sets no day, or opened again. */
const announces = (one: Fact, facts: readonly Fact[]): boolean =>
  isReopening(one) || (isClosing(one) && !isClosedBefore(one, facts));

const isClosedBefore = (one: Fact, facts: readonly Fact[]): boolean =>
  facts.findLast((other) => other.occurredAt < one.occurredAt && (goesOn(other) || isReopening(other)))?.type ===
  'CaseClosed';

function announced(one: Fact, { facts, leading, matter, inForce }: AtHand): Judgement {
  const side = issuerSide(one, inForce.registry);
  const openings = factsOf(withLinked(matter, ...matter.linked.keys()), 'CaseOpened').filter(({ terms }) =>
    matter.entries.some(({ id }) => id === textIn(terms, 'causedBy')),
  );
  const next = firstOf(
    [...facts, ...openings].filter(
      (other) => leading.has(other.issuer) && follows(other, one) && (goesOn(other) || leavesNothing(other)),
    ),
  );
  const verdict = unlessErased(inTime(next?.occurredAt ?? null, inForce.end(side, one.occurredAt)), matter);
  return { side, entry: one.id, part: null, verdict, facts: [one.id, ...(next ? [next.id] : [])] };
}

const isReopening = ({ type, terms }: Fact): boolean =>
  type === 'PostClosureReviewed' && textIn(terms, 'outcome') === 'reopen';

const isClosing = ({ type, terms }: Fact): boolean =>
  type === 'CaseReviewed' && textIn(terms, 'outcome') === 'close' && dayIn(terms, 'nextReview') === null;

const goesOn = (one: Fact): boolean =>
  ['CaseOpened', 'CaseClosed'].includes(one.type) || (one.type === 'CaseReviewed' && !isClosing(one));

function closedReviews(closing: Fact, { facts, matter, inForce }: AtHand): readonly Judgement[] {
  const side = issuerSide(closing, inForce.registry);
  const lastDay = dayIn(closing.terms, 'keptUntil');
  const later = facts.filter(({ occurredAt }) => occurredAt >= closing.occurredAt);
  return afterClosure.flatMap(({ review, months }) => {
    const over = inForce.end(side, closing.occurredAt, { months });
    if (lastDay !== null && inForce.endOfDay(side, lastDay) < over) return [];
    const done = later.find((one) => isPostClosureReview(one, review) || endsTheCase(one));
    const verdict = unlessErased(inTime(done?.occurredAt ?? null, inForce.end(side, over)), matter);
    return [{ side, entry: closing.id, part: review, verdict, facts: [closing.id, ...(done ? [done.id] : [])] }];
  });
}

const isRetention = ({ type }: Fact): boolean => type === 'RetentionReviewed';

const isPostClosureReview = ({ type, terms }: Fact, review: string): boolean =>
  type === 'PostClosureReviewed' && textIn(terms, 'review') === review;

/** A case that is opened again, or of which nothing is left, is not reviewed as a closed one. */
const endsTheCase = (one: Fact): boolean => isReopening(one) || leavesNothing(one);

const leavesNothing = ({ type, terms }: Fact): boolean =>
  type === 'RetentionReviewed' && textIn(terms, 'outcome') === 'erase' && terms['disclosures'] === undefined;
