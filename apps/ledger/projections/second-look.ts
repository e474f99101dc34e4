import { VaultDamaged, type Vault } from '#vault';

/**
 * Reads a vault whose blocks another connection destroys meanwhile. A block may be erased between the reading of its
 * row and of its key, and then looks damaged: its row says by then that it is erased, so a second look tells.
 */
export const secondLook = (vault: Pick<Vault, 'open' | 'exchangesOf'>): Pick<Vault, 'open' | 'exchangesOf'> => ({
  open: async (ids, only) => {
    try {
      return await vault.open(ids, only);
    } catch (error) {
      if (error instanceof VaultDamaged) return vault.open(ids, only);
      throw error;
    }
  },
  exchangesOf: (ids) => vault.exchangesOf(ids),
});
