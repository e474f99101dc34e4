import { openSqliteViews } from '#compliance/sqlite';
import type { Views } from '#compliance';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { Clock } from '#kernel';
import { Closing, type Config } from '#platform';
import type { Vault } from '#vault';
import { SqliteVault } from '#vault/sqlite';
import { assembleLedger, type StartReport, type Stores } from './assembly.js';
import { DataDirectory } from './data-directory.js';
import type { Ledger } from './ledger.js';
import { viewsFile, type Projections } from './projections/projections.js';
import { ThreadedProjections } from './projections/threaded-projections.js';
import { resultsInMemory } from './searches/results-in-memory.js';

/** Where the projections of this profile run: in a thread of their own, unless a caller has them run here. */
export type StartProjections = (parts: {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly views: Views;
  readonly directory: string;
  readonly alarm: StartReport['alarm'];
}) => Promise<Projections>;

/** What a caller may choose otherwise than a ledger that runs by itself. */
export interface EmbeddedChoices {
  readonly startProjections?: StartProjections;
  readonly untilDue?: Stores['untilDue'];
}

/**
 * Opens the embedded profile: everything in SQLite files of one folder, in one process.
 *
 * @throws OriginMismatch, DataMigrated, DataInUse, LogDamaged, UnsafeKeyFile, VaultRefused
 */
export async function openEmbeddedLedger(
  config: Config,
  clock: Clock,
  report: StartReport,
  {
    startProjections = ({ directory, alarm }) => ThreadedProjections.start(directory, alarm),
    untilDue,
  }: EmbeddedChoices = {},
): Promise<Ledger> {
  const directory = DataDirectory.open(config.data, config.origin, config);
  directory.refuseMigrated();
  return Closing.onFailure(async (closing) => {
    const store = SqliteEventStore.open(directory.file('log.sqlite'));
    closing.add(() => store.close());
    const vault = SqliteVault.open({
      directory: directory.path,
      keyFile: `${directory.keys}/vault.key`,
      cache: 48,
    });
    closing.add(() => vault.close());
    const views = openSqliteViews(directory.file(viewsFile));
    closing.add(() => views.database.destroy());
    return assembleLedger(config, clock, report, {
      directory,
      store,
      vault,
      views,
      closing,
      searchResults: resultsInMemory(),
      wholeViews: async () => views.database,
      ...(untilDue !== undefined && { untilDue }),
      startProjections: () => startProjections({ store, vault, views, directory: config.data, alarm: report.alarm }),
    });
  });
}
