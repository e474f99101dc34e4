import { agencyIn, entryTypes, textIn } from '#catalogue';
import { instantAt, ledgerIssuer, millisecondsOf, type AgencyId, type Instant } from '#kernel';
import type { SaidTerms } from '../projection.js';
import { Calendar } from '../rules/deadlines/calendar.js';
import type { JudgedEntry, Matter } from '../rules/matter.js';
import { hidden } from '../visibility.js';

/** The days until which something is hidden are those of the network's usual calendar. */
const berlin = new Calendar({ country: 'DE', zone: 'Europe/Berlin' });

/** Text in the order of instants, before and after all of them. */
export const always = '';
export const never = '~';

/** From when on others than its issuer may know of an entry. Of an erased one nobody can say that it was not hidden. */
export function openSince({ said }: Pick<JudgedEntry, 'said'>): string {
  if (said === null) return never;
  if (hidden({ type: said.type, ...visibilityOf(said) }) === 0) return always;
  const day = textIn(said.terms, 'hiddenUntil');
  const isDeferred = said.terms['visibility'] === 'deferred-until' && said.type !== 'SealedEntryRecorded';
  return isDeferred && day !== null && isDay(day) ? afterDay(day) : never;
}

const visibilityOf = ({ terms: { visibility } }: SaidTerms) => (visibility === undefined ? {} : { visibility });

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`));

const afterDay = (day: string): Instant => instantAt(millisecondsOf(berlin.endOfDay(day)) + 1);

/** Who may know something of a matter: who recorded something of it, and whom what is not hidden for ever names. */
export function partiesOf({ entries }: Pick<Matter, 'entries'>): ReadonlySet<AgencyId> {
  return new Set(
    entries.flatMap((entry) => [
      ...(entry.issuer === ledgerIssuer ? [] : [entry.issuer]),
      ...(openSince(entry) === never ? [] : namedIn(entry)),
    ]),
  );
}

/** What an agency may know of a matter, and of those it is linked with, at a moment. Its own is open to it always. */
export function knownTo(agency: AgencyId, matter: Matter, at: string): Matter {
  return narrowed(matter, (entry, isParty) => {
    if (entry.issuer === agency) return true;
    return openSince(entry) <= at && (entry.issuer === ledgerIssuer ? namedIn(entry).includes(agency) : isParty);
  })(agency, at);
}

/** What of this an agency does not hide. */
export const openlyKnown = (agency: AgencyId, matter: Matter, at: string): Matter =>
  narrowed(matter, (entry) => entry.issuer !== agency || entry.said === null || openSince(entry) <= at)(agency, at);

/** Moments at which others, or supervisors, come to know of an entry. */
export function openings(matter: Matter): readonly string[] {
  const entries = [matter, ...matter.linked.values()].flatMap((one) => one.entries);
  const moments = new Set(entries.map(openSince));
  return [...moments].filter((moment) => moment !== always && moment !== never).toSorted();
}

type Keeps = (entry: JudgedEntry, isParty: boolean) => boolean;

/** A matter that is left without entries is none that anything can be linked with. */
const narrowed =
  (matter: Matter, keeps: Keeps) =>
  (agency: AgencyId, at: string): Matter => ({
    ...matter,
    entries: keptOf(matter, keeps, agency, at),
    linked: new Map(
      [...matter.linked].flatMap(([handle, linked]) => {
        // What mentions it elsewhere is put together from several exchanges: of each entry by itself it is asked who may know.
        const isPutTogether = linked.kind === 'exchange' && linked.id === handle;
        const entries = isPutTogether
          ? linked.entries.filter((entry) => keeps(entry, namedIn(entry).includes(agency)))
          : keptOf(linked, keeps, agency, at);
        return entries.length === 0 ? [] : [[handle, { ...linked, entries }] as const];
      }),
    ),
  });

function keptOf({ kind, entries }: Matter, keeps: Keeps, agency: AgencyId, at: string): readonly JudgedEntry[] {
  const takesPart = entries.some(
    (entry) => entry.issuer === agency || (openSince(entry) <= at && namedIn(entry).includes(agency)),
  );
  return entries.filter((entry) => keeps(entry, kind === 'exchange' ? takesPart : namedIn(entry).includes(agency)));
}

/** Whom an entry is for: those it is addressed to; of the ledger's own, the agency it speaks of. */
function namedIn({ issuer, said }: JudgedEntry): readonly AgencyId[] {
  if (said === null) return [];
  const { type, terms } = said;
  if (issuer !== ledgerIssuer) return entryTypes.get(type)?.recipients?.(terms) ?? [];
  const [about, owner] = [agencyIn(terms, 'agency'), agencyIn(terms, 'owner')];
  return [about, terms['hiddenFromOwner'] === false ? owner : null].filter((one) => one !== null);
}
