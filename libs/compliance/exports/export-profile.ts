import type { Labels, Language } from '#catalogue';
import type { AgencyId, EntryId, Instant, LeafIndex, LogName, TreeSize } from '#kernel';
import type { BlockName } from '#statement';
import type { AgencyNames } from '../documents/words.js';
import type { Document } from '../documents/document.js';
import type { SaidTerms } from '../projection.js';
import type { Admissions } from '../rules/registry-state.js';
import type { CalendarQuarter } from './calendar-quarter.js';
import type { Tally } from './tally.js';

/** An entry as an export knows it: who recorded it, when, and block `terms` where it is not erased. */
export interface ExportedEntry {
  readonly index: LeafIndex;
  readonly id: EntryId;
  readonly issuer: AgencyId;
  readonly recordedAt: Instant;
  readonly said: SaidTerms | null;
}

/** What decides which entries are exported; each profile takes one of them. */
export type ExportScope =
  /** what occurred in a period */
  | 'period'
  /** one calendar quarter that is closed, of all agencies the caller may ask for: nothing else that could be subtracted */
  | 'quarter'
  /** what belongs to what one entry opened: a breach, a request of a person */
  | 'matter'
  /** that, or what belongs to one exchange */
  | 'exchange-or-matter'
  /** what a search by person found */
  | 'person'
  /** one version of an agreement */
  | 'agreement'
  /** what the registry log holds of the agencies */
  | 'registry';

/** What the documents of an export are written from. */
export interface Material {
  readonly language: Language;
  readonly at: Instant;
  /** number of entries up to which it is complete as recorded */
  readonly completeUpTo: TreeSize;
  readonly agencies: readonly AgencyId[];
  /** that was asked for */
  readonly quarter?: CalendarQuarter | null;
  /** as the registry has them */
  readonly agencyNames: AgencyNames;
  /** under which law bodies are admitted now; of nobody where it is left out */
  readonly admissions?: Admissions;
  /** under which the one agency was admitted, a code of the vocabulary `regime`; null where it is unknown, or of several */
  readonly regime: string | null;
  readonly entries: readonly ExportedEntry[];
  /** the numbers of the quarter, in the place of its entries */
  readonly tally?: Tally | null;
  /** what the rules say of these agencies, by rule: of all, or of the agreement that was asked for */
  readonly judged: readonly JudgedCount[];
  /** what the leak test left out or masked; null where the profile has none */
  readonly leakTest: LeakTestResult | null;
}

export interface JudgedCount {
  readonly rule: string;
  /** as it stands at the moment of the export: what was owed and is overdue is broken */
  readonly verdict: 'broken' | 'pending' | 'not-decidable';
  readonly count: number;
}

export interface LeakTestResult {
  readonly removed: number;
  readonly masked: number;
  /** what is not handed over and may be told, without what it says of others; and what others said of what was received */
  readonly forDocuments: readonly ExportedEntry[];
  /** of which documents leave out what they, or the discloser of what was received, say of others */
  readonly shortened: readonly EntryId[];
}

/** Who may be handed what, on which ground, and what is opened of it: domain §6, annexes C and E.2. One file each. */
export interface ExportProfile {
  /** as in the domain: `X5` */
  readonly id: string;
  readonly title: Labels;
  /** provisions it serves */
  readonly sources: readonly string[];
  readonly roles: readonly ('dpo' | 'regulator')[];
  /** codes of the vocabulary `access-purpose` it may be asked for with */
  readonly purposes: readonly string[];
  readonly of: ExportScope;
  readonly log: LogName;
  /** Types of entries; all where absent. */
  readonly types?: readonly string[];
  /** Which of these; all where absent. Asked only where the terms are there. */
  wants?(said: SaidTerms): boolean;
  /** At most these blocks are opened, and of them what the caller may see. None: only leaves, or only documents. */
  readonly blocks: readonly BlockName[];
  /** With what these entries name and what names them. */
  readonly linked?: true;
  /** Only documents are handed over, no leaf. */
  readonly documentsOnly?: true;
  /** Only what everybody may know of by now: nothing restricted, sealed, erased or still deferred is counted. */
  readonly openOnly?: true;
  /** What is for the person concerned must not give away what that person may not learn yet: annex C. */
  readonly leakTest?: true;
  /** By file name without ending. */
  documents?(material: Material): ReadonlyMap<string, Document>;
}
