import { always, openSince } from '#catalogue';
import type { AgencyId } from '#kernel';
import type { Judged } from '../rules/judge.js';
import type { JudgedEntry } from '../rules/matter.js';
import { withLinked, type LoadedMatter } from './judged-matters.js';

/**
 * Judges a matter as each agency may know it: without what others hide from it. What is deferred until a day counts as
 * hidden for good, because rules have no clock: others owe nothing for it, also after that day.
 */
export function judgedByEach(
  matter: LoadedMatter,
  judged: (known: LoadedMatter) => readonly Judged[],
): readonly Judged[] {
  const hiding = new Set(withLinked(matter).flatMap(hidingIn));
  if (hiding.size === 0) return judged(matter);
  const open = judged(knownTo(null, matter));
  return [
    ...open.filter(({ side }) => !hiding.has(side.agency)),
    ...[...hiding].flatMap((agency) => judged(knownTo(agency, matter)).filter(({ side }) => side.agency === agency)),
  ];
}

/** A matter without what others hide from an agency; without everything hidden, where it is nobody's. */
export function knownTo(agency: AgencyId | null, matter: LoadedMatter): LoadedMatter {
  const isKnown = (entry: JudgedEntry): boolean => entry.issuer === agency || !isHidden(entry);
  return {
    ...matter,
    entries: matter.entries.filter(isKnown),
    linked: new Map([...matter.linked].map(([handle, other]) => [handle, knownTo(agency, other)])),
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

const isHidden = ({ said }: JudgedEntry): boolean => said !== null && openSince({ said }) !== always;
