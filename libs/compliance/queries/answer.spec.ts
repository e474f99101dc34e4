import { findAccesses } from './find-accesses.js';
import { findDisclosures } from './find-disclosures.js';
import { onEveryDatabase } from '../testing/on-every-database.js';
import type { Projected } from '../testing/projected.js';
import { clinic, hoursAfter } from '../testing/recorded-log.js';
import { story } from '../testing/stories.js';

const now = hoursAfter(1_000);
const scope = { kind: 'agency', agency: clinic } as const;

onEveryDatabase(({ projected }) => {
  const putAside = async ({ views }: Projected, name: string, ...indexes: readonly number[]): Promise<void> => {
    const rows = indexes.map((entry_index) => ({ name, entry_index, partition: 0, failure: 'TypeError' }));
    await views.database.insertInto('quarantined_entry').values(rows).execute();
  };
  const complete = async ({ reader }: Projected): Promise<readonly number[]> => {
    const disclosures = await findDisclosures(reader.database, scope, now, {}, { limit: 10 });
    const accesses = await findAccesses(reader.database, scope, now, { limit: 10 });
    return [disclosures.completeUpTo, accesses.completeUpTo];
  };

  it('an answer is complete only up to the first entry that one of its views put aside', async () => {
    await using world = await projected();
    await world.tell(...story);
    expect(await complete(world)).toEqual([5, 5]);
    await putAside(world, 'disclosures', 4, 2, 3);
    expect(await complete(world)).toEqual([2, 5]);
    await putAside(world, 'accesses', 0);
    expect(await complete(world)).toEqual([2, 0]);
  });
});
