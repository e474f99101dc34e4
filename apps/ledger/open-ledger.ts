import type { Clock } from '#kernel';
import { InvalidConfig, type Config } from '#platform';
import type { StartReport } from './assembly.js';
import { openEmbeddedLedger } from './embedded-ledger.js';
import type { Ledger } from './ledger.js';

/**
 * Opens the profile that is configured: the cluster where an event store is named, else the embedded one.
 *
 * @throws InvalidConfig when half of a cluster is configured
 */
export async function openLedger(config: Config, clock: Clock, report: StartReport): Promise<Ledger> {
  if (config.eventStore !== undefined) {
    // Loaded when it is needed: the embedded profile starts faster and smaller without the clients of three servers.
    const { openClusterLedger } = await import('./cluster-ledger.js');
    return openClusterLedger(config, clock, report);
  }
  const { vault, vaultKeys, views } = config;
  if (vault !== undefined || vaultKeys !== undefined || views !== undefined) {
    throw new InvalidConfig([
      'NACHWEIS_EVENT_STORE is needed beside NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS, NACHWEIS_VIEWS',
    ]);
  }
  return openEmbeddedLedger(config, clock, report);
}
