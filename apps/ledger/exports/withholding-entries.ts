import type { EntryId } from '#kernel';
import type { Vault } from '#vault';
import { openedBlocks } from '../trails/opened-blocks.js';

/**
 * Which entries hold a block of reasons kept from the person concerned, erased or not: whoever is handed such an entry
 * counts one commitment more than it has open blocks. One that cannot be opened is there as well.
 */
export async function withholdingEntries(
  vault: Pick<Vault, 'open'>,
  ids: readonly EntryId[],
): Promise<ReadonlySet<EntryId>> {
  const { blocks, damaged } = await openedBlocks(vault, ids, ['withheld']);
  return new Set([...blocks.keys(), ...damaged]);
}
