import { entryTypes } from '#catalogue';
import { entryId, treeSize, type AgencyId, type Instant } from '#kernel';
import { RegistryHistory } from '../../registry/registry-history.js';
import type { Scope } from '../../scope.js';
import { projected, type Projected } from '../../testing/projected.js';
import {
  clinic,
  exchangeOf,
  hoursAfter,
  police,
  school,
  uuidOf,
  youthOffice,
  type Told,
} from '../../testing/recorded-log.js';
import { decided, disclosed, disclosureOf, received, requested } from '../../testing/stories.js';
import { askView } from '../ask-view.js';
import { competentFor, own, registryOf } from '../testing/ask.js';
import { v21Silent } from './v21-silent-agencies.js';

const [first, second] = [exchangeOf('first'), exchangeOf('second')];
const admittedFrom = '2026-01-01T00:00:00.000Z';

/** A network of these agencies, the last of which is suspended. */
function network(...agencies: readonly AgencyId[]) {
  const history = new RegistryHistory();
  const recorded = (type: string, agency: AgencyId, data: object) => ({
    id: entryId(uuidOf(`${type} ${agency}`)),
    issuer: police,
    recordedAt: admittedFrom as Instant,
    type,
    data: { ...entryTypes.get(type)?.example.data, agency, ...data },
  });
  const suspended = { suspendedFrom: admittedFrom, suspendedUntil: '2027-01-01T00:00:00.000Z' };
  history.add([
    ...agencies.map((agency) => recorded('AgencyAdmitted', agency, { admittedFrom })),
    recorded('AgencySuspended', clinic, suspended),
  ]);
  return history.at(treeSize(agencies.length + 1));
}

async function told(...story: readonly Told[]): Promise<Projected> {
  const world = await projected();
  await world.tell(...story);
  return world;
}

async function cellsOf(world: Projected, scope: Scope, now = hoursAfter(1)) {
  const { rows } = await askView(world.views.database, v21Silent, {
    scope,
    asked: { filter: [], sort: v21Silent.order, after: null, limit: 100 },
    asOf: null,
    now,
    logs: [],
    ...registryOf(network(police, youthOffice, school, clinic)),
  });
  return rows.map(({ cells }) => cells);
}

const none = { admittedFrom, entries: null, asked: 0, sent: 0, receipts: 0 };

describe('V21: agencies of which nothing is heard', () => {
  it('tells an agency what came back to its own disclosures, and nothing else', async () => {
    await using world = await told(
      disclosed(police, [youthOffice, school], first),
      { ...disclosed(police, [school], second), hour: 3 },
      received(youthOffice, first),
      disclosed(school, [youthOffice], exchangeOf('third')),
    );
    expect(await cellsOf(world, own(police))).toEqual([
      { ...none, agency: school, silent: true, sent: 2, lastAt: hoursAfter(3) },
      { ...none, agency: youthOffice, silent: false, sent: 1, receipts: 1, lastAt: hoursAfter(0) },
    ]);
    expect(await cellsOf(world, own(youthOffice))).toEqual([]);
  });

  it('tells it of a receipt that is deferred until a day once the day is over', async () => {
    const untilTheSecond = { visibility: 'deferred-until', hiddenUntil: '2026-03-02' };
    await using world = await told(disclosed(police, [school], first), received(school, first, untilTheSecond));
    const receipts = async (now: string) =>
      (await cellsOf(world, own(police), now as Instant)).map((cells) => [cells['receipts'], cells['silent']]);
    expect(await receipts('2026-03-02T22:59:59.999Z')).toEqual([[0, true]]);
    expect(await receipts('2026-03-02T23:00:00.000Z')).toEqual([[1, false]]);
  });

  it('takes nobody for silent who told it anything, in whichever exchange, once that is open', async () => {
    const untilTheSecond = { visibility: 'deferred-until', hiddenUntil: '2026-03-02' };
    const disclosureId = disclosureOf(first);
    await using world = await told(
      disclosed(police, [youthOffice, school], first),
      disclosed(youthOffice, [police], second, untilTheSecond),
      received(school, exchangeOf('third'), { disclosureId, disclosedBy: police }),
    );
    const silent = async (now: string) =>
      (await cellsOf(world, own(police), now as Instant)).map((cells) => [cells['agency'], cells['silent']]);
    expect(await silent('2026-03-02T22:59:59.999Z')).toEqual([
      [school, false],
      [youthOffice, true],
    ]);
    expect(await silent('2026-03-02T23:00:00.000Z')).toEqual([
      [school, false],
      [youthOffice, false],
    ]);
  });

  it('names who was only asked and never answers, also with something to somebody else', async () => {
    await using world = await told(
      requested(police, school, first),
      requested(police, school, second),
      requested(police, youthOffice, exchangeOf('third')),
      decided(youthOffice, exchangeOf('third'), 'refuse'),
      disclosed(school, [youthOffice], exchangeOf('fourth')),
    );
    expect(await cellsOf(world, own(police))).toEqual([
      { ...none, agency: school, silent: true, asked: 2, lastAt: hoursAfter(0) },
      { ...none, agency: youthOffice, silent: false, asked: 1, lastAt: hoursAfter(0) },
    ]);
  });

  it('tells a supervisor how much its agencies recorded, what they hide from others among it', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], first),
      disclosed(school, [youthOffice], second, { visibility: 'restricted' }),
    );
    expect(await cellsOf(world, competentFor(police, school))).toMatchObject([
      { agency: police, silent: false, entries: 1, sent: null },
      { agency: school, silent: false, entries: 1, lastAt: hoursAfter(0) },
    ]);
  });

  it('leaves out who is suspended or not admitted', async () => {
    await using world = await told(disclosed(police, [clinic], first));
    expect(await cellsOf(world, own(police))).toEqual([]);
    expect(await cellsOf(world, competentFor(clinic))).toEqual([]);
  });

  it('counts nothing that is erased, and no disclosure without recipient', async () => {
    await using world = await projected();
    const [erased] = await world.tell(
      disclosed(police, [school], first),
      disclosed(police, [], second, { recipients: { missing: 'unknown' } }),
    );
    if (erased) await world.projector.erase([erased]);
    expect(await cellsOf(world, own(police))).toEqual([]);
  });
});
