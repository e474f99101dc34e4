import { leafIndex } from '#kernel';
import type { StreamName } from '../event-store.js';
import type { Connection } from './connection.js';
import { failureOf, propertyOf, streamDeleted } from './failures.js';
import { recordFrom } from './stored-event.js';
import { StoreRefused } from '../store-refused.js';

/**
 * Looks whether a stream is the ledger's own and whole, as far as its ends and its settings tell.
 *
 * @throws StoreRefused `truncated`, `deleted`, `foreign` or `changed`
 */
export async function checkStream(connection: Connection, stream: StreamName, name: string): Promise<void> {
  try {
    await checkSettings(connection, name);
    const [first] = await connection.read(name, 0, 1);
    if (first === undefined) return;
    recordFrom(first, { stream, name, index: leafIndex(0) });
    const last = await connection.last(name);
    if (last === undefined) throw streamDeleted(name);
    recordFrom(last, { stream, name, index: leafIndex(Number(last.event?.revision ?? 0n)) });
  } catch (error) {
    if (failureOf(error) === 'deleted') throw streamDeleted(name, error);
    throw error;
  }
}

/** Settings of a stream, kept in a stream of their own, can hide its records at once or later. */
async function checkSettings(connection: Connection, name: string): Promise<void> {
  const settings = (await connection.last(`$$${name}`))?.event?.data;
  for (const setting of ['$tb', '$maxCount', '$maxAge']) {
    const value = propertyOf(settings, setting);
    if (setting === '$tb' && Number(value) > Number.MAX_SAFE_INTEGER) throw streamDeleted(name);
    if (value !== undefined)
      throw new StoreRefused(
        'truncated',
        `stream ${name} of the event store is cut: its ${setting} is ${JSON.stringify(value)}`,
      );
  }
}
