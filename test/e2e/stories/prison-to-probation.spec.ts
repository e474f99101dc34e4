import { codeOf, exitProgramme, prison, probation, Telling } from './telling.js';

/** Before release the prison tells the probation service what it needs, on the condition that it asks before telling others. */
describe('From prison to probation, with a handling condition', () => {
  let told: Telling;
  const exchange = crypto.randomUUID();
  const disclosureId = crypto.randomUUID();
  const conditions = ['purpose-only', 'originator-consent'];
  const item = { dataCategory: 'detention-record', itemBasis: 'fact', reliability: 'high', asOf: '2026-11-20' };
  const person = {
    subjectCategory: 'convicted',
    ageBand: 'adult',
    spontaneous: true,
    request: undefined,
    items: [item],
  };

  beforeAll(async () => {
    told = await Telling.begin(prison, probation, exitProgramme);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    await told.record(
      prison,
      'InformationDisclosed',
      { ...person, disclosureId, recipients: [probation.agency], conditions, purpose: 'release-preparation' },
      exchange,
    );
  });
  afterAll(() => told.end());

  const passOn = (said = {}) =>
    told.record(probation, 'InformationDisclosed', {
      ...person,
      disclosureId: crypto.randomUUID(),
      recipients: [exitProgramme.agency],
      purpose: 'probation-supervision',
      derivedFrom: [disclosureId],
      ...said,
    });

  test('the conditions travel with it, and probation accepts them', async () => {
    const [received] = await told.view(probation, 'recipients?direction=received');
    expect(codeOf(received?.cells['conditions'])).toEqual(conditions);
    await told.record(
      probation,
      'DisclosureReceived',
      { disclosureId, disclosedBy: prison.agency, conditionsAccepted: conditions, conditionsRejected: undefined },
      exchange,
    );
    told.goOnTo('2026-12-07T09:00:00.000Z');
    expect((await told.notes(probation)).filter(({ rule }) => rule === 'CON-01')).toEqual([]);
    expect((await told.notes(prison)).filter(({ rule }) => rule === 'CON-01')).toEqual([]);
  });

  test('who passes it on without asking gets an urgent check note that says what would have been right', async () => {
    const onward = await passOn();
    const notes = (await told.notes(probation, `about=${onward}`)).filter(({ rule }) => rule === 'CON-02');
    expect(notes).toMatchObject([{ severity: { code: 'urgent' }, part: disclosureId, kind: { code: 'law' } }]);
    expect((await told.rule('CON-02')).compliant).toMatchObject({
      en: expect.stringMatching(/originator/) as unknown,
      de: expect.stringMatching(/Ursprungsstelle/) as unknown,
    });
    expect((await told.notes(prison)).filter(({ rule }) => rule === 'CON-02')).toEqual([]);
  });

  test('who asks, and is permitted, passes it on with nothing noted', async () => {
    told.goOnTo('2026-12-08T09:00:00.000Z');
    const permission = {
      disclosureId,
      askedBy: probation.agency,
      onwardTo: [exitProgramme.agency],
      purpose: 'probation-supervision',
      items: undefined,
      validUntil: '2026-12-31',
    };
    const permissionRef = await told.record(prison, 'OnwardSharingPermitted', permission, exchange);
    told.goOnTo('2026-12-09T09:00:00.000Z');
    const onward = await passOn({ permissionRef });
    expect(await told.rulesNotedOf(probation, onward)).not.toContain('CON-02');
    told.goOnTo('2027-01-02T09:00:00.000Z');
    expect(await told.rulesNotedOf(probation, await passOn({ permissionRef }))).toContain('CON-02');
  });

  test('the prison never sees to whom else it went, but in what is its own', async () => {
    const rows = await told.view(prison, 'recipients');
    expect(rows.map(({ cells }) => cells['counterpart'])).toEqual([probation.agency]);
  });
});
