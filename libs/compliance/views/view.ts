import type { Labels, Language, Vocabulary } from '#catalogue';
import type { AgencyId, EntryId, Instant } from '#kernel';
import type { About, Matter } from '../rules/matter.js';
import type { Admissions } from '../rules/registry-state.js';

/** One value of a row. Lists hold codes, ids or agencies, never prose. */
export type Cell = string | number | boolean | readonly string[] | null;

/** What the cells of a column hold. Plural kinds are lists. */
export type ColumnKind =
  | 'agencies'
  | 'agency'
  | 'code'
  | 'codes'
  | 'date'
  | 'entries'
  | 'entry'
  | 'flag'
  | 'instant'
  | 'number'
  | 'reference'
  | 'references'
  | 'text';

export interface Column {
  readonly kind: ColumnKind;
  /** heading, as people read it */
  readonly title: Labels;
  /** where its codes come from */
  readonly vocabulary?: Vocabulary;
  /** Can be asked for by value: `?<column>=<value>`; a list is asked for what it contains. */
  readonly filter?: true;
  readonly sort?: true;
}

/** What a data protection officer can look at: domain §6. One file a view. */
export interface View {
  /** as in the domain: `V7` */
  readonly id: string;
  /** its name in URLs: `refusals` */
  readonly name: string;
  readonly title: Labels;
  /** the question it answers, as a data protection officer asks it */
  readonly question: Labels;
  readonly columns: Readonly<Record<string, Column>>;
  /** how rows are ordered when nobody says otherwise; by a column of the view that can be sorted */
  readonly order: { readonly by: string; readonly direction: 'ascending' | 'descending' };
  /** Can be looked at as of an earlier moment. */
  readonly asOf?: true;
  /** What a row follows from, in words; null where nothing can be said of it. */
  explain?(cells: Row['cells'], language: Language): object | null;
}

/** One line of a view. */
export interface Row {
  /** unique among the rows of one agency in this view */
  readonly key: string;
  /** the entry it is about */
  readonly entry: EntryId;
  /** by the names of the view's columns */
  readonly cells: Readonly<Record<string, Cell>>;
  /** from when on it is shown, and until before when; always, where absent. Only for what follows from time alone. */
  readonly shownFrom?: Instant;
  readonly shownUntil?: Instant;
}

/**
 * A view whose rows follow from what belongs together: an exchange, or what one entry opened. Rows are kept in a table
 * and written anew when something of the matter is recorded or erased.
 */
export interface RowsView extends View {
  /** kinds of matters it reads, each once: an entry stands in its exchange and in what it belongs to */
  readonly about: About | readonly About[];
  /** types of entries it reads */
  readonly reads: readonly string[];
  /**
   * The rows of one agency. A pure function of what that agency may know, without clock.
   *
   * @param matter with the agency's own entries, and those of others that are addressed to its exchange and not hidden
   * from it; what is erased is there without terms
   * @param admittedAt under which law bodies had been admitted when an entry of the matter was recorded; of nobody where
   * it is left out
   */
  rows(matter: Matter, agency: AgencyId, admittedAt?: (entry: EntryId) => Admissions): readonly Row[];
}
