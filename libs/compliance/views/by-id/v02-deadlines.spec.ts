import type { EntryId, Instant } from '#kernel';
import { clinic, exchangeOf, hoursAfter, police, school, youthOffice, type Told } from '../../testing/recorded-log.js';
import { judgements } from '../../judging/judgements.js';
import { onEveryDatabase } from '../../testing/on-every-database.js';
import { projected, type Projected } from '../../testing/projected.js';
import { checked, disclosed, feedbackGiven, received, requested } from '../../testing/stories.js';
import { ask, competentFor, own, type Ask } from '../testing/ask.js';
import { growingRegistry, registryOfLog } from '../testing/growing-registry.js';
import { v2 } from './v02-deadlines.js';

const [first, second, third] = [exchangeOf('first'), exchangeOf('second'), exchangeOf('third')];

async function told(...story: readonly Told[]): Promise<Projected> {
  const world = await projected();
  await world.tell(...story);
  return world;
}

const page = (world: Projected, asks: Ask = {}, scope = own(police)) =>
  ask(world.views, v2, scope, { now: hoursAfter(1), ...asks });

async function cellsOf(world: Projected, asks: Ask = {}, scope = own(police)) {
  return (await page(world, asks, scope)).rows.map(({ cells }) => cells);
}

const isRule = (rule: string) => ({ filter: [{ column: 'rule', is: 'equal', value: rule }] }) as const;

describe('V2: deadlines', () => {
  it('says what is owed, by which rule, until which day, and how many days are left', async () => {
    await using world = await told(requested(youthOffice, police, first));
    expect(await cellsOf(world, isRule('REQ-01'))).toMatchObject([
      {
        due: '2026-03-03T22:59:59.999Z',
        day: '2026-03-03',
        daysLeft: 2,
        state: 'running',
        basis: 'policy',
        agency: police,
      },
    ]);
  });

  it.each([
    ['2026-03-03T22:59:59.999Z', 'running', 0],
    ['2026-03-03T23:00:00.000Z', 'overdue', -1],
  ])('at %s it is %s', async (now, state, daysLeft) => {
    await using world = await told(requested(youthOffice, police, first));
    expect(await cellsOf(world, { ...isRule('REQ-01'), now: now as Instant })).toMatchObject([{ state, daysLeft }]);
  });

  it('shows what was met late, and nothing of what was met in time', async () => {
    const receipt = (hour: number, exchange = first): Told => ({ ...received(police, exchange), hour });
    await using world = await told(
      disclosed(youthOffice, [police], first),
      disclosed(youthOffice, [police], second),
      receipt(2, second),
      receipt(24 * 14),
    );
    const now = hoursAfter(24 * 15);
    expect(await cellsOf(world, { ...isRule('LOG-04'), now })).toMatchObject([{ state: 'late', daysLeft: null }]);
  });

  it('shows what was met after a day that an entry set', async () => {
    const answer = (id: EntryId | undefined): Told => ({
      issuer: police,
      type: 'RegulatorRequestAnswered',
      hour: 24 * 14,
      terms: { regulatorRequest: String(id), outcome: 'in-full', answeredAt: hoursAfter(24 * 14) },
    });
    await using world = await projected();
    const terms = { answerDue: '2026-03-09' };
    const [id] = await world.tell({ issuer: police, type: 'RegulatorRequestReceived', terms });
    await world.tell(answer(id));
    expect(await cellsOf(world, { ...isRule('OVS-01'), now: hoursAfter(24 * 15) })).toMatchObject([
      { state: 'late', due: '2026-03-09T22:59:59.999Z' },
    ]);
  });

  const notified = (breach: EntryId | undefined, at: number, hour: number): Told => ({
    issuer: police,
    type: 'BreachNotified',
    hour,
    terms: { breach: String(breach), target: 'authority', notifiedAt: hoursAfter(at) },
  });

  it.each([
    ['on a day to come', 8760, '2026-03-04T08:00:00.000Z', 'running', 0],
    ['on a day to come', 8760, '2026-03-04T08:00:00.001Z', 'overdue', -1],
    ['on a day to come', 8760, '2027-03-02T08:00:00.000Z', 'overdue', -363],
    ['some hours later', 73, '2026-03-04T07:59:59.999Z', 'running', 0],
    ['some hours later', 73, '2026-03-04T08:00:00.000Z', 'late', null],
  ])('what is said to be done %s, after %d hours, is at %s %s', async (_, at, moment, state, daysLeft) => {
    await using world = await projected();
    const [breach] = await world.tell({ issuer: police, type: 'BreachDetected', terms: { awareAt: hoursAfter(0) } });
    await world.tell(notified(breach, at, 71));
    const now = moment as Instant;
    for (const asOf of [null, now]) {
      expect(await cellsOf(world, { ...isRule('BRE-01'), now, asOf })).toMatchObject([{ state, daysLeft }]);
      const inState = (value: string) => ({ filter: [{ column: 'state', is: 'equal', value } as const], now, asOf });
      const states = (value: string) => cellsOf(world, inState(value)).then((all) => all.map(({ rule }) => rule));
      expect(await states(state)).toContain('BRE-01');
      expect(await states(state === 'late' ? 'running' : 'late')).not.toContain('BRE-01');
    }
  });

  it.each([
    [70, []],
    [80, [['late', null]]],
  ])(
    'what was said to be done on a day to come is done, after %d hours, once that is recorded',
    async (at, expected) => {
      await using world = await projected();
      const [breach] = await world.tell({ issuer: police, type: 'BreachDetected', terms: { awareAt: hoursAfter(0) } });
      await world.tell(notified(breach, 8760, 70), notified(breach, at, 90));
      const cells = await cellsOf(world, { ...isRule('BRE-01'), now: hoursAfter(100) });
      expect(cells.map(({ state, daysLeft }) => [state, daysLeft])).toEqual(expected);
    },
  );

  it('leaves out what had to be so at once', async () => {
    await using world = await told(disclosed(police, [school], first, { legalBasisTransmit: { missing: 'unknown' } }));
    expect(await cellsOf(world, isRule('LAW-01'))).toEqual([]);
  });

  it('leaves it out also where it rests on an entry from before: nothing was met late', async () => {
    await using world = await projected();
    const terms = { dataCategories: ['family'], purposes: ['exit-support'], mayReceive: [police] };
    const [consent] = await world.tell({ issuer: clinic, type: 'ConsentRecorded', terms });
    await world.tell({ issuer: clinic, type: 'ConsentWithdrawn', hour: 1, terms: { consent: String(consent) } });
    await world.tell({ ...disclosed(clinic, [police], first, { consentRef: String(consent) }), hour: 2 });
    const broken = await world.views.database
      .selectFrom('judgement')
      .select('facts')
      .where('rule', '=', 'SEC-03')
      .execute();
    expect(JSON.parse(broken[0]?.facts ?? '[]')).toHaveLength(2);
    for (const asOf of [null, hoursAfter(3)]) {
      expect(await cellsOf(world, { ...isRule('SEC-03'), now: hoursAfter(3), asOf }, own(clinic))).toEqual([]);
    }
  });

  it('is ordered by what is due first, page by page, also backwards', async () => {
    await using world = await told(
      requested(youthOffice, police, first),
      { ...requested(youthOffice, police, second), hour: 48 },
      { ...requested(clinic, police, third), hour: 24 },
    );
    const whole = await cellsOf(world);
    const dues = whole.map(({ due }) => String(due));
    expect(dues).toEqual(dues.toSorted());
    expect(whole).toHaveLength(6);
    for (const direction of ['ascending', 'descending'] as const) {
      const paged: string[] = [];
      for (let after: Ask['after'] = null; ;) {
        const part = await page(world, { sort: { by: 'due', direction }, after, limit: 2 });
        paged.push(...part.rows.map(({ key }) => key));
        if (part.next === null) break;
        after = part.next;
      }
      const keys = (await page(world, { sort: { by: 'due', direction } })).rows.map(({ key }) => key);
      expect(paged).toEqual(keys);
    }
  });

  it('is filtered by state, severity and a period', async () => {
    await using world = await told(requested(youthOffice, police, first), disclosed(police, [school], second));
    const rules = async (column: string, is: 'equal' | 'from' | 'before', value: string) =>
      (await cellsOf(world, { filter: [{ column, is, value }], now: hoursAfter(24 * 5) })).map(({ rule }) => rule);
    expect(await rules('state', 'equal', 'overdue')).toContain('REQ-01');
    expect(await rules('state', 'equal', 'running')).toContain('REQ-02');
    expect(await rules('state', 'equal', 'late')).toEqual([]);
    expect(await rules('severity', 'equal', 'low')).toContain('REQ-01');
    expect(await rules('due', 'before', '2026-03-04T00:00:00.000Z')).toContain('REQ-01');
    expect(await rules('due', 'from', '2026-03-04T00:00:00.000Z')).not.toContain('REQ-01');
  });

  it('shows nobody the deadlines of others', async () => {
    await using world = await told(requested(youthOffice, police, first));
    expect(await cellsOf(world, {}, own(school))).toEqual([]);
    expect(await cellsOf(world, {}, competentFor(school))).toEqual([]);
    expect(await cellsOf(world, isRule('REQ-01'), competentFor(police, school))).toMatchObject([{ agency: police }]);
  });

  it('asks nobody for what is hidden from them', async () => {
    await using world = await told(disclosed(youthOffice, [police], first, { visibility: 'restricted' }));
    expect(await cellsOf(world)).toEqual([]);
    expect(await cellsOf(world, { asOf: hoursAfter(2) })).toEqual([]);
  });

  it('has nothing left of what was erased, also looking back', async () => {
    await using world = await projected();
    const [request] = await world.tell(requested(youthOffice, police, first));
    if (request) await world.projector.erase([request]);
    expect(await cellsOf(world)).toEqual([]);
    expect(await cellsOf(world, { asOf: hoursAfter(2) })).toEqual([]);
  });

  it('looks back to what was owed at an earlier moment', async () => {
    await using world = await told(
      disclosed(youthOffice, [police], first),
      { ...received(police, first), hour: 48 },
      { ...feedbackGiven(police, first, { feedback: 'used' }), hour: 72 },
    );
    const rules = async (asOf: Instant | null) => (await cellsOf(world, { asOf })).map(({ rule }) => rule);
    expect(await rules(null)).not.toContain('LOG-04');
    expect(await rules(hoursAfter(1))).toEqual(expect.arrayContaining(['LOG-04', 'FBK-01']));
    expect(await rules(hoursAfter(49))).not.toContain('LOG-04');
    expect(await rules(hoursAfter(49))).toContain('FBK-01');
  });

  it('looks back to what was owed by the packs of that time', async () => {
    await using world = await projected();
    await world.log.register(...growingRegistry);
    await world.tell({ ...disclosed(youthOffice, [police], first), hour: 25 });
    const registry = await registryOfLog(world.log);
    const dues = async (asOf: Instant | null, now = hoursAfter(24 * 30)) =>
      (await cellsOf(world, { ...isRule('LOG-04'), asOf, now, registry })).map(({ due }) => due);
    const due = '2026-03-17T22:59:59.999Z';
    expect(await dues(null)).toEqual([due]);
    for (const day of [2, 19, 30]) expect(await dues(hoursAfter(24 * day))).toEqual([due]);
  });

  it('asks for what was deferred once its day is over, with time from then on, also looking back', async () => {
    const deferred = { visibility: 'deferred-until', hiddenUntil: '2026-03-03' };
    await using world = await told(disclosed(youthOffice, [police], first, deferred));
    for (const scope of [own(police), competentFor(police)]) {
      const duesAt = async (now: Instant, asOf: Instant | null) =>
        (await cellsOf(world, { ...isRule('LOG-04'), now, asOf }, scope)).map(({ due, state }) => [due, state]);
      for (const [at, dues] of [
        ['2026-03-03T22:59:59.999Z', []],
        ['2026-03-03T23:00:00.000Z', [['2026-03-11T22:59:59.999Z', 'running']]],
        ['2026-03-11T23:00:00.000Z', [['2026-03-11T22:59:59.999Z', 'overdue']]],
      ] as const) {
        expect(await duesAt(at as Instant, null)).toEqual(dues);
        expect(await duesAt(hoursAfter(24 * 90), at as Instant)).toEqual(dues);
      }
    }
  });

  it('says of no deadline that it runs where the entry that met it was erased, also looking back', async () => {
    await using world = await projected();
    const [, receipt] = await world.tell(disclosed(youthOffice, [police], first), received(police, first));
    if (receipt) await world.projector.erase([receipt]);
    const now = hoursAfter(24 * 30);
    for (const scope of [own(youthOffice), own(police)]) {
      expect(await cellsOf(world, { now }, scope)).toEqual([]);
      expect(await cellsOf(world, { now, asOf: now }, scope)).toEqual([]);
    }
  });

  it('says the same of now and of looking back to now', async () => {
    await using world = await told(
      requested(youthOffice, police, first),
      disclosed(youthOffice, [police], second),
      disclosed(police, [clinic, school], third),
    );
    for (const scope of [own(police), own(clinic), competentFor(police, school)]) {
      const now = hoursAfter(24 * 7);
      const keys = async (asOf: Instant | null) => (await page(world, { asOf, now }, scope)).rows;
      expect(await keys(now)).toEqual(await keys(null));
    }
  });
});

onEveryDatabase((on) => {
  const justified = (hour: number): Told => ({
    ...disclosed(police, [], exchangeOf(`at ${hour}`), { present: ['justification'] }),
    hour,
  });

  it.each([
    ['what came first that day', [0]],
    ['that, and what was recorded later', [0, 5]],
  ])('V2 demands no check, looking back, that may have been made, once %s is erased', async (_, places) => {
    await using world = await on.projected({ projections: [judgements] });
    const ids = await world.tell(
      justified(25),
      checked(28, 1),
      justified(31),
      justified(73),
      checked(100, 4),
      justified(121),
    );
    const asOf = hoursAfter(99);
    const owed = async (scope = own(police)) => {
      const { rows } = await ask(world.reader, v2, scope, { ...isRule('INT-01'), now: hoursAfter(200), asOf });
      return rows.map(({ cells }) => [cells['about'], cells['state']]);
    };
    expect(await owed()).toEqual([[ids[3], 'running']]);
    const gone = ids.filter((__, place) => places.includes(place));
    for (const entry of gone) await world.log.vault.destroy({ entry, blocks: ['terms'] });
    await world.projector.erase(gone);
    for (const scope of [own(police), competentFor(police)]) expect(await owed(scope)).toEqual([]);
  });
});
