import type { EntryId, ExchangeId } from '#kernel';
import type { BlockName } from '#statement';
import { VaultDamaged, VaultUnavailable, type OpenedBlock, type Vault } from '#vault';
import { secondLook } from './second-look.js';

const id = '0195b000-0000-7000-8000-000000000001' as EntryId;
const erased: OpenedBlock = { block: 'terms', retention: 'record', digest: 'a digest', erased: true };
const exchange = '0195b000-0000-7000-8000-0000000000aa' as ExchangeId;
const damage = new VaultDamaged(id, 'terms');

/** A vault that fails as told before it answers. */
function failing(...failures: Error[]) {
  const asked: unknown[] = [];
  const vault: Pick<Vault, 'open' | 'exchangesOf'> = {
    async open(ids: readonly EntryId[], only?: readonly BlockName[]) {
      asked.push([ids, only]);
      const failure = failures.shift();
      if (failure) throw failure;
      return new Map([[id, [erased]]]);
    },
    exchangesOf: async (ids) => new Map(ids.map((one) => [one, [{ digests: ['a digest'], exchange }]])),
  };
  const looking = secondLook(vault);
  return { asked, open: () => looking.open([id], ['terms']), places: () => looking.exchangesOf([id]) };
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

  it('is not needed to tell where an entry stood: that is erased with nothing', async () => {
    expect(await failing(damage).places()).toEqual(new Map([[id, [{ digests: ['a digest'], exchange }]]]));
  });

  it('is not taken into a vault that does not answer', async () => {
    const { open, asked } = failing(new VaultUnavailable('away'));
    await expect(open()).rejects.toThrow(VaultUnavailable);
    expect(asked).toHaveLength(1);
  });
});
