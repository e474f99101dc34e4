import type { Instant } from '#kernel';
import { exchangeOf, hoursAfter, police, school, youthOffice, type Told } from '../../testing/recorded-log.js';
import { projected, type Projected } from '../../testing/projected.js';
import { disclosed, feedbackGiven, invalidated } from '../../testing/stories.js';
import { ask, competentFor, own, type Ask } from '../testing/ask.js';
import { v4 } from './v04-flows.js';

const [first, second, third] = [exchangeOf('first'), exchangeOf('second'), exchangeOf('third')];
const family = { items: [{ dataCategory: 'family' }, { dataCategory: 'family', specialCategory: true }] };

async function told(...story: readonly Told[]): Promise<Projected> {
  const world = await projected();
  await world.tell(...story);
  return world;
}

async function cellsOf(world: Projected, scope = own(police), asks: Ask = {}) {
  return (await ask(world.views, v4, scope, asks)).rows.map(({ cells }) => cells);
}

const inPeriod = (is: 'from' | 'before' | 'upTo', hour: number): Ask => ({
  filter: [{ column: 'disclosedAt', is, value: hoursAfter(hour) }],
});

describe('V4: what flows between agencies', () => {
  it('counts disclosures, items and special ones by sender, recipient and category, and what came back', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], first, family),
      { ...disclosed(police, [youthOffice], second, family), hour: 5 },
      disclosed(youthOffice, [police], third, family),
    );
    const counted = { category: 'family', withoutFeedback: 0 };
    const [one, other] = await cellsOf(world);
    expect(one).toEqual({
      ...counted,
      from: police,
      to: youthOffice,
      disclosures: 2,
      items: 4,
      special: 2,
      returned: 1,
      withoutFeedback: 2,
      disclosedAt: hoursAfter(5),
    });
    expect(other).toMatchObject({ from: youthOffice, to: police, disclosures: 1, returned: 2, withoutFeedback: 1 });
  });

  it('owes no feedback where it was given, and none for what was taken back', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], first, family),
      disclosed(police, [youthOffice], second, family),
      disclosed(police, [youthOffice], third, family),
      feedbackGiven(youthOffice, first, { feedback: 'used' }),
      invalidated(police, second),
    );
    expect(await cellsOf(world)).toMatchObject([{ disclosures: 3, withoutFeedback: 1 }]);
  });

  it('counts what was disclosed in a period', async () => {
    await using world = await told(disclosed(police, [youthOffice], first, family), {
      ...disclosed(police, [youthOffice], second, family),
      hour: 24,
    });
    expect(await cellsOf(world, own(police), inPeriod('before', 24))).toMatchObject([
      { disclosures: 1, disclosedAt: hoursAfter(0) },
    ]);
    expect(await cellsOf(world, own(police), inPeriod('upTo', 24))).toMatchObject([{ disclosures: 2 }]);
    expect(await cellsOf(world, own(police), inPeriod('from', 24))).toMatchObject([{ disclosures: 1 }]);
    expect(await cellsOf(world, own(police), inPeriod('from', 25))).toEqual([]);
  });

  it('leaves open what is missing', async () => {
    const missing = { missing: 'unknown' };
    await using world = await told(disclosed(police, [], first, { recipients: missing, items: missing }));
    expect(await cellsOf(world)).toMatchObject([{ to: null, category: null, items: 0, withoutFeedback: 0 }]);
  });

  it('shows an agency its own flows, and a supervisor those of its agencies with what they hide from others', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], first, family),
      disclosed(police, [youthOffice], second, { ...family, visibility: 'restricted' }),
    );
    expect(await cellsOf(world)).toMatchObject([{ disclosures: 2 }]);
    expect(await cellsOf(world, own(youthOffice))).toMatchObject([{ disclosures: 1 }]);
    expect(await cellsOf(world, own(school))).toEqual([]);
    expect(await cellsOf(world, competentFor(police))).toMatchObject([{ disclosures: 2 }]);
    expect(await cellsOf(world, competentFor(youthOffice))).toEqual([]);
  });

  it('counts what is deferred until a day for others once the day is over', async () => {
    const untilTheSecond = { visibility: 'deferred-until', hiddenUntil: '2026-03-02' };
    await using world = await told(
      disclosed(police, [youthOffice], first, { ...family, ...untilTheSecond }),
      disclosed(youthOffice, [police], second, family),
      feedbackGiven(police, second, untilTheSecond),
    );
    const counted = async (now: string) =>
      (await cellsOf(world, own(youthOffice), { now: now as Instant })).map(({ from, returned, withoutFeedback }) => [
        from,
        returned,
        withoutFeedback,
      ]);
    expect(await counted('2026-03-02T22:59:59.999Z')).toEqual([[youthOffice, 0, 1]]);
    expect(await counted('2026-03-02T23:00:00.000Z')).toEqual([
      [police, 1, 1],
      [youthOffice, 1, 0],
    ]);
  });

  it('counts feedback that is kept from others for who gave it alone', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], first, family),
      feedbackGiven(youthOffice, first, { visibility: 'restricted' }),
    );
    const lacking = async (scope = own(police)) =>
      (await cellsOf(world, scope)).map(({ withoutFeedback }) => withoutFeedback);
    expect(await lacking()).toEqual([1]);
    expect(await lacking(own(youthOffice))).toEqual([0]);
    expect(await lacking(competentFor(police))).toEqual([1]);
    expect(await lacking(competentFor(police, youthOffice))).toEqual([0]);
  });

  it('counts what came before its disclosure was recorded, and no longer what was erased of it', async () => {
    await using world = await projected();
    const [feedback] = await world.tell(
      feedbackGiven(youthOffice, first),
      disclosed(police, [youthOffice], first, family),
    );
    expect(await cellsOf(world)).toMatchObject([{ withoutFeedback: 0 }]);
    await world.projector.erase(feedback === undefined ? [] : [feedback]);
    expect(await cellsOf(world)).toMatchObject([{ withoutFeedback: 1 }]);
  });

  it('counts nothing of what was erased', async () => {
    await using world = await projected();
    const ids = await world.tell(disclosed(police, [youthOffice], first, family));
    await world.projector.erase(ids);
    expect(await cellsOf(world)).toEqual([]);
  });

  it('knows bodies only: no column names staff, and none is a target', () => {
    expect(Object.keys(v4.columns).filter((name) => /staff|actor|person|ratio|target/i.test(name))).toEqual([]);
  });
});
