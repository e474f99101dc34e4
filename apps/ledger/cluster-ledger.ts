import { join } from 'node:path';
import { everyProjection, type Views } from '#compliance';
import { listGenerations, openPostgresViews } from '#compliance/postgres';
import { RegistryFollower } from '#compliance/registry';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { realPause, type Clock } from '#kernel';
import {
  Closing,
  eventStoreAccess,
  openedFrom,
  recordingPatience,
  required,
  type Config,
  type HealthIndicator,
} from '#platform';
import type { PostgresAddress } from '#postgres';
import { Follower, type Register } from '#recording';
import { ledgersPool, PostgresCoordination } from '#recording/postgres';
import type { Vault } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { assembleLedger, type StartReport, type Stores } from './assembly.js';
import { DataDirectory } from './data-directory.js';
import type { Ledger } from './ledger.js';
import { RemoteProjections } from './projections/remote-projections.js';
import { sharedResults } from './searches/shared-results.js';

/** Milliseconds before a ledger that could not follow the logs tries again. */
const beforeNextTry = 1_000;
/** Milliseconds that a statement on results of searches waits for another. */
const lockPatience = 5_000;

interface Addresses {
  readonly vault: PostgresAddress;
  readonly keys: PostgresAddress;
  readonly views: PostgresAddress;
}

/**
 * Opens one ledger of a cluster: the logs in an event store, views, vault and keys in PostgreSQL, projections in
 * processes of their own. What lies in its folder is derived and built anew where it is missing.
 *
 * @throws InvalidConfig, StartRefused, OriginMismatch, DataInUse, LogDamaged, UnsafeKeyFile
 */
export async function openClusterLedger(
  config: Config,
  clock: Clock,
  report: StartReport,
  choices: Pick<Stores, 'untilDue'> = {},
): Promise<Ledger> {
  const addresses = addressesOf(config);
  const directory = DataDirectory.open(config.data, config.origin, config);
  return Closing.onFailure(async (closing) => {
    const stores = await openStores({ config, clock, report, addresses, directory, closing });
    return assembleLedger(config, clock, report, { ...stores, ...choices });
  });
}

async function openStores(start: {
  readonly config: Config;
  readonly clock: Clock;
  readonly report: StartReport;
  readonly addresses: Addresses;
  readonly directory: DataDirectory;
  readonly closing: Closing;
}): Promise<Stores> {
  const { config, clock, report, addresses, directory, closing } = start;
  const { origin, statementTimeout } = config;
  const store = await openedFrom('NACHWEIS_EVENT_STORE', () => openStore(config, report));
  closing.add(() => store.close());
  const vault = await openedFrom('NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS', () =>
    PostgresVault.open({
      blocks: addresses.vault,
      keys: addresses.keys,
      keyFile: join(directory.keys, 'vault.key'),
      origin,
      statementTimeout,
    }),
  );
  closing.add(() => vault.close());
  const coordination = await openedFrom('NACHWEIS_VAULT', () =>
    PostgresCoordination.open(addresses.vault, (error) => report.alarm('ledgers cannot take turns', error)),
  );
  closing.add(() => coordination.close());
  const results = ledgersPool(addresses.vault, lockPatience);
  results.on('error', (error) => report.alarm('a connection to the results of searches broke', error));
  closing.add(() => results.end());
  const views = await openedFrom('NACHWEIS_VIEWS', () =>
    openPostgresViews({ ...addresses.views, role: 'reader', origin, statementTimeout }),
  );
  closing.add(() => views.database.destroy());
  const projections = Promise.withResolvers<RemoteProjections>();
  return {
    directory,
    store,
    vault,
    views,
    coordination,
    closing,
    recordingPatience: recordingPatience(config),
    searchResults: sharedResults(results, clock),
    health: healthOf(vault, views),
    startProjections: async () => {
      const remote = await RemoteProjections.start(
        everyProjection,
        {
          list: () => listGenerations(views.database),
          open: (generation) => openGeneration(generation, start),
        },
        new RegistryFollower(store),
      );
      projections.resolve(remote);
      return remote;
    },
    wholeViews: async () => (await projections.promise).whole(),
    follow: (register) => following({ store, vault, register }, report),
  };
}

const openGeneration = (
  generation: number,
  { addresses, config: { origin, statementTimeout } }: { readonly addresses: Addresses; readonly config: Config },
): Promise<Views> =>
  openPostgresViews({ ...addresses.views, role: 'projector', origin, generation, statementTimeout, poolSize: 2 });

const healthOf = (vault: PostgresVault, views: Views): readonly HealthIndicator[] => [
  { name: 'vault-keys', check: () => vault.reachKeys() },
  { name: 'views-database', check: async () => void (await listGenerations(views.database)) },
];

function openStore(config: Config, report: StartReport): Promise<EventStoreDbEventStore> {
  return EventStoreDbEventStore.open({
    ...eventStoreAccess(config),
    onTrouble: (error) => report.alarm('trouble with the event store', error),
  });
}

const following = (
  parts: { store: EventStoreDbEventStore; vault: Vault; register: Register },
  report: StartReport,
): Follower =>
  new Follower({
    ...parts,
    pause: (signal) => realPause(beforeNextTry, signal),
    troubled: (error) => report.alarm('this ledger cannot follow the others', error),
  });

/** @throws InvalidConfig */
const addressesOf = (config: Config): Addresses => ({
  vault: { url: required('NACHWEIS_VAULT', config.vault), passwordFile: config.vaultPasswordFile },
  keys: { url: required('NACHWEIS_VAULT_KEYS', config.vaultKeys), passwordFile: config.vaultKeysPasswordFile },
  views: { url: required('NACHWEIS_VIEWS', config.views), passwordFile: config.viewsPasswordFile },
});
