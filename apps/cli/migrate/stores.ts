import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventStore } from '#event-store';
import { EventStoreDbEventStore } from '#event-store/eventstoredb';
import { SqliteEventStore } from '#event-store/sqlite';
import type { Config } from '#platform';
import { WrongUse } from '../wrong-use.js';
import { holdStoppedLedger } from './stopped-ledger.js';

/** The two ends of a migration of the log. */
export interface MigrationStores {
  readonly from: EventStore;
  readonly to: EventStore;
  close(): Promise<void>;
}

/**
 * Opens the log of a stopped embedded ledger, to be read only, and the event store it goes to.
 *
 * @throws WrongUse when no ledger is there, one runs, or no event store is configured
 * @throws StoreRefused when the event store cannot be used
 */
export async function openMigration(config: Config): Promise<MigrationStores> {
  if (config.eventStore === undefined) throw new WrongUse('NACHWEIS_EVENT_STORE names no event store to migrate to');
  const release = holdStoppedLedger(config.data);
  try {
    const to = await openEventStore(config, config.eventStore);
    const from = new SqliteEventStore(new DatabaseSync(join(config.data, 'log.sqlite'), { readOnly: true }));
    const close = async (): Promise<void> => {
      await from.close();
      await to.close();
      release();
    };
    return { from, to, close };
  } catch (error) {
    release();
    throw error;
  }
}

/** Milliseconds in which a server must be found: somebody sits before the terminal. */
const patience = 5_000;

/** @throws StoreRefused */
export function openEventStore(config: Config, url: string): Promise<EventStore> {
  const { eventStoreUser: username, eventStorePasswordFile: passwordFile, eventStorePrefix: prefix } = config;
  return EventStoreDbEventStore.open({
    url,
    prefix,
    patience,
    ...(username !== undefined && { username }),
    ...(passwordFile !== undefined && { passwordFile }),
  });
}
