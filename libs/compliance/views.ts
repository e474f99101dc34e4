import type { Kysely, Transaction } from 'kysely';
import type { ConnectionTable, FactTable, JudgementTable, MatterTable, NoteTable } from './judging/judgement-tables.js';
import type { AccessPartyTable, AccessTable } from './projections/accesses.js';
import type { DisclosureResponseTable, DisclosureTable } from './projections/disclosures.js';
import type { ExchangeTable, RecordedEntryTable, TurnTable } from './projections/exchanges.js';
import type { QuarantinedEntryTable } from './quarantine.js';
import type { SavedPositionTable } from './saved-positions.js';
import type { CorrectionPartyTable } from './views/correction-parties.js';
import type { MatterPartyTable, ViewRowTable } from './views/view-rows.js';

/** Tables of views, each owned by one projection. Counters are stored as whole numbers, flags as 0 and 1. */
export interface ViewTables {
  readonly access: AccessTable;
  readonly access_party: AccessPartyTable;
  readonly connection: ConnectionTable;
  readonly correction_party: CorrectionPartyTable;
  readonly disclosure: DisclosureTable;
  readonly disclosure_response: DisclosureResponseTable;
  readonly exchange: ExchangeTable;
  readonly fact: FactTable;
  readonly judgement: JudgementTable;
  readonly matter: MatterTable;
  readonly matter_party: MatterPartyTable;
  readonly note: NoteTable;
  readonly recorded_entry: RecordedEntryTable;
  readonly turn: TurnTable;
  readonly view_row: ViewRowTable;
}
export type ViewName = keyof ViewTables;

export interface ViewsSchema extends ViewTables {
  readonly saved_position: SavedPositionTable;
  readonly quarantined_entry: QuarantinedEntryTable;
}
export type ViewsDatabase = Kysely<ViewsSchema>;
export type ViewsTransaction = Transaction<ViewsSchema>;

/** A flag as both databases keep it. */
export type Flag = 0 | 1;

export const flag = (value: boolean): Flag => (value ? 1 : 0);

/** An open database of views. Whoever opened it destroys `database`. */
export interface Views {
  readonly database: ViewsDatabase;
  /** True for errors of the database that pass by themselves: it is busy, its disk is full, it is away. */
  isTransient(error: unknown): boolean;
  /**
   * Until the transaction ends, others may fold while this one folds, and nobody may fold while this one erases. To be
   * taken before terms are opened, so that nothing opened before an erasure is folded after it.
   */
  lock(transaction: ViewsTransaction, work: 'folding' | 'erasing'): Promise<void>;
  /** Hears how many entries are folded at once: who folds very many is given memory for it, until it is few again. */
  folded(entries: number): void;
  /** Leaves as little of deleted rows in its files as the database allows. */
  scrub(): Promise<void>;
}
