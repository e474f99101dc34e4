import { exchangeOf, hoursAfter, police, school, youthOffice, type Told } from '../../testing/recorded-log.js';
import { projected, type Projected } from '../../testing/projected.js';
import { disclosed, disclosureOf } from '../../testing/stories.js';
import { ask, competentFor, own, type Ask } from '../testing/ask.js';
import { v18 } from './v18-outside-agreement.js';

const [first, second] = [exchangeOf('first'), exchangeOf('second')];

async function told(...story: readonly Told[]): Promise<Projected> {
  const world = await projected();
  await world.tell(...story);
  return world;
}

async function cellsOf(world: Projected, scope = own(police), asks: Ask = {}) {
  return (await ask(world.views, v18, scope, asks)).rows.map(({ cells }) => cells);
}

describe('V18: what no agreement covers', () => {
  it('shows what was passed on to whom, for what, on which basis', async () => {
    const items = [{ dataCategory: 'family' }, { dataCategory: 'health', specialCategory: true }];
    await using world = await told(disclosed(police, [youthOffice], first, { items }));
    expect(await cellsOf(world)).toEqual([
      {
        disclosedAt: hoursAfter(0),
        agency: police,
        recipient: youthOffice,
        purpose: 'exit-support',
        dataCategories: ['family', 'health'],
        special: true,
        legalBasis: 'GDPR-A6-1-e',
        provision: 'SGB X § 69(1) no. 1',
        nearest: null,
        disclosure: disclosureOf(first),
      },
    ]);
  });

  it('shows a line for each recipient, and is filtered by recipient and day, page by page', async () => {
    const later = { ...disclosed(police, [school], second), hour: 48 };
    await using world = await told(disclosed(police, [youthOffice, school], first), later);
    expect((await cellsOf(world)).map(({ recipient }) => recipient)).toEqual([school, youthOffice, school]);
    const asked = async (column: string, is: 'equal' | 'from', value: string) =>
      (await cellsOf(world, own(police), { filter: [{ column, is, value }] })).length;
    expect(await asked('recipient', 'equal', school)).toBe(2);
    expect(await asked('disclosedAt', 'from', hoursAfter(1))).toBe(1);
    const page = await ask(world.views, v18, own(police), { limit: 2 });
    expect(page.rows).toHaveLength(2);
    expect((await ask(world.views, v18, own(police), { limit: 2, after: page.next })).rows).toHaveLength(1);
  });

  it('leaves out what a statute demands', async () => {
    const duty = { legalBasisTransmit: { code: 'GDPR-A6-1-c', provision: 'StGB § 138' } };
    await using world = await told(disclosed(police, [youthOffice], first, duty));
    expect(await cellsOf(world)).toEqual([]);
  });

  it('shows what little is said', async () => {
    const missing = { missing: 'unknown' };
    const bare = { purpose: missing, items: missing, legalBasisTransmit: missing, disclosureId: missing };
    await using world = await told(disclosed(police, [youthOffice], first, bare));
    expect(await cellsOf(world)).toMatchObject([
      { recipient: youthOffice, purpose: null, dataCategories: [], legalBasis: null, disclosure: null },
    ]);
  });

  it('is the view of the sender and its supervisor, who sees what it hides from others, too', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], first),
      disclosed(police, [youthOffice], second, { visibility: 'restricted' }),
    );
    expect(await cellsOf(world)).toHaveLength(2);
    expect(await cellsOf(world, own(youthOffice))).toEqual([]);
    expect(await cellsOf(world, competentFor(police))).toHaveLength(2);
    expect(await cellsOf(world, competentFor(school))).toEqual([]);
  });

  it('shows nothing of what was erased', async () => {
    await using world = await projected();
    const ids = await world.tell(disclosed(police, [youthOffice], first));
    await world.projector.erase(ids);
    expect(await cellsOf(world)).toEqual([]);
  });
});
