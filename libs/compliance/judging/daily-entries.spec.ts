import type { AgencyId, EntryId } from '#kernel';
import { projected as projectedHere, type Projected } from '../testing/projected.js';
import { clinic, exchangeOf, police, type Told } from '../testing/recorded-log.js';
import { disclosed } from '../testing/stories.js';
import { judgements } from './judgements.js';

const projections = [judgements];

/** A disclosure whose justification is kept as a log. It began on 1 March 2026 at nine, in Berlin. */
const justified = (agency: AgencyId, hour: number, terms = {}): Told => ({
  ...disclosed(agency, [], exchangeOf(`${agency} ${hour}`), { present: ['justification'], ...terms }),
  hour,
});

const owed = async ({ views }: Projected) =>
  (
    await views.database
      .selectFrom('judgement')
      .select('entry_id')
      .where('rule', '=', 'RET-01')
      .orderBy('due')
      .execute()
  ).map(({ entry_id }) => entry_id);

const inMatters = async ({ views }: Projected) =>
  (await views.database.selectFrom('matter').select('entry_index').where('kind', '=', 'agency').execute()).length;

async function erase(world: Projected, entry: EntryId | undefined): Promise<void> {
  if (entry === undefined) throw new RangeError('no entry');
  await world.log.vault.destroy({ entry, blocks: ['terms'] });
  await world.projector.erase([entry]);
}

describe('of the logs of a day', () => {
  it('the first entry stands for all, of each agency', async () => {
    await using world = await projectedHere({ projections });
    const ids = await world.tell(
      justified(police, 0),
      justified(police, 3),
      justified(clinic, 3),
      justified(police, 24),
      justified(police, 25),
    );
    expect(await inMatters(world)).toBe(3);
    expect(new Set(await owed(world))).toEqual(new Set([ids[0], ids[2], ids[3]]));
  });

  it('a day begins at midnight where the agency is', async () => {
    await using world = await projectedHere({ projections });
    // 22:30 and 23:30 UTC: half past eleven at night and half past midnight in Berlin.
    const ids = await world.tell(justified(police, 14.5), justified(police, 15.5));
    expect(await owed(world)).toEqual(ids);
  });

  it('those under another law stand for themselves', async () => {
    await using world = await projectedHere({ projections });
    const ids = await world.tell(justified(police, 0, { regime: 'LED' }), justified(police, 1, { regime: 'GDPR' }));
    expect(new Set(await owed(world))).toEqual(new Set(ids));
  });

  it('the next one takes the place of one that is erased, and nothing that of the last', async () => {
    await using world = await projectedHere({ projections });
    const [first, second, third] = await world.tell(justified(police, 0), justified(police, 1), justified(police, 2));
    await erase(world, second);
    expect(await owed(world)).toEqual([first]);
    await erase(world, first);
    expect(await owed(world)).toEqual([third]);
    await erase(world, third);
    expect(await owed(world)).toEqual([]);
    expect(await inMatters(world)).toBe(0);
  });

  it('one that is recorded after all of the day were erased stands for it', async () => {
    await using world = await projectedHere({ projections });
    const [first] = await world.tell(justified(police, 0));
    await erase(world, first);
    const [second] = await world.tell(justified(police, 1));
    expect(await owed(world)).toEqual([second]);
  });
});
