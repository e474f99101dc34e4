import { setImmediate } from 'node:timers/promises';
import type { EntryId } from '#kernel';
import { blockNames, type BlockName } from '#statement';
import { VaultDamaged, type OpenedBlock, type Vault } from '#vault';

/** What the vault keeps of entries, as far as it can be opened. */
export interface OpenedBlocks {
  readonly blocks: ReadonlyMap<EntryId, readonly OpenedBlock[]>;
  /** entries with a block that was not erased and cannot be opened */
  readonly damaged: ReadonlySet<EntryId>;
}

/** At most so many entries are opened at once: others wait meanwhile, and one that is damaged has all of them asked anew. */
const openedAtOnce = 400;

/** One damaged block must not keep the others from who asks: it is left out, and its entry named. */
export async function openedBlocks(
  vault: Pick<Vault, 'open'>,
  ids: readonly EntryId[],
  only: readonly BlockName[] = blockNames,
): Promise<OpenedBlocks> {
  const blocks = new Map<EntryId, readonly OpenedBlock[]>();
  const damaged = new Set<EntryId>();
  for (let at = 0; at < ids.length; at += openedAtOnce) {
    if (at > 0) await setImmediate();
    const some = ids.slice(at, at + openedAtOnce);
    const opened = await openedOf(vault, some, only);
    for (const [id, all] of opened ?? []) blocks.set(id, all);
    if (opened !== null) continue;
    for (const [id, block] of some.flatMap((id) => only.map((block) => [id, block] as const))) {
      const one = await openedOf(vault, [id], [block]);
      const found = one?.get(id) ?? [];
      if (one === null) damaged.add(id);
      if (found.length > 0) blocks.set(id, [...(blocks.get(id) ?? []), ...found]);
    }
  }
  return { blocks, damaged };
}

/** @returns null where one of them is damaged */
async function openedOf(vault: Pick<Vault, 'open'>, ids: readonly EntryId[], only: readonly BlockName[]) {
  try {
    return await vault.open(ids, only);
  } catch (error) {
    if (error instanceof VaultDamaged) return null;
    throw error;
  }
}
