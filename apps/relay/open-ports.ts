import { join } from 'node:path';
import { secretFrom } from '#access';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import type { LogName } from '#kernel';
import { freshPartitionKey, LeafMac, parsePartitionKey, partitionKeyFile } from '#messaging';
import { Closing, eventStoreAccess, openedFrom, openRecordStream, required, type Config } from '#platform';
import { PostgresPlaces } from '#vault/postgres';
import { requireOrigin } from './log-origin.js';
import type { RelayPorts } from './relay-service.js';
import { exchangeRoute, registryRoute } from './route.js';

/** Look-ups of a relay come one after the other. */
const connections = 2;

/**
 * Opens what a run needs: the log to read, the topics to write, and of the vault only under which exchange an entry was
 * stored.
 *
 * @param troubled hears of what the event store got over by itself
 * @throws InvalidConfig, StartRefused, RelayRefused
 */
export function openPorts(config: Config, troubled: (error: unknown) => void): Promise<RelayPorts> {
  return Closing.onFailure(async (closing) => {
    const store = await openStore(config, troubled);
    closing.add(() => store.close());
    await openedFrom('NACHWEIS_EVENT_STORE', () => requireOrigin(store, config.relayLog, config.origin));
    const keyed = await openRoute(config, config.relayLog, closing);
    const stream = await openRecordStream(config, `nachweis-relay-${config.relayLog}`);
    closing.add(() => stream.close());
    return { store, stream, ...keyed, close: () => closing.close() };
  });
}

function openStore(config: Config, onTrouble: (error: unknown) => void): Promise<EventStoreDbEventStore> {
  const access = eventStoreAccess(config);
  return openedFrom('NACHWEIS_EVENT_STORE', () => EventStoreDbEventStore.open({ ...access, onTrouble }));
}

/** The registry needs neither vault nor key: its relay is not given them. */
async function openRoute(config: Config, log: LogName, closing: Closing): Promise<Pick<RelayPorts, 'route' | 'mac'>> {
  if (log === 'registry') return { route: registryRoute, mac: null };
  const { origin, data, keys = join(data, 'keys'), vaultPasswordFile: passwordFile, statementTimeout } = config;
  const key = await openedFrom('NACHWEIS_KEYS', () => partitionKey(join(keys, partitionKeyFile)));
  const url = required('NACHWEIS_VAULT', config.vault);
  const places = await openedFrom('NACHWEIS_VAULT', () =>
    PostgresPlaces.open({
      url,
      origin,
      statementTimeout,
      connections,
      ...(passwordFile !== undefined && { passwordFile }),
    }),
  );
  closing.add(() => places.close());
  return { route: exchangeRoute(places, key), mac: new LeafMac(key) };
}

/** Made at the first start; never changed after it, see {@link exchangeRoute}. */
const partitionKey = (file: string): Buffer => parsePartitionKey(secretFrom(file, freshPartitionKey));
