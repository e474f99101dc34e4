import { textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { dayIn } from '../rules/day-in.js';
import { factsOf, textsOf, type Fact, type JudgedEntry } from '../rules/matter.js';
import { afterDay } from '../visibility.js';

/**
 * Disclosures, made or received, of which the person is not told yet because the notice of them is deferred: GDPR 14(5),
 * 23; LED 13(3). A deferral is over after its last day, when a review ends it, or once the person was told.
 *
 * @param entries of the agency that answers: deferrals, their reviews, and notices
 */
export function deferredDisclosures(entries: readonly JudgedEntry[], now: Instant): ReadonlySet<string> {
  const notices = factsOf({ entries }, 'DataSubjectInformed');
  const reviews = Map.groupBy(factsOf({ entries }, 'DeferralReviewed'), ({ terms }) => textIn(terms, 'deferral'));
  return new Set(
    factsOf({ entries }, 'NotificationDeferred')
      .filter((deferral) => !isOver([deferral, ...(reviews.get(deferral.id) ?? [])], now))
      .flatMap((deferral) => {
        const later = notices.filter(({ occurredAt }) => occurredAt >= deferral.occurredAt);
        return textsOf(deferral.terms, 'covers').filter((one) => !later.some((notice) => tells(notice, one, deferral)));
      }),
  );
}

/** @param decisions the deferral and its reviews; one that names no new end leaves the one that was set before it */
function isOver(decisions: readonly Fact[], now: Instant): boolean {
  const last = decisions.at(-1);
  if (last?.terms['outcome'] === 'ended') return true;
  const day = decisions.map(({ terms }) => dayIn(terms, 'until')).findLast((one) => one !== null) ?? null;
  const end = day === null ? null : afterDay(day);
  return end !== null && end <= now && (last === undefined || last.occurredAt < end);
}

/** What names a disclosure tells of it; a general notice tells of all that the deferral held back which it ends. */
function tells(notice: Fact, disclosure: string, { id }: Fact): boolean {
  const covers = textsOf(notice.terms, 'covers');
  return covers.includes(disclosure) || (covers.length === 0 && textIn(notice.terms, 'deferral') === id);
}
