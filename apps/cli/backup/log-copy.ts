import { DatabaseSync } from 'node:sqlite';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';

/** The log of an embedded ledger, to be read only: nothing can be appended to what is opened here. */
export const openLogFile = (file: string): EventStore =>
  new SqliteEventStore(new DatabaseSync(file, { readOnly: true }));
