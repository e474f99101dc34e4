import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresAddress } from '#postgres';
import { migrateVault, type PostgresVaultPlace } from '#vault/postgres';
import { postgresPassword, PostgresServer, type PostgresOptions } from '../../../test/support/postgres-server.js';

export const origin = 'ledger.example/nachweis';

/** Users as an operator would make them: one for each process, in the groups it needs. */
const users = {
  ledger: ['nachweis_vault_writer', 'nachweis_keys_writer'],
  projector: ['nachweis_vault_reader', 'nachweis_keys_reader'],
  relay: ['nachweis_vault_places'],
} as const;

export type User = keyof typeof users;

/** A real server with a vault on it: blocks in one database, keys in another. */
export class VaultServer {
  readonly #directory = mkdtempSync(join(tmpdir(), 'vault-'));
  readonly keyFile = join(this.#directory, 'vault.key');

  private constructor(
    readonly postgres: PostgresServer,
    readonly blocks: string,
    readonly keys: string,
  ) {}

  static async start(options?: PostgresOptions): Promise<VaultServer> {
    const postgres = await PostgresServer.start(options);
    const server = new VaultServer(postgres, await postgres.createDatabase(), await postgres.createDatabase());
    await migrateVault({ ...server.place('postgres'), origin });
    for (const [user, groups] of Object.entries(users)) {
      await postgres.run(
        'postgres',
        `CREATE ROLE ${user} LOGIN PASSWORD '${postgresPassword}' IN ROLE ${groups.join()}`,
      );
    }
    return server;
  }

  address(database: string, user: string): PostgresAddress {
    return { url: `postgres://${user}@127.0.0.1:${this.postgres.port}/${database}`, password: postgresPassword };
  }

  place(user: User | 'postgres' = 'ledger'): PostgresVaultPlace {
    const { keyFile } = this;
    return { blocks: this.address(this.blocks, user), keys: this.address(this.keys, user), keyFile, origin };
  }

  /** As if it had just been made. */
  async empty(): Promise<void> {
    await this.postgres.run(
      this.blocks,
      `TRUNCATE nachweis_vault.stored, nachweis_vault.blocks, nachweis_vault.tokens, nachweis_vault.doomed;
       UPDATE nachweis_vault.vault SET swept = 0; ALTER SEQUENCE nachweis_vault.stored_id RESTART`,
    );
    await this.postgres.run(
      this.keys,
      `TRUNCATE nachweis_keys.data_keys, nachweis_keys.index_keys, nachweis_keys.destroyed RESTART IDENTITY;
       UPDATE nachweis_keys.vault SET swept = 0`,
    );
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
    rmSync(this.#directory, { recursive: true });
  }
}
