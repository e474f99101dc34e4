import { always, never, openSince } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { Judged } from '../rules/judge.js';
import type { JudgedEntry } from '../rules/matter.js';
import { withLinked, type LoadedMatter } from './judged-matters.js';
import { handlesOf } from './matters-of.js';

/** What is said of an agency, and from when on it may be told: always, where that is left out. */
export type JudgedFrom = Judged & { readonly shownFrom?: Instant };

/** How something is judged. */
interface Manner {
  /** the moment before which no time runs */
  readonly opened?: Instant;
  /** whether what is kept is asked for, too: a little more work for each of it */
  readonly alsoKept?: boolean;
}

/** Judges what is known of a matter. */
type Judge = (known: LoadedMatter, manner: Manner) => readonly Judged[];

/** What of a matter opens to others together. */
interface Opening {
  readonly at: Instant;
  readonly entries: ReadonlyMap<EntryId, JudgedEntry>;
}

/**
 * Judges a matter as each agency may know it: without what others hide from it. What is deferred until a day is judged
 * for others as it stands once that day is over, by what they may know then: what is said of everything else stays, as
 * if it had not been recorded.
 */
export function judgedByEach(matter: LoadedMatter, judged: Judge): readonly JudgedFrom[] {
  const hiding = new Set(withLinked(matter).flatMap(hidingIn));
  if (hiding.size === 0) return judged(matter, {});
  const openings = openingsIn(matter);
  const judgedFor = (seen: (agency: AgencyId | null) => LoadedMatter, manner: Manner): readonly Judged[] => [
    ...judged(seen(null), manner).filter(({ side }) => !hiding.has(side.agency)),
    ...[...hiding].flatMap((agency) => judged(seen(agency), manner).filter(({ side }) => side.agency === agency)),
  ];
  const before = judgedFor((agency) => knownTo(agency, matter), { alsoKept: openings.length > 0 });
  return [
    ...before,
    ...openings.flatMap((opening) => {
      const manner = { opened: opening.at, alsoKept: true };
      const seenBy = (agency: AgencyId | null, all = matter): LoadedMatter =>
        withAnswersElsewhere(knownTo(agency, all, opening.at), opening);
      const now = judgedFor(seenBy, manner);
      const gone = goneFrom(before, now);
      const isOwedAlready = (judgement: Judged): boolean => {
        const keys = gone(judgement);
        if (keys.size === 0) return false;
        const rest = seenBy(judgement.side.agency, withoutOpened(matter, judgement));
        return judged(rest, manner).some(({ key }) => keys.has(key));
      };
      return now
        .filter((judgement) => isBegun(judgement, opening) && !isOwedAlready(judgement))
        .map((judgement) => ({ ...judgement, shownFrom: opening.at }));
    }),
  ];
}

/** Keys of what was said of the same duty before about another entry, and is not said now. */
function goneFrom(before: readonly Judged[], now: readonly Judged[]): (duty: Judged) => ReadonlySet<string> {
  const named = new Set(now.map(({ key }) => key));
  const gone = Map.groupBy(
    before.filter(({ key }) => !named.has(key)),
    dutyOf,
  );
  return (duty) => new Set((gone.get(dutyOf(duty)) ?? []).map(({ key }) => key));
}

const dutyOf = ({ rule, side, part }: Judged): string => `${rule.id} ${side.agency} ${part ?? ''}`;

/**
 * A matter without entries of the type of a judged one that have opened to its agency. Some rules ask for the first
 * entry of several: if without these one is asked for that was always known, then the duty is not another one.
 */
function withoutOpened(matter: LoadedMatter, { entry, side }: Judged): LoadedMatter {
  const type = matter.entries.find(({ id }) => id === entry)?.said?.type;
  const isLeft = (one: JudgedEntry): boolean =>
    one.said?.type !== type || one.issuer === side.agency || openSince(one) === always;
  return { ...matter, entries: matter.entries.filter(isLeft) };
}

/**
 * A matter with what others than those who hid an entry that has opened say of it elsewhere: who had to answer in an
 * exchange of its own, because it could know of none here, has answered.
 */
function withAnswersElsewhere(matter: LoadedMatter, { entries: opened }: Opening): LoadedMatter {
  const answers = [...opened.values()].flatMap((entry) =>
    mentionsElsewhere(entry, matter).filter(({ issuer }) => issuer !== entry.issuer),
  );
  const entries = new Set([...matter.entries, ...answers]);
  return { ...matter, entries: [...entries].sort((one, other) => one.index - other.index) };
}

/** What elsewhere names an entry, or the disclosure it made; without the rest of what stands there. */
const mentionsElsewhere = (entry: JudgedEntry, { linked }: LoadedMatter): readonly JudgedEntry[] =>
  handlesOf(entry).flatMap((handle) => {
    const other = linked.get(handle);
    return other?.kind === 'exchange' && other.id === handle ? other.entries : [];
  });

/**
 * What of a matter itself opens to others, by when. What is named elsewhere opens by itself: what is an answer to it is
 * none to others. Of what an agency itself defers, nothing is said of another in the matter of that agency.
 */
function openingsIn(matter: LoadedMatter): readonly Opening[] {
  const opening = matter.entries.filter(
    (entry) =>
      isHidden(entry) && openSince(entry) !== never && !(matter.kind === 'agency' && entry.issuer === matter.id),
  );
  const moments = [...Map.groupBy(opening, openSince)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return moments.flatMap(([at, entries]) => {
    const together = Map.groupBy(entries, (entry) => (mentionsElsewhere(entry, matter).length > 0 ? entry.id : null));
    return [...together.values()].map((some) => ({
      at: at as Instant,
      entries: new Map(some.map((entry) => [entry.id, entry])),
    }));
  });
}

/**
 * Whether it is owed by another agency for an entry that has opened, and due later. Of what had to be so before that
 * nobody can be told that it was broken.
 */
function isBegun({ side, entry, verdict }: Judged, { at, entries }: Opening): boolean {
  const found = entries.get(entry);
  if (found === undefined || found.issuer === side.agency || verdict.is === 'kept') return false;
  const due = verdict.is === 'broken' ? verdict.since : verdict.due;
  return due !== undefined && due > at;
}

/** A matter without what others hide from an agency at a moment; without everything hidden then, where it is nobody's. */
export function knownTo(agency: AgencyId | null, matter: LoadedMatter, at: string = always): LoadedMatter {
  const isKnown = (entry: JudgedEntry): boolean =>
    entry.issuer === agency || entry.said === null || openSince(entry) <= at;
  return {
    ...matter,
    entries: matter.entries.filter(isKnown),
    linked: new Map([...matter.linked].map(([handle, other]) => [handle, knownTo(agency, other, at)])),
  };
}

/** Who hides something of a matter by itself. Many refer to the same. */
function hidingIn(matter: LoadedMatter): readonly AgencyId[] {
  const known = hidingKnown.get(matter.entries);
  if (known !== undefined) return known;
  const hiding = matter.entries.filter(isHidden).map(({ issuer }) => issuer);
  hidingKnown.set(matter.entries, hiding);
  return hiding;
}

const hidingKnown = new WeakMap<readonly JudgedEntry[], readonly AgencyId[]>();

const isHidden = (entry: JudgedEntry): boolean => entry.said !== null && openSince(entry) !== always;
