import { entryId, type EntryId } from '#kernel';
import { VaultDamaged, type OpenedBlock } from '#vault';
import { openedBlocks } from './opened-blocks.js';

const [whole, broken] = [1, 2].map((n) => entryId(`0195a6f0-0001-7000-8000-00000000000${n}`)) as [EntryId, EntryId];
const blockOf = (block: 'terms' | 'staff'): OpenedBlock => ({ block, retention: 'record', digest: block, encoded: '' });

test('a damaged block keeps neither the others of its entry from who asks, nor those of other entries', async () => {
  const { blocks, damaged } = await openedBlocks(
    {
      async open(ids, only = ['terms', 'staff']) {
        if (only.includes('staff') && ids.includes(broken)) throw new VaultDamaged(broken, 'staff');
        const kept = [blockOf('terms'), blockOf('staff')].filter(({ block }) => only.includes(block));
        return new Map(kept.length === 0 ? [] : ids.map((id) => [id, kept]));
      },
    },
    [whole, broken],
  );
  expect(blocks).toEqual(
    new Map([
      [whole, [blockOf('terms'), blockOf('staff')]],
      [broken, [blockOf('terms')]],
    ]),
  );
  expect(damaged).toEqual(new Set([broken]));
});

test('what else goes wrong is not taken for damage', async () => {
  const open = async () => Promise.reject(new Error('no vault'));
  await expect(openedBlocks({ open }, [whole])).rejects.toThrow('no vault');
});
