import type { TreeSize } from '#kernel';
import type { Config } from '#platform';

/**
 * How many leaves the views can have folded at most.
 *
 * @returns null where no event store is configured
 * @throws StoreRefused, StoreUnavailable
 */
export async function logSize(config: Config): Promise<TreeSize | null> {
  if (config.eventStore === undefined) return null;
  const { openEventStore } = await import('../migrate/stores.js');
  const store = await openEventStore(config, config.eventStore);
  try {
    return await store.size('entries');
  } finally {
    await store.close();
  }
}
