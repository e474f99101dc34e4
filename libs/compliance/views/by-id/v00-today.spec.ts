import { entryId, ledgerIssuer, type AgencyId, type Instant } from '#kernel';
import { everyRule } from '../../rules/every-rule.js';
import { exchangeOf, hoursAfter, police, school, uuidOf, youthOffice, type Told } from '../../testing/recorded-log.js';
import { projected, type Projected } from '../../testing/projected.js';
import { decided, disclosed, disclosureOf, feedbackGiven, received, requested } from '../../testing/stories.js';
import type { AnsweredRow } from '../asked.js';
import { ask, own, unregistered } from '../testing/ask.js';
import { owedIn, type OwedDuty, type OwedTurn } from './v00-owed.js';
import { todayOf, v0 } from './v00-today.js';
import { v1 } from './v01-check-notes.js';
import { v2 } from './v02-deadlines.js';

const now = '2026-05-04T08:00:00.000Z' as Instant;
const exchange = exchangeOf('first');
const disclosure = uuidOf('disclosure');

const turn = (more: Partial<OwedTurn> = {}): OwedTurn => ({
  agency: police,
  exchange,
  owes: 'feedback',
  about: disclosure,
  since: '2026-04-10T08:00:00.000Z' as Instant,
  ...more,
});

const duty = (more: Partial<OwedDuty> = {}): OwedDuty => ({
  key: `FBK-01 ${more.entry ?? 'x'}`,
  agency: police,
  rule: 'FBK-01',
  severity: 'low',
  entry: entryId(uuidOf('entry')),
  exchange,
  disclosure,
  due: '2026-05-06T10:00:00.000Z' as Instant,
  isNoted: false,
  ...more,
});

const inOrder = (owed: Parameters<typeof todayOf>[0]) =>
  todayOf(owed, now)
    .map(({ cells }) => cells)
    .toSorted((one, other) => (String(one['place']) < String(other['place']) ? -1 : 1));

describe('V0: today', () => {
  it('is empty where nothing waits', () => {
    expect(todayOf({ turns: [], duties: [] }, now)).toEqual([]);
  });

  it('makes one line of what is owed and of the time for it', () => {
    expect(todayOf({ turns: [turn()], duties: [duty()] }, now)).toMatchObject([
      {
        agency: police,
        cells: {
          urgency: 'due',
          source: 'inbox',
          owes: 'feedback',
          rule: 'FBK-01',
          step: 'FBK-01',
          due: '2026-05-06T10:00:00.000Z',
          daysLeft: 2,
          since: '2026-04-10T08:00:00.000Z',
          exchange,
          disclosure,
        },
      },
    ]);
  });

  it('keeps two disclosures of one exchange apart', () => {
    const other = uuidOf('other disclosure');
    const lines = inOrder({ turns: [turn(), turn({ about: other })], duties: [duty({ disclosure: other })] });
    expect(lines.map((cells) => [cells['disclosure'], cells['due']])).toEqual([
      [other, '2026-05-06T10:00:00.000Z'],
      [disclosure, null],
    ]);
  });

  it('keeps what is owed in one exchange apart from the deadline of another', () => {
    const lines = inOrder({ turns: [turn()], duties: [duty({ exchange: exchangeOf('second') })] });
    expect(lines.map((cells) => cells['source'])).toEqual(['deadline', 'inbox']);
  });

  it('puts urgent check notes and urgent deadlines first, then what is overdue, due, and what only waits', () => {
    const of = (name: string, more: Partial<OwedDuty>): OwedDuty => {
      const entry = entryId(uuidOf(name));
      return duty({ rule: name, entry, key: name, exchange: null, disclosure: null, ...more });
    };
    const lines = inOrder({
      turns: [turn({ owes: 'clarification', about: null })],
      duties: [
        of('REQ-02', { severity: 'medium', due: '2026-05-08T21:59:59.999Z' as Instant }),
        of('REQ-01', { due: '2026-05-05T21:59:59.999Z' as Instant }),
        of('DSR-01', { severity: 'high', due: '2026-05-01T21:59:59.999Z' as Instant }),
        of('BRE-01', { severity: 'urgent', due: '2026-05-05T10:00:00.000Z' as Instant }),
        of('LAW-01', { severity: 'urgent', due: '2026-03-01T10:00:00.000Z' as Instant, isNoted: true }),
      ],
    });
    expect(lines.map((cells) => [cells['urgency'], cells['rule']])).toEqual([
      ['urgent', 'LAW-01'],
      ['urgent', 'BRE-01'],
      ['overdue', 'DSR-01'],
      ['due', 'REQ-01'],
      ['due', 'REQ-02'],
      ['waiting', null],
    ]);
  });

  it.each([
    ['2026-05-04T08:00:00.000Z', 'due', 0],
    ['2026-05-04T07:59:59.999Z', 'overdue', -1],
    ['2026-05-05T07:59:59.999Z', 'due', 0],
    ['2026-05-05T08:00:00.000Z', 'due', 1],
  ])('what is due at %s is %s, with %i days left', (due, urgency, left) => {
    const [line] = inOrder({ turns: [], duties: [duty({ due: due as Instant })] });
    expect(line).toMatchObject({ urgency, daysLeft: left });
  });

  it('leaves what is due in more than a fortnight to the deadlines, unless somebody waits for it', () => {
    const later = duty({ due: '2026-05-18T08:00:00.001Z' as Instant });
    expect(todayOf({ turns: [], duties: [later] }, now)).toEqual([]);
    expect(inOrder({ turns: [turn()], duties: [later] })).toMatchObject([{ urgency: 'due', daysLeft: 14 }]);
  });

  it('says of every rule and of every duty what to do next', () => {
    const steps = v0.columns['step']?.vocabulary?.terms;
    for (const { id, compliant } of everyRule) expect(steps?.get(id)).toEqual(compliant);
    for (const code of v0.columns['owes']?.vocabulary?.terms.keys() ?? []) expect(steps?.has(code)).toBe(true);
  });

  it('has no column for a member of staff', () => {
    expect(Object.keys(v0.columns)).not.toEqual(expect.arrayContaining([expect.stringMatching(/actor|staff|person/i)]));
  });
});

/** What an agency, or its supervisor, is shown so many hours later. */
function shown(world: Projected, hour: number, scope: Parameters<typeof owedIn>[0]['scope']) {
  return world.views.database
    .transaction()
    .execute(async (database) =>
      todayOf(await owedIn({ database, scope, now: hoursAfter(hour), registry: unregistered }), hoursAfter(hour)),
    );
}

const toOf = (agency = police) => ({ kind: 'agency', agency }) as const;

async function told(...story: readonly Told[]): Promise<Projected> {
  const world = await projected();
  await world.tell(...story);
  return world;
}

describe('V0: today, from the log', () => {
  it('asks the body that was asked to acknowledge and to decide, and nobody else', async () => {
    await using world = await told(requested(youthOffice, police, exchange));
    expect((await shown(world, 1, toOf())).map(({ cells }) => [cells['rule'], cells['owes']])).toEqual([
      ['REQ-02', 'decision'],
      ['REQ-01', null],
    ]);
    expect(await shown(world, 1, toOf(school))).toEqual([]);
  });

  it('asks the recipient for its receipt, then for its feedback, then for nothing more', async () => {
    await using world = await told(
      requested(youthOffice, police, exchange),
      decided(police, exchange, 'grant-full'),
      disclosed(police, [youthOffice], exchange),
    );
    const owed = async () => (await shown(world, 1, toOf(youthOffice))).map(({ cells }) => cells['owes']);
    const about = { exchange, disclosure: disclosureOf(exchange) };
    expect(await shown(world, 1, toOf(youthOffice))).toMatchObject(
      [expect.objectContaining({ rule: 'LOG-04', owes: 'receipt', ...about })].map((cells) => ({ cells })),
    );
    await world.tell(received(youthOffice, exchange));
    expect(await owed()).toContain('feedback');
    await world.tell(feedbackGiven(youthOffice, exchange, { feedback: 'used' }));
    expect(await owed()).not.toContain('feedback');
  });

  it('asks for nothing that was erased', async () => {
    await using world = await projected();
    const [request] = await world.tell(requested(youthOffice, police, exchange));
    if (request) await world.projector.erase([request]);
    expect(await shown(world, 1, toOf())).toEqual([]);
  });

  it('asks nobody for what is hidden from them', async () => {
    await using world = await told(disclosed(police, [youthOffice], exchange, { visibility: 'restricted' }));
    expect(await shown(world, 1, toOf(youthOffice))).toEqual([]);
  });

  it('puts an open check note first that is urgent, until it is assessed', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], exchange, { legalBasisTransmit: { missing: 'unknown' } }),
    );
    const { database } = world.views;
    const urgent = await database
      .selectFrom('judgement')
      .selectAll()
      .where('rule', '=', 'LAW-01')
      .executeTakeFirstOrThrow();
    const note = { entry_id: urgent.note, rule: 'LAW-01', agency: police, fact: urgent.entry_id, assessed_at: null };
    const raised = { ...note, raised_at: hoursAfter(1), status: 'open' };
    await database.insertInto('note').values(raised).execute();
    expect(
      (await shown(world, 2, toOf())).map(({ entry, cells }) => [entry, cells['rule'], cells['source']]),
    ).toContainEqual([urgent.entry_id, 'LAW-01', 'check-note']);
    await database.updateTable('note').set({ status: 'explained' }).execute();
    expect((await shown(world, 2, toOf())).map(({ cells }) => cells['rule'])).not.toContain('LAW-01');
  });

  it('lets go of what is overdue once its note is assessed, unless it is a finding', async () => {
    await using world = await told(requested(youthOffice, police, exchange));
    const { database } = world.views;
    const late = 24 * 30;
    const { note, entry_id: fact } = await database
      .selectFrom('judgement')
      .selectAll()
      .where('rule', '=', 'REQ-01')
      .executeTakeFirstOrThrow();
    await database
      .insertInto('note')
      .values({ entry_id: note, rule: 'REQ-01', agency: police, fact, raised_at: '', status: '', assessed_at: null })
      .execute();
    const shownWhen = async (status: string, hour = late) => {
      await database.updateTable('note').set({ status }).execute();
      const rules = (await shown(world, hour, toOf())).map(({ cells }) => cells['rule']);
      return rules.includes('REQ-01');
    };
    for (const status of ['open', 'confirmed']) expect([status, await shownWhen(status)]).toEqual([status, true]);
    for (const status of ['not-confirmed', 'explained', 'remedied', 'referred']) {
      expect([status, await shownWhen(status)]).toEqual([status, false]);
      // What was assessed was another day: this one is still to come.
      expect([status, await shownWhen(status, 1)]).toEqual([status, true]);
      const deadlines = await ask(world.views, v2, own(police), { now: hoursAfter(late) });
      expect(deadlines.rows.map(({ cells }) => cells['rule'])).toContain('REQ-01');
    }
  });

  it('leaves the other side its turn once the note on it is assessed, and a case worker the day of it', async () => {
    await using world = await told(disclosed(police, [youthOffice], exchange));
    const { database } = world.views;
    const receipt = database.selectFrom('judgement').selectAll().where('rule', '=', 'LOG-04');
    const { note, entry_id: fact, due } = await receipt.where('agency', '=', youthOffice).executeTakeFirstOrThrow();
    const assessed = { raised_at: hoursAfter(24 * 20), status: 'explained', assessed_at: hoursAfter(24 * 21) };
    await database
      .insertInto('note')
      .values({ ...assessed, entry_id: note, rule: 'LOG-04', agency: youthOffice, fact })
      .execute();
    const shownTo = async (onlyTurns: boolean) => {
      const { rows } = await ask(world.views, v0, own(youthOffice), { now: hoursAfter(24 * 30), onlyTurns });
      return rows.flatMap(({ cells }) => (cells['owes'] === 'receipt' ? [[cells['urgency'], cells['due']]] : []));
    };
    expect(await shownTo(false)).toEqual([['waiting', null]]);
    expect(await shownTo(true)).toEqual([['overdue', due]]);
  });

  it('leaves a case worker its turn when an urgent check note says something of it', async () => {
    const unlawful = { legalBasisTransmit: { missing: 'unknown' } };
    await using world = await told(
      disclosed(police, [youthOffice], exchange),
      disclosed(youthOffice, [school], exchangeOf('second'), unlawful),
    );
    const { database } = world.views;
    const shownTo = async (onlyTurns: boolean) => {
      const { rows } = await ask(world.views, v0, own(youthOffice), { now: hoursAfter(24 * 30), onlyTurns });
      return rows.map(({ cells: { owes, rule, severity, source } }) => [owes, rule, severity, source]);
    };
    await database.updateTable('judgement').set({ severity: 'urgent' }).where('rule', '=', 'LOG-04').execute();
    const turns = [['receipt', 'LOG-04', 'urgent', 'inbox']];
    expect(await shownTo(true)).toEqual(turns);
    const receipt = database.selectFrom('judgement').selectAll().where('rule', '=', 'LOG-04');
    const { note, entry_id: fact } = await receipt.where('agency', '=', youthOffice).executeTakeFirstOrThrow();
    const raised = { raised_at: hoursAfter(24 * 20), status: 'open', assessed_at: null };
    await database
      .insertInto('note')
      .values({ ...raised, entry_id: note, rule: 'LOG-04', agency: youthOffice, fact })
      .execute();
    expect(await shownTo(true)).toEqual(turns);
    expect(await shownTo(false)).toContainEqual(['receipt', 'LOG-04', 'urgent', 'check-note']);
  });

  it('says that there is more than a day has room for, and shows all of it to whoever wants it', async () => {
    const waiting = Array.from({ length: 105 }, (_, place) => exchangeOf(`waiting ${place}`));
    await using world = await told(...waiting.map((one) => disclosed(police, [youthOffice], one)));
    const shownTo = async (limit: number, onlyTurns: boolean) =>
      ask(world.views, v0, own(youthOffice), { now: hoursAfter(1), limit, onlyTurns });
    for (const onlyTurns of [true, false]) {
      expect(await shownTo(100, onlyTurns)).toMatchObject({ isCut: true });
      const { rows, isCut } = await shownTo(1_000, onlyTurns);
      const exchanges = rows.flatMap(({ cells: { owes, exchange: one } }) => (owes === 'receipt' ? [one] : []));
      expect(new Set(exchanges)).toEqual(new Set(waiting));
      expect(isCut).toBeUndefined();
    }
    const { isCut } = await ask(world.views, v0, own(school), { now: hoursAfter(1) });
    expect(isCut).toBeUndefined();
  });

  it('forgets an unconfirmed check note after a year, as the check notes do', async () => {
    await using world = await told(
      disclosed(police, [youthOffice], exchange, { legalBasisTransmit: { missing: 'unknown' } }),
    );
    const { database } = world.views;
    const lawful = database.selectFrom('judgement').selectAll().where('rule', '=', 'LAW-01');
    const { entry_id: fact } = await lawful.executeTakeFirstOrThrow();
    const terms = { rule: 'LAW-01', agency: police, fact, facts: [fact], severity: 'urgent' };
    const [note = ''] = await world.tell({ issuer: ledgerIssuer, type: 'CheckNoteRaised', terms });
    await database.updateTable('judgement').set({ note }).where('rule', '=', 'LAW-01').execute();
    const isThere = (rows: readonly AnsweredRow[]) => rows.some(({ cells }) => cells['rule'] === 'LAW-01');
    const inBoth = async (hour: number) => [
      isThere(await shown(world, hour, toOf())),
      isThere((await ask(world.views, v1, own(police), { now: hoursAfter(hour) })).rows),
    ];
    const year = 365 * 24;
    expect(await inBoth(year - 1)).toEqual([true, true]);
    expect(await inBoth(year)).toEqual([false, false]);
  });

  it('shows a supervisor the deadlines of the agencies it is competent for', async () => {
    await using world = await told(requested(youthOffice, police, exchange));
    const rules = async (agencies: readonly AgencyId[]) =>
      (await shown(world, 1, { kind: 'competent', agencies })).map(({ agency, cells }) => [agency, cells['rule']]);
    expect(await rules([police])).toEqual(expect.arrayContaining([[police, 'REQ-01']]));
    expect(await rules([school])).toEqual([]);
  });
});
