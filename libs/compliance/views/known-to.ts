import { agenciesIn, agencyIn, entryTypes } from '#catalogue';
import { ledgerIssuer, type AgencyId } from '#kernel';
import { has, type JudgedEntry, type Matter } from '../rules/matter.js';
import { always, never, openSince } from '../visibility.js';

/**
 * Who may know something of a matter: who recorded something of it, and whom what is not hidden for ever names.
 *
 * @param everybody who belongs to the network, where it concerns all of them
 */
export function partiesOf(
  { entries }: Pick<Matter, 'entries'>,
  everybody: readonly AgencyId[] = [],
): ReadonlySet<AgencyId> {
  return new Set(
    entries.flatMap((entry) => [
      ...(entry.issuer === ledgerIssuer ? [] : [entry.issuer]),
      ...(openSince(entry) === never ? [] : namedIn(entry)),
      ...(isEverybodys(entry) ? everybody : []),
    ]),
  );
}

/** An outage of which the ledger names nobody who was affected was everybody's. */
export const isEverybodys = ({ issuer, said }: JudgedEntry): boolean =>
  issuer === ledgerIssuer && said?.type === 'SystemOutageRecorded' && !has(said.terms, 'agenciesAffected');

/**
 * What an agency may know of a matter, and of those it is linked with, at a moment. Its own is open to it always. That
 * something of its exchange was erased it learns, never what: what is not there any more is not what never was.
 */
export function knownTo(agency: AgencyId, matter: Matter, at: string): Matter {
  return narrowed(agency, matter, at, (entry, isParty) => {
    if (entry.issuer === agency) return true;
    if (entry.issuer === ledgerIssuer) return openSince(entry) <= at && concerns(entry, agency);
    return isParty && (entry.said === null || openSince(entry) <= at);
  });
}

/** Moments at which others come to know of an entry. */
export function openings(matter: Matter): readonly string[] {
  const moments = new Set<string>();
  for (const { entries } of [matter, ...matter.linked.values()]) {
    for (const entry of entries) moments.add(openSince(entry));
  }
  return [...moments].filter((moment) => moment !== always && moment !== never).toSorted();
}

type Keeps = (entry: JudgedEntry, isParty: boolean) => boolean;

/**
 * A matter that is left without entries is none that anything can be linked with. One of which everything is kept is
 * the same: what was read of it once is known.
 */
function narrowed(agency: AgencyId, matter: Matter, at: string, keeps: Keeps): Matter {
  const entries = keptOf(matter, keeps, agency, at);
  const linked = new Map<string, Matter>();
  let isWhole = entries === matter.entries;
  for (const [handle, other] of matter.linked) {
    // What mentions it elsewhere is put together from several exchanges: of each entry by itself it is asked who may know.
    const isPutTogether = other.kind === 'exchange' && other.id === handle;
    const kept = isPutTogether
      ? keptBy(other, (entry) => keeps(entry, concerns(entry, agency)))
      : keptOf(other, keeps, agency, at);
    if (kept.length > 0) linked.set(handle, kept === other.entries ? other : { ...other, entries: kept });
    isWhole &&= kept.length > 0 && kept === other.entries;
  }
  return isWhole ? matter : { ...matter, entries, linked };
}

function keptOf(matter: Matter, keeps: Keeps, agency: AgencyId, at: string): readonly JudgedEntry[] {
  if (matter.kind !== 'exchange') return keptBy(matter, (entry) => keeps(entry, concerns(entry, agency)));
  const takesPart = matter.entries.some(
    (entry) => entry.issuer === agency || (openSince(entry) <= at && concerns(entry, agency)),
  );
  return keptBy(matter, (entry) => keeps(entry, takesPart));
}

function keptBy({ entries }: Matter, isKept: (entry: JudgedEntry) => boolean): readonly JudgedEntry[] {
  return entries.every(isKept) ? entries : entries.filter(isKept);
}

/** Whether an entry is for an agency. */
const concerns = (entry: JudgedEntry, agency: AgencyId): boolean =>
  namedIn(entry).includes(agency) || isEverybodys(entry);

/** Whom an entry is for: those it is addressed to; of the ledger's own, the agencies it speaks of. */
function namedIn(entry: JudgedEntry): readonly AgencyId[] {
  const known = named.get(entry) ?? readNames(entry);
  named.set(entry, known);
  return known;
}

const named = new WeakMap<JudgedEntry, readonly AgencyId[]>();

function readNames({ issuer, said }: JudgedEntry): readonly AgencyId[] {
  if (said === null) return [];
  const { type, terms } = said;
  if (issuer !== ledgerIssuer) return entryTypes.get(type)?.recipients?.(terms) ?? [];
  if (type === 'SystemOutageRecorded') return agenciesIn(terms, 'agenciesAffected');
  const [about, owner] = [agencyIn(terms, 'agency'), agencyIn(terms, 'owner')];
  return [about, terms['hiddenFromOwner'] === false ? owner : null].filter((one) => one !== null);
}
