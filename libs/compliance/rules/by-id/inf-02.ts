import { dayIn } from '#catalogue';
import type { Instant } from '#kernel';
import type { Deadline } from '../deadlines/calendar.js';
import { firstOf } from '../done.js';
import { coveringHeldBack } from '../held-back.js';
import { factsOf, has, type Fact, type Matter } from '../matter.js';
import { inTime, required, type Judgement, type Rule, type Then } from '../rule.js';
import { senderOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';

export const inf02: Rule = {
  id: 'INF-02',
  version: 3,
  statement: {
    en: 'A notice is deferred on a ground, until an end, with a day of review, and reviewed by then; it is given once that ends.',
    de: 'Eine zurückgestellte Benachrichtigung hat Grund, Ende und Prüftermin, wird bis dahin geprüft und danach nachgeholt.',
  },
  compliant: {
    en: 'Name ground, end and review; by that day inform the person of all that was held back, or review and record why it goes on. Where it ends, inform the person without delay.',
    de: 'Grund, Ende und Prüftermin nennen; bis dahin die Person über alles Zurückgehaltene benachrichtigen oder prüfen und festhalten, warum es dabei bleibt. Endet die Zurückstellung, die Person unverzüglich benachrichtigen.',
  },
  sources: ['LED 13(3)', 'GDPR 23', 'LDSG RLP § 11'],
  severity: 'high',
  basis: 'policy',
  // However late a day is named, this is the longest without a review.
  deadline: { months: 6 },
  applies: true,
  about: 'deferral',
  reads: ['NotificationDeferred', 'DeferralReviewed', 'DataSubjectInformed'],
  readsBeside: true,
  judge: (matter, then) => [
    ...factsOf(matter, 'NotificationDeferred').map(complete),
    ...factsOf(matter, 'NotificationDeferred', 'DeferralReviewed')
      .filter((one, place, decisions) => !isEnd(one) || !isEnd(decisions[place - 1]))
      .map((decision) => (isEnd(decision) ? noticeOwed : reviewOwed)(decision, matter, then(decision))),
  ],
};

/** How the network reads "without delay". */
const noticeTime: Deadline = { workingDays: 3 };

/** What has ended does not end again: one notice is owed for it. */
const isEnd = (decision: Fact | undefined): boolean => decision?.terms['outcome'] === 'ended';

/** What is omitted for good has no end; it is reviewed nevertheless. */
function complete(deferral: Fact): Judgement {
  const { id, occurredAt, terms } = deferral;
  const ends = has(terms, 'until') || has(terms, 'untilEvent') || terms['extent'] === 'omitted';
  return {
    side: senderOf(deferral),
    entry: id,
    part: null,
    verdict: required(ends && has(terms, 'ground', 'nextReview'), occurredAt),
    deadline: 'at-once',
    facts: [id],
  };
}

/** From each decision to defer on, until the next review or until the person is told. */
function reviewOwed(deferral: Fact, matter: Matter, then: Then): Judgement {
  const side = senderOf(deferral);
  const next = firstOf(
    [...factsOf(matter, 'DeferralReviewed'), ...coveringHeldBack(matter, ['DataSubjectInformed'])].filter(
      ({ occurredAt }) => occurredAt > deferral.occurredAt,
    ),
  );
  const ends = ['nextReview', 'until'].flatMap((name): readonly Instant[] => {
    const day = dayIn(deferral.terms, name);
    return day === null ? [] : [then.endOfDay(side, day)];
  });
  const longest = then.end(side, deferral.occurredAt);
  const due = ends.reduce((one, other) => (other < one ? other : one), longest);
  return {
    side,
    entry: deferral.id,
    part: '/nextReview',
    verdict: unlessErased(inTime(next?.occurredAt ?? null, due), matter),
    ...(due !== longest && { deadline: null }),
    facts: [deferral.id, ...(next ? [next.id] : [])],
  };
}

/**
 * From the review that ends a deferral, until the person is told or it is decided anew to wait, or of some this and of
 * the rest that.
 */
function noticeOwed(end: Fact, matter: Matter, then: Then): Judgement {
  const side = senderOf(end);
  const isAnew = ({ occurredAt }: Fact): boolean => occurredAt > end.occurredAt;
  const covering = coveringHeldBack(
    matter,
    ['DataSubjectInformed', 'NotificationDeferred'],
    (one) => one.type === 'DataSubjectInformed' || isAnew(one),
  );
  const next = firstOf([
    ...covering,
    ...factsOf(matter, 'DeferralReviewed').filter((one) => !isEnd(one) && isAnew(one)),
  ]);
  return {
    side,
    entry: end.id,
    part: '/outcome',
    verdict: unlessErased(inTime(next?.occurredAt ?? null, then.end(side, end.occurredAt, noticeTime)), matter),
    deadline: noticeTime,
    facts: [end.id, ...(next ? [next.id] : [])],
  };
}
