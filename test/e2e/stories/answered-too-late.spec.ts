import { codeOf, police, school, Telling } from './telling.js';

/** Everything is answered, and everything a day too late: what the police asked of the school, and what a pupil did. */
describe('A request answered after 31 days', () => {
  let told: Telling;
  let request: string;
  let rightsRequest: string;
  let fulfilled: string;
  const exchange = crypto.randomUUID();

  beforeAll(async () => {
    told = await Telling.begin(police, school);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    request = await told.record(police, 'InformationRequested', { addressee: school.agency }, exchange);
    rightsRequest = await told.record(school, 'RightsRequestReceived', { receivedAt: told.now, dueAt: undefined });
    told.goOnTo('2026-12-24T09:00:00.000Z');
    const granted = { decision: 'grant-full', request, requester: police.agency, refused: undefined };
    await told.record(school, 'RequestDecided', granted, exchange);
    const answer = { rightsRequest, answeredAt: told.now, actions: undefined, recipientsTold: undefined };
    fulfilled = await told.record(school, 'RightsRequestFulfilled', {
      ...answer,
      originator: undefined,
      originatorToldAt: undefined,
    });
  });
  afterAll(() => told.end());

  test('is noted with the law, what happened and when it was due', async () => {
    const [note] = await told.notes(school, `rule=DSR-01&about=${rightsRequest}`);
    expect(note).toMatchObject({
      severity: { code: 'high' },
      kind: { code: 'law' },
      outcome: { code: 'broken' },
      status: { code: 'open' },
      finding: false,
      time: 1,
      timeUnit: { code: 'months' },
      dueAt: '2026-12-23T22:59:59.999Z',
      clause: null,
    });
    expect(new Set(note?.['facts'] as readonly string[])).toEqual(new Set([rightsRequest, fulfilled]));
    const { sources, compliant } = await told.rule('DSR-01');
    expect(sources.join()).toMatch(/GDPR 12\(3\)/);
    expect(compliant.en).toMatch(/within a month/);
  });

  test('is, towards the police, a matter of what the network agreed: ten working days', async () => {
    const notes = await told.notes(school, `rule=REQ-02&about=${request}`);
    expect(notes).toMatchObject([
      { kind: { code: 'policy' }, severity: { code: 'medium' }, time: 10, dueAt: '2026-12-07T22:59:59.999Z' },
    ]);
    expect(await told.notes(police, `rule=REQ-02&about=${request}`)).toEqual([]);
  });

  test('was no matter at all the minute before it was due', async () => {
    const rulesAt = async (moment: string): Promise<readonly unknown[]> =>
      (await told.view(school, `deadlines?asOf=${moment}&rule=DSR-01&about=${rightsRequest}`)).map(({ cells }) =>
        codeOf(cells['state']),
      );
    expect(await rulesAt('2026-12-23T22:59:59.999Z')).toEqual(['running']);
    expect(await rulesAt('2026-12-23T23:00:00.000Z')).toEqual(['overdue']);
    expect(await rulesAt('2026-12-24T09:00:00.000Z')).toEqual(['late']);
  });

  test('is explained by the officer, and never becomes a finding by itself', async () => {
    const dpo = await told.as('dpo', school);
    const [row] = await told.view(school, `check-notes?rule=DSR-01`);
    told.goOnTo('2026-12-28T09:00:00.000Z');
    const because = { explanation: 'The school was closed by a flood.', remedyDue: undefined };
    await told.record(school, 'CheckNoteAssessed', { note: row?.entry ?? '', status: 'explained', ...because });
    const [note] = await told.notes(school, 'rule=DSR-01');
    expect(note).toMatchObject({ status: { code: 'explained' }, finding: false });
    expect(codeOf(note?.['history'])).toEqual(['open', 'explained']);
    expect(JSON.stringify(await told.view(dpo, 'check-notes'))).not.toContain('flood');
  });
});
