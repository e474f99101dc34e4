import { always } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import { typesIn, type About, type Matter } from '../rules/matter.js';
import type { Admissions } from '../rules/registry-state.js';
import { knownTo, openings, partiesOf } from './known-to.js';
import type { Row, RowsView } from './view.js';

/** A row as one agency sees it for some time. */
export interface SeenRow {
  readonly agency: AgencyId;
  readonly key: string;
  readonly entry: EntryId;
  readonly cells: Row['cells'];
  /** empty: always */
  readonly shownFrom: string;
  readonly shownUntil: string | null;
}

/** What is known of the bodies of the network. */
export interface Network {
  /** who belongs to it, where a matter concerns all of them */
  readonly everybody?: readonly AgencyId[];
  /** under which law they had been admitted when an entry of the matter was recorded */
  readonly admittedAt?: (entry: EntryId) => Admissions;
}

/**
 * All rows of a matter in a view: of each agency that may know something of it, for each time in which it knows the
 * same. Rows of neighbouring times that say the same are one.
 */
export const rowsOf = (view: RowsView, matter: Matter, network: Network = {}): readonly SeenRow[] =>
  rowsOfEach([view], matter, network).map(([, row]) => row);

/** The same in several views, each row with its view. What an agency knows is found out once for all of them. */
export function rowsOfEach(
  views: readonly RowsView[],
  matter: Matter,
  { everybody, admittedAt }: Network = {},
): readonly (readonly [RowsView, SeenRow])[] {
  const types = typesIn(matter);
  const concerned = views.filter((view) => kindsOf(view).includes(matter.kind) && reads(view, types));
  if (concerned.length === 0) return [];
  const moments = [always, ...openings(matter)];
  return [...partiesOf(matter, everybody).keys()].flatMap((agency) => {
    const times = moments.map((at, place) => timeOf(agency, matter, at, moments[place + 1] ?? null));
    return concerned.flatMap((view) =>
      times
        .reduce<readonly SeenRow[]>((rows, time) => grown(rows, seenBy(view, agency, time, admittedAt), time.at), [])
        .map((row) => [view, row] as const),
    );
  });
}

/** The kinds of matters a view reads. */
export const kindsOf = ({ about }: Pick<RowsView, 'about'>): readonly About[] =>
  typeof about === 'string' ? [about] : about;

const reads = (view: RowsView, types: ReadonlySet<string>): boolean => view.reads.some((type) => types.has(type));

/** What an agency knows for some time. */
interface Time {
  readonly at: string;
  readonly until: string | null;
  readonly known: Matter;
  readonly types: ReadonlySet<string>;
}

function timeOf(agency: AgencyId, matter: Matter, at: string, until: string | null): Time {
  const known = knownTo(agency, matter, at);
  return { at, until, known, types: typesIn(known) };
}

function seenBy(
  view: RowsView,
  agency: AgencyId,
  { at, until, known, types }: Time,
  admittedAt: Network['admittedAt'],
): readonly SeenRow[] {
  if (!reads(view, types)) return [];
  return once(view.rows(known, agency, admittedAt)).flatMap((row) => {
    const { key, entry, cells } = row;
    const shownFrom = later(row.shownFrom, at);
    const shownUntil = earlier(row.shownUntil, until);
    if (shownUntil !== null && shownUntil <= shownFrom) return [];
    return [{ agency, key, entry, cells, shownFrom, shownUntil }];
  });
}

/** A view that names a row twice has meant the first. */
const once = (rows: readonly Row[]): readonly Row[] =>
  rows.length < 2
    ? rows
    : [...new Map(rows.toReversed().map((row) => [`${row.key} ${row.shownFrom ?? ''}`, row])).values()].toReversed();

const later = (one: Instant | undefined, other: string): string => (one !== undefined && one > other ? one : other);

function earlier(one: Instant | undefined, other: string | null): string | null {
  if (one === undefined) return other;
  return other === null || one < other ? one : other;
}

/** Adds rows of the time that begins `at`; one that goes on as it was is prolonged instead. */
function grown(rows: readonly SeenRow[], next: readonly SeenRow[], at: string): readonly SeenRow[] {
  if (rows.length === 0) return next;
  const wordsOf = ({ key, entry, cells }: SeenRow) => JSON.stringify([key, entry, cells]);
  const going = new Map(next.filter(({ shownFrom }) => shownFrom === at).map((row) => [wordsOf(row), row]));
  const prolonged = new Set<SeenRow>();
  const kept = rows.map((row) => {
    const on = row.shownUntil === at ? going.get(wordsOf(row)) : undefined;
    if (on === undefined) return row;
    prolonged.add(on);
    return { ...row, shownUntil: on.shownUntil };
  });
  return [...kept, ...next.filter((row) => !prolonged.has(row))];
}
