import type { EntryId } from '#kernel';
import type { PostgresAddress } from '#postgres';
import type { Place, Vault } from '../vault.js';
import { placesOf } from './block-reader.js';
import type { VaultDatabase } from './database.js';
import { blocksIn } from './identity.js';
import { databaseAt, type PostgresLimits } from './opening.js';

/** All the relay may know of a vault: under which exchange an entry was stored. Has no key and reads no ciphertext. */
export class PostgresPlaces implements Pick<Vault, 'exchangesOf' | 'close'> {
  private constructor(private readonly blocks: VaultDatabase) {}

  /**
   * @param address of the blocks, with a user that is a member of `nachweis_vault_places`
   * @throws VaultRefused
   */
  static async open(address: PostgresAddress & PostgresLimits & { readonly origin: string }): Promise<PostgresPlaces> {
    const blocks = databaseAt(address, address);
    try {
      await blocksIn(blocks, address.origin);
      return new PostgresPlaces(blocks);
    } catch (error) {
      await blocks.close();
      throw error;
    }
  }

  async exchangesOf(ids: readonly EntryId[]): Promise<ReadonlyMap<EntryId, readonly Place[]>> {
    return placesOf(this.blocks, ids);
  }

  async close(): Promise<void> {
    await this.blocks.close();
  }
}
