import { codeOf, notGiven, police, school, Telling, youthOffice } from './telling.js';

/** The police want to know who was at school. The school says no, and says why. */
describe('A school refuses what the police ask for', () => {
  let told: Telling;
  let exchange: string;
  let request: string;
  let refusal: string;
  let unreasoned: string;
  const deliberation = 'Attendance lists of a whole class are out of proportion to a conversation.';

  beforeAll(async () => {
    told = await Telling.begin(police, school, youthOffice);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    exchange = crypto.randomUUID();
    request = await told.record(police, 'InformationRequested', { addressee: school.agency }, exchange);
    told.goOnTo('2026-11-25T10:00:00.000Z');
    const refused = { dataCategory: 'school-attendance', answersItem: 0, refusalReason: 'too-wide' };
    const decision = {
      decision: 'refuse',
      request,
      requester: police.agency,
      granted: undefined,
      refused: [{ ...refused, provision: 'SchulG NRW § 120' }],
      dpoConsulted: undefined,
      justification: deliberation,
      reasonTold: 'Ask for one person and one month.',
    };
    refusal = await told.record(school, 'RequestDecided', decision, exchange);
    const again = await told.record(police, 'InformationRequested', { addressee: school.agency });
    const bare = { ...decision, request: again, justification: notGiven, reasonTold: undefined, refused: [refused] };
    unreasoned = await told.record(school, 'RequestDecided', { ...bare }, undefined);
  });
  afterAll(() => told.end());

  test('both sides find it among the refusals, and nobody else does', async () => {
    const row = {
      requestedBy: police.agency,
      decidedBy: school.agency,
      decision: expect.objectContaining({ code: 'refuse' }) as unknown,
      refused: [expect.objectContaining({ code: 'school-attendance' })],
      reasoned: true,
    };
    for (const side of [police, school]) {
      const rows = await told.view(side, 'refusals?reasoned=true');
      expect(rows).toMatchObject([{ entry: refusal, cells: row }]);
    }
    expect(await told.view(youthOffice, 'refusals')).toEqual([]);
  });

  test('the officer reads what was told, never what the school deliberated', async () => {
    const looked = await told.look(await told.as('agency', police), refusal);
    expect(looked.opened).toEqual(['terms', 'people', 'told']);
    expect(looked.data).toMatchObject({ decision: 'refuse', reasonTold: 'Ask for one person and one month.' });
    expect(JSON.stringify(looked.data)).not.toContain(deliberation);
    const supervised = await told.look(await told.supervisorOf(school), refusal, 'supervisory-request');
    expect(supervised.data).toMatchObject({ justification: deliberation });
  });

  test('the request is closed: nothing of it waits, nothing of it is overdue', async () => {
    told.goOnTo('2026-12-28T10:00:00.000Z');
    const deadlines = await told.view(school, `deadlines?about=${request}`);
    expect(deadlines.map(({ cells }) => cells['rule'])).not.toContain('REQ-02');
    const owed = await told.view(school, 'today?source=inbox');
    expect(owed.filter(({ cells }) => cells['exchange'] === exchange)).toEqual([]);
  });

  test('a refusal with reason and provision raises nothing about its reasons; one without them does', async () => {
    const rules = await told.rulesNotedOf(school, refusal);
    expect(rules.filter((rule) => /^DEC-0[12]$/.test(rule))).toEqual([]);
    const notes = await told.notes(school, `about=${unreasoned}`);
    expect(
      notes
        .filter(({ rule }) => rule === 'DEC-01' || rule === 'DEC-02')
        .map(({ rule, part, severity }) => [rule, part, codeOf(severity)]),
    ).toEqual([
      ['DEC-01', null, 'urgent'],
      ['DEC-02', '/refused/0', 'medium'],
    ]);
  });
});
