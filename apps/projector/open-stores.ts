import { join } from 'node:path';
import { isBuiltBy, listGenerations, openPostgresViews, whileAlone, type Generation } from '#compliance/postgres';
import type { Projection } from '#compliance';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import {
  Closing,
  eventStoreAccess,
  InvalidConfig,
  openedFrom,
  openRecordStream,
  required,
  type Config,
} from '#platform';
import { PostgresVault } from '#vault/postgres';
import type { OwnGeneration } from './generation-keeper.js';
import { leafMacOf } from './leaf-mac-of.js';
import type { ProjectorStores } from './projector-service.js';

/** Connections to the views: as many transactions may be under way for each generation, and one holds its lock. */
const connections = 7;

export interface OpenedStores extends ProjectorStores {
  close(): Promise<void>;
}

/**
 * Opens what a projector needs: the logs and the sealed blocks to read, the record stream and the key of its relay, the
 * views to write.
 *
 * @param troubled hears of what the client of the event store got over by itself
 * @throws InvalidConfig, StartRefused
 */
export async function openStores(
  config: Config,
  projections: readonly Projection[],
  troubled: (error: unknown) => void,
): Promise<OpenedStores> {
  refuseMissing(config);
  return Closing.onFailure(async (closing) => {
    const views = await openViews(config);
    closing.add(() => views.database.destroy());
    const vault = await openVault(config);
    closing.add(() => vault.close());
    const store = await openedFrom('NACHWEIS_EVENT_STORE', () => openStore(config, troubled));
    closing.add(() => store.close());
    const mac = await openedFrom('NACHWEIS_KEYS', () => leafMacOf(keysOf(config)));
    const stream = await openRecordStream(config, 'nachweis-projector');
    closing.add(() => stream.close());
    const generations = {
      own: async () => ownOf(await listGenerations(views.database), projections),
      open: (generation: number) => openViews(config, generation),
    };
    return { generations, vault, stream, mac, store, alone: whileAlone, close: () => closing.close() };
  });
}

const keysOf = ({ data, keys = join(data, 'keys') }: Config): string => keys;

/** Everything that is missing is said at once. */
function refuseMissing({ views, vault, vaultKeys, kafka, eventStore }: Config): void {
  const needed = Object.entries({
    NACHWEIS_VIEWS: views,
    NACHWEIS_VAULT: vault,
    NACHWEIS_VAULT_KEYS: vaultKeys,
    NACHWEIS_KAFKA: kafka,
    NACHWEIS_EVENT_STORE: eventStore,
  });
  const missing = needed.filter(([, value]) => value === undefined);
  if (missing.length > 0) throw new InvalidConfig(missing.map(([name]) => `${name} is needed by a projector`));
}

/** A generation that other versions build is another program's. One that was retired is kept as it is. */
function ownOf(generations: readonly Generation[], projections: readonly Projection[]): readonly OwnGeneration[] {
  return generations.flatMap((generation) => {
    const { number, state } = generation;
    return state !== 'retired' && isBuiltBy(generation, projections) ? [{ number, state }] : [];
  });
}

function openViews(config: Config, generation?: number) {
  const { origin, viewsPasswordFile: passwordFile, statementTimeout } = config;
  const url = required('NACHWEIS_VIEWS', config.views);
  return openedFrom('NACHWEIS_VIEWS', () =>
    openPostgresViews({
      url,
      origin,
      statementTimeout,
      role: 'projector',
      poolSize: generation === undefined ? 1 : connections,
      ...(passwordFile !== undefined && { passwordFile }),
      ...(generation !== undefined && { generation }),
    }),
  );
}

const openStore = (config: Config, troubled: (error: unknown) => void): Promise<EventStoreDbEventStore> =>
  EventStoreDbEventStore.open({ ...eventStoreAccess(config), onTrouble: troubled });

function openVault(config: Config) {
  const { origin, vaultPasswordFile, vaultKeysPasswordFile, statementTimeout } = config;
  const blocks = addressOf(required('NACHWEIS_VAULT', config.vault), vaultPasswordFile);
  const keyPlace = addressOf(required('NACHWEIS_VAULT_KEYS', config.vaultKeys), vaultKeysPasswordFile);
  return openedFrom('NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS', () =>
    PostgresVault.openReader({
      blocks,
      keys: keyPlace,
      keyFile: join(keysOf(config), 'vault.key'),
      origin,
      statementTimeout,
      connections,
    }),
  );
}

const addressOf = (url: string, passwordFile: string | undefined) => ({
  url,
  ...(passwordFile !== undefined && { passwordFile }),
});
