import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openedFrom, required, type Config } from '#platform';
import type { Vault } from '#vault';
import { PostgresVault } from '#vault/postgres';
import { SqliteVault } from '#vault/sqlite';

/** The two ends of a migration of the vault. */
export interface MigrationVaults {
  readonly from: Vault;
  readonly to: Vault;
  close(): Promise<void>;
}

/**
 * Opens the vault of a stopped embedded ledger, and the one in PostgreSQL it goes to.
 *
 * @param origin the embedded ledger's, fixed at its first start
 * @throws InvalidConfig when half of it is configured
 * @throws StartRefused naming the setting whose vault cannot be used
 */
export async function openVaults(config: Config, origin: string): Promise<MigrationVaults> {
  const blocks = required('NACHWEIS_VAULT', config.vault);
  const keys = required('NACHWEIS_VAULT_KEYS', config.vaultKeys);
  const to = await openedFrom('NACHWEIS_VAULT, NACHWEIS_VAULT_KEYS', () =>
    PostgresVault.open({
      blocks: { url: blocks, passwordFile: config.vaultPasswordFile },
      keys: { url: keys, passwordFile: config.vaultKeysPasswordFile },
      keyFile: join(config.keys ?? join(config.data, 'keys'), keyName),
      origin,
    }),
  );
  try {
    const keyFile = [join(config.data, 'keys', keyName), ...(config.keys ? [join(config.keys, keyName)] : [])];
    const from = await openedFrom('NACHWEIS_DATA', () =>
      SqliteVault.open({ directory: config.data, keyFile: keyFile.find((file) => existsSync(file)) ?? keyName }),
    );
    const close = async (): Promise<void> => void (await Promise.all([from.close(), to.close()]));
    return { from, to, close };
  } catch (error) {
    await to.close();
    throw error;
  }
}

const keyName = 'vault.key';
