import { dayIn, textIn } from '#catalogue';
import type { Instant } from '#kernel';
import { factsOf, textsOf, type Fact, type JudgedEntry } from '../rules/matter.js';
import { afterDay } from '../visibility.js';
import type { ExportedEntry } from './export-profile.js';

/**
 * Disclosures, made or received, of which the person is not told yet because the notice of them is deferred: GDPR 14(5),
 * 23; LED 13(3). A deferral is over after its last day, when a review ends it, or once the person was told. One that was
 * corrected ends with no day: a person reads in the correction whether the day was what was wrong.
 *
 * @param entries of the agency that answers: deferrals, their reviews, corrections of both, and notices
 * @param passed what the agency disclosed or received of the person
 * @param about what others recorded of the same disclosures: it may stand in another exchange
 * @returns names of what passed: {@link nameOf}
 */
export function deferredDisclosures(
  entries: readonly JudgedEntry[],
  passed: readonly ExportedEntry[],
  about: readonly ExportedEntry[],
  now: Instant,
): ReadonlySet<string> {
  const notices = factsOf({ entries }, 'DataSubjectInformed');
  const reviews = Map.groupBy(factsOf({ entries }, 'DeferralReviewed'), ({ terms }) => textIn(terms, 'deferral'));
  const corrected = new Set(factsOf({ entries }, 'EntryCorrected').map(({ terms }) => textIn(terms, 'corrects')));
  return new Set(
    factsOf({ entries }, 'NotificationDeferred')
      .filter((deferral) => !isOver([deferral, ...(reviews.get(deferral.id) ?? [])], corrected, now))
      .flatMap((deferral) => {
        const later = notices.filter(({ occurredAt }) => occurredAt >= deferral.occurredAt);
        return coveredBy(deferral, passed, about).filter(
          (one) => !later.some((notice) => tells(notice, one, deferral)),
        );
      }),
  );
}

/** What passed, by the disclosure; an entry that names none, by its own id. */
export const nameOf = ({ id, said }: Pick<ExportedEntry, 'id' | 'said'>): string =>
  textIn(said?.terms ?? {}, 'disclosureId') ?? id;

/** Of a deferral that does not say what it covers, nobody can say what it does not: of its exchange, or of all. */
function coveredBy(
  { terms }: Fact,
  passed: readonly ExportedEntry[],
  about: readonly ExportedEntry[],
): readonly string[] {
  const covers = textsOf(terms, 'covers');
  if (covers.length > 0) return covers;
  const exchange = textIn(terms, 'exchange');
  const names = passed.filter(hasPassed).map(nameOf);
  if (exchange === null) return names;
  const there = new Set(
    [...passed, ...about]
      .filter(({ said }) => said?.terms['exchange'] === exchange)
      .filter(hasPassed)
      .map(nameOf),
  );
  return names.filter((name) => there.has(name));
}

export const hasPassed = ({ said }: ExportedEntry): boolean =>
  said?.type === 'InformationDisclosed' || said?.type === 'DisclosureReceived';

/** @param decisions the deferral and its reviews; one that names no new end leaves the one that was set before it */
function isOver(decisions: readonly Fact[], corrected: ReadonlySet<string | null>, now: Instant): boolean {
  const last = decisions.at(-1);
  if (last?.terms['outcome'] === 'ended' && !corrected.has(last.id)) return true;
  const place = decisions.findLastIndex(({ terms }) => dayIn(terms, 'until') !== null);
  const day = dayIn(decisions[place]?.terms ?? {}, 'until');
  if (day === null || decisions.slice(place).some(({ id }) => corrected.has(id))) return false;
  const end = afterDay(day);
  return end <= now && (last === undefined || last.occurredAt < end);
}

/**
 * What names a disclosure tells of it; a general notice tells of all that the deferral held back which it ends. One that
 * does not say what it covers tells of nothing.
 */
function tells({ terms }: Fact, disclosure: string, { id }: Fact): boolean {
  const { covers } = terms;
  if (!Array.isArray(covers)) return false;
  return covers.includes(disclosure) || (covers.length === 0 && textIn(terms, 'deferral') === id);
}
