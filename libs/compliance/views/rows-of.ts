import type { AgencyId, EntryId, Instant } from '#kernel';
import type { About, Matter } from '../rules/matter.js';
import { always, knownTo, openings, openlyKnown, partiesOf } from './known-to.js';
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
  /** a supervisor does not see it: it would be another one, or none, without what the agency hides */
  readonly restsOnHidden: boolean;
}

/**
 * All rows of a matter in a view: of each agency that may know something of it, for each time in which it knows the
 * same. Rows of neighbouring times that say the same are one.
 */
export function rowsOf(view: RowsView, matter: Matter): readonly SeenRow[] {
  if (!kindsOf(view).includes(matter.kind)) return [];
  if (!matter.entries.some(({ said }) => said !== null && view.reads.includes(said.type))) return [];
  const moments = [always, ...openings(matter)];
  return [...partiesOf(matter)].flatMap((agency) =>
    moments.reduce<readonly SeenRow[]>((rows, at, place) => {
      const until = moments[place + 1] ?? null;
      return grown(rows, seenBy(view, agency, matter, { at, until }), at);
    }, []),
  );
}

/** The kinds of matters a view reads. */
export const kindsOf = ({ about }: Pick<RowsView, 'about'>): readonly About[] =>
  typeof about === 'string' ? [about] : about;

interface Time {
  readonly at: string;
  readonly until: string | null;
}

function seenBy(view: RowsView, agency: AgencyId, matter: Matter, time: Time): readonly SeenRow[] {
  const known = knownTo(agency, matter, time.at);
  const open = openlyKnown(agency, known, time.at);
  const rows = once(view.rows(known, agency));
  const said = new Set((sizeOf(open) === sizeOf(known) ? rows : view.rows(open, agency)).map(textOf));
  return rows.flatMap((row) => {
    const { key, entry, cells } = row;
    const shownFrom = later(row.shownFrom, time.at);
    const shownUntil = earlier(row.shownUntil, time.until);
    if (shownUntil !== null && shownUntil <= shownFrom) return [];
    return [{ agency, key, entry, cells, shownFrom, shownUntil, restsOnHidden: !said.has(textOf(row)) }];
  });
}

const sizeOf = ({ entries, linked }: Matter): number =>
  [...linked.values()].reduce((size, one) => size + one.entries.length, entries.length);

/** A view that names a row twice has meant the first. */
const once = (rows: readonly Row[]): readonly Row[] =>
  [...new Map(rows.toReversed().map((row) => [`${row.key} ${row.shownFrom ?? ''}`, row])).values()].toReversed();

const textOf = ({ key, entry, cells, shownFrom, shownUntil }: Row): string =>
  JSON.stringify([key, entry, cells, shownFrom, shownUntil]);

const later = (one: Instant | undefined, other: string): string => (one !== undefined && one > other ? one : other);

function earlier(one: Instant | undefined, other: string | null): string | null {
  if (one === undefined) return other;
  return other === null || one < other ? one : other;
}

/** Adds rows of the time that begins `at`; one that goes on as it was is prolonged instead. */
function grown(rows: readonly SeenRow[], next: readonly SeenRow[], at: string): readonly SeenRow[] {
  if (rows.length === 0) return next;
  const wordsOf = ({ key, entry, cells, restsOnHidden }: SeenRow) => JSON.stringify([key, entry, cells, restsOnHidden]);
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
