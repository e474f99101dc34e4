import { afterDay, dayIn, linesOf, textIn } from '#catalogue';
import { isUuid, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { factsOf, textsOf, type Fact, type JudgedEntry } from '../rules/matter.js';
import type { ExportedEntry } from './export-profile.js';

/**
 * Disclosures, made or received, of which the person is not told yet because the notice of them is deferred: GDPR 14(5),
 * 23; LED 13(3). A deferral is over after its last day, when a review ends it, or once the person was told. One that was
 * corrected ends with no day: a person reads in the correction whether the day was what was wrong. Likewise a notice that
 * was corrected tells of nothing.
 *
 * @param entries of the agency that answers: deferrals, their reviews, notices, and corrections of all of these
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
  const corrections = Map.groupBy(factsOf({ entries }, 'EntryCorrected'), ({ terms }) => textIn(terms, 'corrects'));
  const corrected = new Set(corrections.keys());
  const notices = factsOf({ entries }, 'DataSubjectInformed').filter(({ id }) => !corrected.has(id));
  const reviews = Map.groupBy(factsOf({ entries }, 'DeferralReviewed'), ({ terms }) => textIn(terms, 'deferral'));
  return new Set(
    factsOf({ entries }, 'NotificationDeferred')
      .filter((deferral) => !isOver([deferral, ...(reviews.get(deferral.id) ?? [])], corrected, now))
      .flatMap((deferral) => {
        const later = notices.filter(({ occurredAt }) => occurredAt >= deferral.occurredAt);
        const covered = coveredBy(deferral, corrections.get(deferral.id) ?? [], { passed, about });
        return covered.filter((one) => !later.some((notice) => tells(notice, one, deferral)));
      }),
  );
}

/** What passed, by the disclosure; an entry that names none, by its own id. */
export const nameOf = ({ id, said }: Pick<ExportedEntry, 'id' | 'said'>): string =>
  textIn(said?.terms ?? {}, 'disclosureId') ?? id;

interface Passed {
  readonly passed: readonly ExportedEntry[];
  readonly about: readonly ExportedEntry[];
}

/**
 * Of a deferral that does not say what it covers, nobody can say what it does not: of its exchange, or of all. Nor of one
 * that was corrected, unless the correction says what is right. What it said at first is held back all the same.
 */
function coveredBy({ terms }: Fact, corrections: readonly Fact[], { passed, about }: Passed): readonly string[] {
  const rights = corrections.map((one) => linesOf(one.terms['inTerms']));
  const covers = [...textsOf(terms, 'covers'), ...rights.flat().flatMap(namesRight)];
  if (covers.length > 0 && rights.every(saysWhatIsRight)) return covers;
  const exchange = textIn(terms, 'exchange');
  const names = passed.filter(mayBeMeant).map(nameOf);
  if (exchange === null) return [...covers, ...names];
  const there = new Set(
    [...passed, ...about]
      .filter(({ said }) => said?.terms['exchange'] === exchange)
      .filter(mayBeMeant)
      .map(nameOf),
  );
  return [...covers, ...names.filter((name) => there.has(name))];
}

/** Disclosures that a line of a correction names. */
const namesRight = (line: JsonObject): readonly string[] =>
  (textIn(line, 'right') ?? '').split(/[^0-9a-f-]+/).filter(isUuid);

const saysWhatIsRight = (lines: readonly JsonObject[]): boolean =>
  lines.length > 0 && lines.every((line) => namesRight(line).length > 0 || isOfAnotherField(line));

const isOfAnotherField = (line: JsonObject): boolean => textIn(line, 'field')?.startsWith('/covers') === false;

/** That the data were looked at may tell of it, too. */
const mayBeMeant = (one: ExportedEntry): boolean => hasPassed(one) || one.said?.type === 'InformationConsulted';

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
