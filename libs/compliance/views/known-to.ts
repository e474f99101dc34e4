import { agenciesIn, agencyIn, always, entryTypes, laterOf, never, openSince, textIn } from '#catalogue';
import { ledgerIssuer, type AgencyId } from '#kernel';
import { has, type JudgedEntry, type Matter } from '../rules/matter.js';

/**
 * Who may know something of a matter, and from when on: who recorded something of it always, others once something that
 * names them is open. A correction that stands alone is for those whom what it corrects is for.
 *
 * @param everybody who belongs to the network, where it concerns all of them
 */
export function partiesOf(matter: Matter, everybody: readonly AgencyId[] = []): ReadonlyMap<AgencyId, string> {
  const parties = new Map<AgencyId, string>();
  const add = (agency: AgencyId, from: string): void => {
    const before = parties.get(agency) ?? never;
    if (from < before) parties.set(agency, from);
  };
  for (const entry of matter.entries) {
    if (entry.issuer !== ledgerIssuer) add(entry.issuer, always);
    for (const agency of namedIn(entry)) add(agency, openSince(entry));
    if (isEverybodys(entry)) for (const agency of everybody) add(agency, openSince(entry));
    if (entry.id === matter.id) for (const [agency, from] of concernedElsewhere(entry, matter)) add(agency, from);
  }
  return parties;
}

/** An outage of which the ledger names nobody who was affected was everybody's. */
export const isEverybodys = ({ issuer, said }: JudgedEntry): boolean =>
  issuer === ledgerIssuer && said?.type === 'SystemOutageRecorded' && !has(said.terms, 'agenciesAffected');

/**
 * What an agency may know of a matter, and of those it is linked with, at a moment. Its own is open to it always. That
 * something of its exchange was erased it learns, never what: what is not there any more is not what never was. Of what
 * others corrected it knows once it knows what was wrong.
 */
export function knownTo(agency: AgencyId, matter: Matter, at: string): Matter {
  const waiting = new Set(correctionsIn(matter).filter((one) => one.issuer !== agency && openSince(one) <= at));
  const open = new Set<JudgedEntry>();
  for (;;) {
    const known = narrowed(agency, matter, at, (entry, isParty) => {
      if (entry.issuer === agency) return true;
      if (entry.issuer === ledgerIssuer) return openSince(entry) <= at && concerns(entry, agency);
      if (correctedBy(entry) !== null) return open.has(entry);
      return isParty && (entry.said === null || openSince(entry) <= at);
    });
    const more = [...waiting].filter((one) => knows(known, one));
    if (more.length === 0) return known;
    for (const one of more) {
      waiting.delete(one);
      open.add(one);
    }
  }
}

/** Whom a correction that stands alone is for, and since when, by the matter in which what it corrects stands. */
function concernedElsewhere(correction: JudgedEntry, { linked }: Matter): ReadonlyMap<AgencyId, string> {
  const elsewhere = linked.get(correctedBy(correction) ?? '');
  const corrected = elsewhere?.entries.find((one) => isCorrectedBy(one, correction));
  // Who may know of a correction of a correction is asked where the first entry stands.
  if (elsewhere === undefined || corrected === undefined || correctedBy(corrected) !== null) return new Map();
  const entries = elsewhere.kind === 'exchange' ? elsewhere.entries : [corrected];
  const since = laterOf(openSince(corrected), openSince(correction));
  return new Map([...partiesOf({ ...elsewhere, entries })].map(([agency, from]) => [agency, laterOf(from, since)]));
}

/** Types of what is never shown apart from another entry, with the field that names that one. */
const shownWith = new Map(
  [...entryTypes.values()].flatMap(({ name, shownWith: field }) =>
    field === undefined ? [] : [[name, field] as const],
  ),
);

/** What an entry is never shown apart from; null for one that says nothing of another. */
const correctedBy = ({ said }: JudgedEntry): string | null => {
  const field = said === null ? undefined : shownWith.get(said.type);
  return said === null || field === undefined ? null : textIn(said.terms, field);
};

export const correctionsIn = (matter: Matter): readonly JudgedEntry[] =>
  [matter, ...matter.linked.values()].flatMap(({ entries }) => entries.filter((one) => correctedBy(one) !== null));

const knows = (matter: Matter, correction: JudgedEntry): boolean =>
  [matter, ...matter.linked.values()].some(({ entries }) => entries.some((one) => isCorrectedBy(one, correction)));

/** An agency corrects what it recorded itself; of what is erased nobody knows any more what was wrong in it. */
const isCorrectedBy = ({ id, issuer, said }: JudgedEntry, correction: JudgedEntry): boolean =>
  said !== null && issuer === correction.issuer && id === correctedBy(correction);

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
