import { codeOf, exitProgramme, police, service, Telling, textOf } from './telling.js';

const client = 'client-anna';
const disclosure = (recipient: string, disclosureId: string) => ({
  recipients: [recipient],
  disclosureId,
  subject: client,
  ageBand: 'adult',
  spontaneous: true,
  request: undefined,
  conditions: ['purpose-only'],
  items: [{ dataCategory: 'exit-progress', itemBasis: 'fact', reliability: 'high', asOf: '2026-11-20' }],
});

/** An adult client of the exit programme wants to know who learned what. One of them is a service that must be asked. */
describe('An adult client of an exit programme asks for access', () => {
  let told: Telling;
  let rightsRequest: string;
  const [toPolice, toService] = [crypto.randomUUID(), crypto.randomUUID()];
  const withService = crypto.randomUUID();

  beforeAll(async () => {
    told = await Telling.begin(exitProgramme, police, service);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    await told.record(exitProgramme, 'InformationDisclosed', disclosure(police.agency, toPolice));
    await told.record(exitProgramme, 'InformationDisclosed', disclosure(service.agency, toService), withService);
    told.goOnTo('2026-12-08T09:00:00.000Z');
    rightsRequest = await told.record(exitProgramme, 'RightsRequestReceived', {
      receivedAt: told.now,
      dueAt: '2027-01-08',
      subject: client,
    });
  });
  afterAll(() => told.end());

  const search = async (): Promise<string> => {
    const asked = { kind: 'subject', value: client };
    const purpose = { 'Access-Purpose': 'rights-request' };
    return (await (await told.as('dpo', exitProgramme)).post('/v1/subject-searches', asked, purpose)).json<{
      search: string;
    }>().search;
  };
  const pack = async () =>
    told.handed(
      await told.as('dpo', exitProgramme),
      { profile: 'X5', search: await search(), language: 'en' },
      'rights-request',
    );
  const atTheDesk = async () => (await told.view(exitProgramme, 'rights-desk')).map(({ cells }) => cells);

  test('the desk shows the request, and the month it leaves', async () => {
    expect(await atTheDesk()).toMatchObject([{ state: { code: 'received' }, answerBy: '2027-01-08', outcome: null }]);
    const [deadline] = await told.view(exitProgramme, `deadlines?rule=DSR-01&about=${rightsRequest}`);
    expect(deadline?.cells).toMatchObject({ due: '2027-01-08T22:59:59.999Z', daysLeft: 31, basis: { code: 'law' } });
  });

  test('the officer sees everybody who received something about the client, and nothing about others', async () => {
    await told.record(exitProgramme, 'InformationDisclosed', {
      ...disclosure(police.agency, crypto.randomUUID()),
      subject: 'client-bert',
    });
    const rows = await told.view(exitProgramme, `recipients?direction=given&search=${await search()}`);
    const recipients = rows.map(({ cells }) => textOf(cells['counterpart']));
    expect(new Set(recipients)).toEqual(new Set([police.agency, service.agency]));
    expect(recipients).toHaveLength(2);
  });

  test('before the service agreed the pack names the police alone, and shows no trace of another recipient', async () => {
    const { report, text, documents } = await pack();
    expect(report).toMatchObject({ verdict: 'valid', entries: 1 });
    expect(documents.get('recipients')).toContain(police.agency);
    for (const kept of [service.agency, toService, withService, client]) expect(text).not.toContain(kept);
    expect(text).not.toMatch(/staff-0815|mentoring/);
  });

  test('the service is asked, agrees, and is named from then on', async () => {
    told.goOnTo('2026-12-10T09:00:00.000Z');
    const asked = await told.record(
      exitProgramme,
      'OriginatorConsentAsked',
      { asked: service.agency, covers: [toService], rightsRequest, subject: client, visibility: 'open' },
      withService,
    );
    told.goOnTo('2026-12-16T09:00:00.000Z');
    const answer = { originatorConsent: asked, askedBy: exitProgramme.agency, consents: true, covers: [toService] };
    const open = { visibility: 'open', askAgain: undefined };
    await told.record(service, 'OriginatorConsentAnswered', { ...answer, ...open }, withService);
    const { report, documents } = await pack();
    expect(report).toMatchObject({ verdict: 'valid', entries: 2 });
    expect(documents.get('recipients')).toContain(service.agency);

    told.goOnTo('2026-12-17T09:00:00.000Z');
    const decided = await told.record(exitProgramme, 'RightsRequestDecided', {
      rightsRequest,
      outcome: 'granted',
      covers: [toPolice, toService],
      recipientsNamed: [police.agency, service.agency],
      recipientsOmitted: undefined,
      originatorConsents: [asked],
      refusalGround: undefined,
      provision: undefined,
      reasonsWithheld: undefined,
      personToldAt: told.now,
      subject: client,
    });
    const fulfilled = { rightsRequest, answeredAt: told.now, actions: undefined, recipientsTold: undefined };
    await told.record(exitProgramme, 'RightsRequestFulfilled', {
      ...fulfilled,
      originator: undefined,
      originatorToldAt: undefined,
      subject: client,
    });
    told.goOnTo('2027-01-11T09:00:00.000Z');
    expect(await atTheDesk()).toMatchObject([{ state: { code: 'answered' }, outcome: { code: 'granted' } }]);
    for (const about of [rightsRequest, decided]) {
      const rules = await told.rulesNotedOf(exitProgramme, about);
      expect(rules.filter((rule) => rule.startsWith('DSR'))).toEqual([]);
    }
  });

  test('that something is kept from the client is not told to the client either', async () => {
    const withheld = { ...disclosure(police.agency, crypto.randomUUID()), reasonsWithheld: 'A search is planned.' };
    await told.record(exitProgramme, 'InformationDisclosed', withheld);
    expect((await pack()).text).not.toMatch(/withheld/i);
  });

  test('that the pack was handed out is itself in the record of who looked', async () => {
    const looks = await told.view(exitProgramme, 'looks?profile=X5');
    expect(new Set(looks.map(({ cells }) => codeOf(cells['purpose'])))).toEqual(new Set(['rights-request']));
  });
});
