import type { EntryId } from '#kernel';
import type { BlockName } from '#statement';
import { VaultDamaged, VaultUnavailable, type OpenedBlock, type Vault } from '#vault';
import { secondLook } from './second-look.js';

const id = '0195b000-0000-7000-8000-000000000001' as EntryId;
const erased: OpenedBlock = { block: 'terms', retention: 'record', digest: 'a digest', erased: true };
const damage = new VaultDamaged(id, 'terms');

/** A vault that fails as told before it answers. */
function failing(...failures: Error[]) {
  const asked: unknown[] = [];
  const vault: Pick<Vault, 'open'> = {
    async open(ids: readonly EntryId[], only?: readonly BlockName[]) {
      asked.push([ids, only]);
      const failure = failures.shift();
      if (failure) throw failure;
      return new Map([[id, [erased]]]);
    },
  };
  return { asked, open: () => secondLook(vault).open([id], ['terms']) };
}

describe('a second look into the vault', () => {
  it('finds that what looked damaged was being erased, asking for the same', async () => {
    const { open, asked } = failing(damage);
    expect(await open()).toEqual(new Map([[id, [erased]]]));
    expect(asked).toEqual([
      [[id], ['terms']],
      [[id], ['terms']],
    ]);
  });

  it('is not taken when the first one was enough', async () => {
    const { open, asked } = failing();
    await open();
    expect(asked).toHaveLength(1);
  });

  it('does not hide what is damaged', async () => {
    await expect(failing(damage, damage).open()).rejects.toBe(damage);
  });

  it('is not taken into a vault that does not answer', async () => {
    const { open, asked } = failing(new VaultUnavailable('away'));
    await expect(open()).rejects.toThrow(VaultUnavailable);
    expect(asked).toHaveLength(1);
  });
});
