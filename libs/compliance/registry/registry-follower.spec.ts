import { StoreUnavailable, type EventStore } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { entryId, treeSize, type Instant } from '#kernel';
import { encodeRegistryLeaf } from '#statement';
import { clinic, police, uuidOf } from '../testing/recorded-log.js';
import { RegistryFollower } from './registry-follower.js';

const leaf = (place: number): Buffer =>
  encodeRegistryLeaf({
    recordedAt: '2026-01-05T09:00:00.000Z' as Instant,
    statement: {
      iss: police,
      jti: entryId(uuidOf(`registry ${place}`)),
      type: 'AgencyAdmitted',
      dataVersion: 1,
      data: { agency: clinic, kind: `kind-${place}`, admittedFrom: '2026-01-01T00:00:00.000Z' },
    },
  });

async function storeOf(size: number): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  for (let place = 0; place < size; place += 1) await store.append('registry', treeSize(place), [leaf(place)]);
  return store;
}

const kindAt = async (follower: RegistryFollower, size: number): Promise<string | null> =>
  (await follower.registryAt(treeSize(size))).registry.kindOf(clinic);

describe('whoever follows the registry', () => {
  it('knows it as it was at any size, asked in any order and at once, also of what comes later', async () => {
    const store = await storeOf(3);
    const follower = new RegistryFollower(store);
    expect(await Promise.all([2, 0, 3, 1].map((size) => kindAt(follower, size)))).toEqual([
      'kind-1',
      null,
      'kind-2',
      'kind-0',
    ]);
    await store.append('registry', treeSize(3), [leaf(3)]);
    expect(await kindAt(follower, 4)).toBe('kind-3');
  });

  it('is told when it is not that long', async () => {
    await expect(new RegistryFollower(await storeOf(1)).registryAt(treeSize(2))).rejects.toThrow(RangeError);
  });

  it('goes on after the store was away', async () => {
    const store = await storeOf(1);
    let failures = 1;
    const failing: Pick<EventStore, 'read'> = {
      async read(...asked) {
        if (failures-- > 0) throw new StoreUnavailable('away');
        return store.read(...asked);
      },
    };
    const follower = new RegistryFollower(failing);
    await expect(follower.registryAt(treeSize(1))).rejects.toThrow(StoreUnavailable);
    expect(await kindAt(follower, 1)).toBe('kind-0');
  });
});
