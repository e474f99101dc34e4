import type { EntryId } from '#kernel';
import { VaultDamaged, type Vault } from '#vault';

/**
 * Which entries hold a block of reasons kept from the person concerned, erased or not: whoever is handed such an entry
 * counts one commitment more than it has open blocks. One that cannot be opened is there as well.
 */
export async function withholdingEntries(
  vault: Pick<Vault, 'open'>,
  ids: readonly EntryId[],
): Promise<ReadonlySet<EntryId>> {
  const found = new Set<EntryId>();
  for (let left = ids; left.length > 0;) {
    const damaged = await opened(vault, left, found);
    if (damaged !== null) found.add(damaged);
    left = damaged === null ? [] : left.filter((id) => id !== damaged);
  }
  return found;
}

/** @returns what could not be opened */
async function opened(vault: Pick<Vault, 'open'>, ids: readonly EntryId[], found: Set<EntryId>) {
  try {
    for (const id of (await vault.open(ids, ['withheld'])).keys()) found.add(id);
    return null;
  } catch (error) {
    if (error instanceof VaultDamaged) return error.entry;
    throw error;
  }
}
