import type { Views, ViewsDatabase } from '#compliance';
import type { RegistryFollower } from '#compliance/registry';
import type { EventStore } from '#event-store';
import type { Clock, LogName } from '#kernel';
import type { Integrator, Receipts, Recorder, Register, Sequencer } from '#recording';
import type { TokenVerifier } from '#access';
import type { HealthIndicator, Metrics } from '#platform';
import type { Vault } from '#vault';
import type { AssessmentStore } from './assessments/assessment-store.js';
import type { LibraryStore } from './library/library-store.js';
import type { Projections } from './projections/projections.js';
import type { CheckNotes } from './check-notes/check-notes.js';
import type { SearchResults } from './searches/searches.js';
import type { TrailStore } from './trails/trail-store.js';

/**
 * The running ledger: what requests are answered with. A profile's composition root fills it in; nothing else names
 * an adapter. The class is also its injection token.
 */
export abstract class Ledger {
  abstract readonly origin: string;
  abstract readonly clock: Clock;
  abstract readonly store: EventStore;
  abstract readonly vault: Vault;
  abstract readonly register: Register;
  /** what agreements and packs the registry log holds */
  abstract readonly registry: RegistryFollower;
  abstract readonly recorder: Recorder;
  abstract readonly receipts: Receipts;
  abstract readonly sequencers: Readonly<Record<LogName, Sequencer>>;
  abstract readonly integrators: Readonly<Record<LogName, Integrator>>;
  abstract readonly tokens: TokenVerifier;
  abstract readonly trails: TrailStore;
  /** what was asked before anything was done */
  abstract readonly assessments: AssessmentStore;
  /** lessons and practices, outside of the log */
  abstract readonly library: LibraryStore;
  abstract readonly views: Views;
  abstract readonly projections: Projections;
  /** the views with every row, whoever it concerns: for what the ledger itself does, never for an answer */
  abstract readonly wholeViews: () => Promise<ViewsDatabase>;
  /** raises what the judgements owe */
  abstract readonly checkNotes: CheckNotes;
  abstract readonly searchResults: SearchResults;
  abstract readonly metrics: Metrics;
  /** what else this profile cannot do without, beside logs and projections */
  abstract readonly health: readonly HealthIndicator[];
  /** hears of blocks that are there and cannot be opened */
  abstract readonly damaged: (error: Error) => void;
  /** seals cursors */
  abstract readonly cursorKey: Buffer;
  /**
   * Looks for what other ledgers recorded in the same logs, for whoever did not find something here.
   *
   * @returns whether there are other ledgers, so that looking again makes sense
   */
  abstract refresh(): Promise<boolean>;
  /** finishes what waits, publishes a last checkpoint, closes every file */
  abstract close(): Promise<void>;
}
