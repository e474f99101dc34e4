import type { JsonValue } from '#statement';
import type { Caller } from '../../support/caller.js';
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

interface Draft {
  readonly text: string;
  readonly html: string;
  readonly gaps: readonly { readonly entry: string | null; readonly what: { readonly code: string } }[];
  readonly note: string;
}

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

  const draft = async (lang: 'de' | 'en' = 'en') => {
    const officer = await told.as('dpo', exitProgramme);
    const path = `/v1/views/recipients/draft-answer?search=${await search()}&lang=${lang}`;
    const answer = await officer.get(path, { 'Access-Purpose': 'rights-request' });
    expect(answer.status).toBe(200);
    return answer.json<Draft>();
  };

  test('the officer gets the draft at once, and beside it what is left out of it and on which ground', async () => {
    const { text, html, gaps, note } = await draft();
    for (const written of [text, html]) {
      expect(written).toContain(police.agency);
      for (const kept of [service.agency, toService, withService, client, 'client-bert']) {
        expect(written).not.toContain(kept);
      }
    }
    expect(note).toMatch(/^Complete as recorded up to entry \d+;/);
    const [given] = await told.view(exitProgramme, `recipients?counterpart=${service.agency}`);
    expect(gaps).toContainEqual({
      entry: given?.entry,
      what: { code: 'consent-of-service', label: 'an intelligence service has not agreed that it is named' },
      grounds: ['BDSG § 57(4) with § 56(3)', 'SGB X § 83(5)'],
    });
    expect(gaps).toContainEqual(expect.objectContaining({ entry: null, grounds: [] }));
    expect((await draft('de')).text).toContain('Entwurf einer Auskunft');
  });

  test('that the draft was looked at is in the record of who looked', async () => {
    const looks = async () => (await told.view(exitProgramme, 'looks?kind=search')).length;
    const before = await looks();
    await draft();
    // The search, and the draft.
    expect(await looks()).toBe(before + 2);
  });

  test('nobody else gets a draft, nor for anything else, nor of another’s search', async () => {
    const path = `/v1/views/recipients/draft-answer?search=${await search()}`;
    const purpose = { 'Access-Purpose': 'rights-request' };
    const statusFor = async (by: Caller, headers: Readonly<Record<string, string>> = purpose, to = path) =>
      (await by.get(to, headers)).status;
    const officer = await told.as('dpo', exitProgramme);
    expect(await statusFor(officer, { 'Access-Purpose': 'self-monitoring' })).toBe(403);
    expect(await statusFor(officer, {})).toBe(400);
    expect(await statusFor(officer, purpose, '/v1/views/recipients/draft-answer')).toBe(400);
    expect(await statusFor(await told.as('agency', exitProgramme))).toBe(403);
    expect(await statusFor(await told.supervisorOf(exitProgramme))).toBe(403);
    expect(await statusFor(await told.as('dpo', police))).toBe(400);
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
    const { text, gaps } = await draft();
    expect(text).toContain(service.agency);
    expect(gaps.map(({ what }) => what.code)).not.toContain('consent-of-service');

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
    const before = await pack();
    const kept = await told.record(exitProgramme, 'InformationDisclosed', withheld);
    const { report, text, documents } = await pack();
    expect(text).not.toMatch(/withheld|A search is planned/i);
    // Its commitments would show one block more than the others have.
    expect([report.entries, text.includes(kept)]).toEqual([before.report.entries, false]);
    expect(documents.get('draft-answer')?.match(/police\.example/g)).toHaveLength(
      (before.documents.get('draft-answer')?.match(/police\.example/g)?.length ?? 0) + 1,
    );
    const { text: letter, gaps } = await draft();
    expect(letter).not.toMatch(/withheld|A search is planned/i);
    expect(gaps.find(({ entry }) => entry === kept)?.what.code).toBe('withheld');
  });

  test('when the data were looked up, and why, stands in the pack and in the draft', async () => {
    const looked = { subject: client, dataCategories: ['exit-progress'], purpose: 'exit-support', actor: 'staff-4711' };
    const entry = await told.record(exitProgramme, 'InformationConsulted', looked);
    const { text, documents } = await pack();
    expect(text).toContain(entry);
    for (const letter of [documents.get('draft-answer') ?? '', (await draft()).text]) {
      expect(letter).toMatch(/When your data were looked up[^]*11 January 2027/);
      expect(letter).not.toMatch(/staff-4711/);
    }
  });

  test('whom the agency then decides not to name is not named, and after a refusal no pack is made', async () => {
    const decides = (data: Readonly<Record<string, JsonValue | undefined>>) =>
      told.record(exitProgramme, 'RightsRequestDecided', {
        rightsRequest,
        subject: client,
        recipientsNamed: undefined,
        recipientsOmitted: undefined,
        ...data,
      });
    const omission = { recipient: police.agency, omission: 'restricted-by-law' };
    await decides({ outcome: 'granted-in-part', recipientsOmitted: [omission] });
    expect((await pack()).text).not.toContain(police.agency);
    expect((await draft()).gaps.map(({ what }) => what.code)).toContain('omitted');
    await decides({ outcome: 'neither-confirmed-nor-denied' });
    const order = { profile: 'X5', search: await search() };
    const refused = await (
      await told.as('dpo', exitProgramme)
    ).post('/v1/exports', order, {
      'Access-Purpose': 'rights-request',
    });
    expect([refused.status, refused.json<{ code: string }>().code]).toEqual([403, 'forbidden']);
    expect((await draft()).gaps).toContainEqual(
      expect.objectContaining({ entry: null, what: expect.objectContaining({ code: 'refused' }) }),
    );
  });

  test('that the pack was handed out is itself in the record of who looked', async () => {
    const looks = await told.view(exitProgramme, 'looks?profile=X5');
    expect(new Set(looks.map(({ cells }) => codeOf(cells['purpose'])))).toEqual(new Set(['rights-request']));
  });
});
