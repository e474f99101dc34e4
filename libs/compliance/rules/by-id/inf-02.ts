import { dayIn } from '#catalogue';
import type { Instant } from '#kernel';
import { factsOf, has, textsOf, type Fact, type Matter } from '../matter.js';
import { inTime, required, type Judgement, type Rule, type Then } from '../rule.js';
import { senderOf } from '../side.js';
import { unlessErased } from '../unless-erased.js';
import { withLinked } from '../with-linked.js';

export const inf02: Rule = {
  id: 'INF-02',
  version: 1,
  statement: {
    en: 'A notice is deferred on a ground, until an end, with a day of review, and reviewed by then.',
    de: 'Eine zurückgestellte Benachrichtigung hat Grund, Ende und Prüftermin und wird bis dahin geprüft.',
  },
  compliant: {
    en: 'Name ground, end and review; by that day inform the person, or review and record why it goes on.',
    de: 'Grund, Ende und Prüftermin nennen; bis dahin die Person benachrichtigen oder prüfen und festhalten, warum es dabei bleibt.',
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
      .filter(({ terms }) => terms['outcome'] !== 'ended')
      .map((deferral) => reviewed(deferral, matter, then(deferral))),
  ],
};

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
function reviewed(deferral: Fact, matter: Matter, then: Then): Judgement {
  const side = senderOf(deferral);
  const next = [...factsOf(matter, 'DeferralReviewed', 'DataSubjectInformed'), ...coveringNotices(matter)]
    .filter(({ occurredAt }) => occurredAt > deferral.occurredAt)
    .reduce<Fact | null>((one, other) => (one !== null && one.occurredAt <= other.occurredAt ? one : other), null);
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

/** Notices of the same body that cover everything the deferral held back, whether they name it or not. */
function coveringNotices(matter: Matter): readonly Fact[] {
  const deferrals = factsOf(matter, 'NotificationDeferred');
  const heldBack = deferrals.flatMap(({ terms }) => textsOf(terms, 'covers'));
  return factsOf(withLinked(matter, ...matter.linked.keys()), 'DataSubjectInformed').filter(({ issuer, terms }) => {
    const covered = textsOf(terms, 'covers');
    const isTheirs = deferrals.every((one) => one.issuer === issuer);
    return isTheirs && heldBack.length > 0 && heldBack.every((one) => covered.includes(one));
  });
}
