import { BlockTables, isLive } from './block-tables.js';
import { sharing } from './layout.js';
import type { FoundVault } from './opening.js';

const chunk = 5_000;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * Finishes erasures that a restored copy does not know of: whatever was destroyed once stays so, be the blocks or the
 * keys the older copy. Looks at every key ever destroyed, which takes milliseconds for a thousand.
 */
export async function eraseRestored({ blocks, keys }: FoundVault): Promise<void> {
  await keys.destroyAgain();
  for (let after = beforeAll; ;) {
    const destroyed = await keys.destroyedAfter(after, chunk);
    const last = destroyed.at(-1);
    if (last === undefined) return;
    const stored = await new BlockTables(blocks).storedUnder(destroyed);
    if (stored.length > 0) {
      await blocks.transaction(sharing, (session) => erase(new BlockTables(session), stored, new Set(destroyed)));
    }
    after = last;
  }
}

async function erase(tables: BlockTables, stored: readonly number[], destroyed: ReadonlySet<string>): Promise<void> {
  await tables.lock(stored);
  const live = (await tables.ofStored(stored)).filter(isLive);
  const erased = live.filter(({ key }) => destroyed.has(key));
  if (erased.length === 0) return;
  await tables.erase(erased);
  const readable = new Set(live.filter((row) => !destroyed.has(row.key)).map((row) => row.stored));
  const unfindable = erased.filter((row) => row.block === 'people' || !readable.has(row.stored));
  await tables.removeTokens([...new Set(unfindable.map((row) => row.stored))]);
}
