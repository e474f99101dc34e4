import { entryId, treeSize, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { RegistryHistory } from '../../registry/registry-history.js';
import { projected, type Projected } from '../../testing/projected.js';
import { clinic, exchangeOf, police, school, uuidOf, youthOffice } from '../../testing/recorded-log.js';
import { requested } from '../../testing/stories.js';
import { ask, competentFor, own, type Ask } from '../testing/ask.js';
import { v0 } from './v00-today.js';
import { v2 } from './v02-deadlines.js';

const moment = (day: string): Instant => `${day}T08:00:00.000Z` as Instant;

/** A registry log: what was recorded on which day. */
function registryOf(...entries: readonly (readonly [day: string, type: string, data: JsonObject])[]) {
  const history = new RegistryHistory();
  history.add(
    entries.map(([day, type, data]) => ({
      id: entryId(uuidOf(`${type} of ${day}`)),
      issuer: clinic,
      recordedAt: moment(day),
      type,
      data,
    })),
  );
  return history.at(treeSize(entries.length));
}

const version = (number: number, reviewDue: string, parties: readonly AgencyId[] = [clinic, police]): JsonObject => ({
  agreement: 'exit-network',
  version: number,
  parties,
  reviewDue,
});
const adopted = ['2026-03-02', 'AgreementAdopted', version(1, '2026-06-01')] as const;
const amended = ['2026-05-04', 'AgreementAmended', version(2, '2026-09-01')] as const;

async function reviews(world: Projected, asks: Ask, scope = own(police)) {
  const filter = [{ column: 'rule', is: 'equal', value: 'AGR-01' } as const];
  return (await ask(world.views, v2, scope, { filter, ...asks })).rows.map(({ cells }) => [
    cells['due'],
    cells['state'],
  ]);
}

describe('What is owed by what the registry says', () => {
  it('stands among the deadlines at once, although nothing was recorded since', async () => {
    await using world = await projected();
    const asks = { registry: registryOf(adopted), now: moment('2026-05-01') };
    for (const scope of [own(police), own(clinic), competentFor(clinic)]) {
      expect(await reviews(world, asks, scope)).toEqual([['2026-06-01T21:59:59.999Z', 'running']]);
    }
    expect(await reviews(world, asks, own(school))).toEqual([]);
    expect(await reviews(world, { ...asks, now: moment('2026-06-02') })).toEqual([
      ['2026-06-01T21:59:59.999Z', 'overdue'],
    ]);
  });

  it('is done at once, too', async () => {
    await using world = await projected();
    const asks = { registry: registryOf(adopted, amended), now: moment('2026-06-02') };
    expect(await reviews(world, asks)).toEqual([['2026-09-01T21:59:59.999Z', 'running']]);
  });

  it('is shown as it stood at an earlier moment', async () => {
    await using world = await projected();
    const asks = { registry: registryOf(adopted, amended), now: moment('2026-06-02') };
    expect(await reviews(world, { ...asks, asOf: moment('2026-04-01') })).toEqual([
      ['2026-06-01T21:59:59.999Z', 'running'],
    ]);
    expect(await reviews(world, { ...asks, asOf: moment('2026-03-01') })).toEqual([]);
  });

  it('is found today as soon as it is due within two weeks', async () => {
    await using world = await projected();
    const today = async (day: string) =>
      (await ask(world.views, v0, own(police), { registry: registryOf(adopted), now: moment(day) })).rows.map(
        ({ cells: { rule, urgency } }) => [rule, urgency],
      );
    expect(await today('2026-05-10')).toEqual([]);
    expect(await today('2026-05-20')).toEqual([['AGR-01', 'due']]);
    expect(await today('2026-06-02')).toEqual([['AGR-01', 'overdue']]);
  });

  it.each(['ascending', 'descending'] as const)('stands between the others, page by page, %s', async (direction) => {
    await using world = await projected();
    await world.tell(requested(youthOffice, police, exchangeOf('first')), {
      ...requested(youthOffice, police, exchangeOf('second')),
      hour: 24 * 7,
    });
    const asks = { registry: registryOf(['2026-03-02', 'AgreementAdopted', version(1, '2026-03-05')]) };
    const now = moment('2026-03-03');
    for (const by of ['due', 'rule']) {
      const sort = { by, direction };
      const { rows } = await ask(world.views, v2, own(police), { ...asks, now, sort });
      expect(rows.map(({ cells }) => String(cells['rule'])).sort()).toEqual([
        'AGR-01',
        'REQ-01',
        'REQ-01',
        'REQ-02',
        'REQ-02',
      ]);
      const paged: string[] = [];
      for (let after: Ask['after'] = null; ;) {
        const page = await ask(world.views, v2, own(police), { ...asks, now, sort, after, limit: 2 });
        paged.push(...page.rows.map(({ key }) => key));
        if (page.next === null) break;
        after = page.next;
      }
      expect(paged).toEqual(rows.map(({ key }) => key));
    }
  });
});
