import { always, never, openSince } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { Judged } from '../rules/judge.js';
import type { JudgedEntry } from '../rules/matter.js';
import { withLinked, type LoadedMatter } from './judged-matters.js';

/** What is said of an agency, and from when on it may be told: always, where that is left out. */
export type JudgedFrom = Judged & { readonly shownFrom?: Instant };

/** Judges what is known of a matter. @param opened the moment before which no time runs */
type Judge = (known: LoadedMatter, opened?: Instant) => readonly Judged[];

/**
 * Judges a matter as each agency may know it: without what others hide from it. What is deferred until a day is judged
 * for others as it stands once that day is over, by what they may know then: what is said of everything else stays, as
 * if it had not been recorded.
 */
export function judgedByEach(matter: LoadedMatter, judged: Judge): readonly JudgedFrom[] {
  const hiding = new Set(withLinked(matter).flatMap(hidingIn));
  if (hiding.size === 0) return judged(matter);
  const seenBy = (agency: AgencyId | null, at: string): LoadedMatter => {
    const known = knownTo(agency, matter, at);
    return at === always ? known : withAnswersElsewhere(known);
  };
  const knownAt = (at: string, opened?: Instant): readonly Judged[] => [
    ...judged(seenBy(null, at), opened).filter(({ side }) => !hiding.has(side.agency)),
    ...[...hiding].flatMap((agency) => judged(seenBy(agency, at), opened).filter(({ side }) => side.agency === agency)),
  ];
  return [
    ...knownAt(always),
    ...openingsIn(matter).flatMap((opened) => {
      const entries = new Map(matter.entries.filter((one) => openSince(one) === opened).map((one) => [one.id, one]));
      return knownAt(opened, opened)
        .filter((judgement) => isBegun(judgement, opened, entries))
        .map((judgement) => ({ ...judgement, shownFrom: opened }));
    }),
  ];
}

/**
 * A matter with what others than those who hid something of it say of it elsewhere: who had to answer in an exchange of
 * its own, because it could know of none here, has answered.
 */
function withAnswersElsewhere(matter: LoadedMatter): LoadedMatter {
  const elsewhere = [...matter.linked].filter(([handle, { kind, id }]) => kind === 'exchange' && id === handle);
  const hiding = hidingIn(matter);
  const answers = elsewhere.flatMap(([, other]) => other.entries.filter(({ issuer }) => !hiding.includes(issuer)));
  const entries = new Set([...matter.entries, ...answers]);
  return { ...matter, entries: [...entries].sort((one, other) => one.index - other.index) };
}

/** Moments at which something of a matter itself opens to others, in order. */
const openingsIn = ({ entries }: LoadedMatter): readonly Instant[] =>
  [...new Set(entries.map(openSince))].filter((at) => at !== always && at !== never).toSorted() as Instant[];

/**
 * Whether it is owed by another agency for an entry that has opened, and due later. Of what had to be so before that
 * nobody can be told that it was broken.
 */
function isBegun(
  { side, entry, verdict }: Judged,
  opened: Instant,
  entries: ReadonlyMap<EntryId, JudgedEntry>,
): boolean {
  const found = entries.get(entry);
  if (found === undefined || found.issuer === side.agency || verdict.is === 'kept') return false;
  const due = verdict.is === 'broken' ? verdict.since : verdict.due;
  return due !== undefined && due > opened;
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
