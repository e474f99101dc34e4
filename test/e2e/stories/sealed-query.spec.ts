import type { Caller } from '../../support/caller.js';
import { comparable, exitProgramme, notGiven, police, service, Telling, youthOffice } from './telling.js';

const client = 'client-of-the-sealed-query';

/**
 * A service asks the police and keeps what it asked to itself: the ledger holds its commitment. What the police answered
 * is restricted, and exists for nobody but the police and their supervisor.
 */
describe('A service seals its query, and the police restrict their answer', () => {
  let told: Telling;
  let sealed: string;
  let answer: string;
  let others: Readonly<Record<string, Caller>>;
  const exchange = crypto.randomUUID();
  const disclosureId = crypto.randomUUID();

  beforeAll(async () => {
    told = await Telling.begin(police, service, youthOffice, exitProgramme);
    told.goOnTo('2026-11-23T09:00:00.000Z');
    sealed = await told.record(service, 'SealedEntryRecorded', { belongsTo: exchange });
    const restricted = {
      recipients: [service.agency],
      disclosureId,
      causedBy: sealed,
      subject: client,
      visibility: 'restricted',
      justification: notGiven,
      conditions: ['no-inform-subject', 'originator-consent'],
    };
    answer = await told.record(police, 'InformationDisclosed', restricted, exchange);
    const items = [{ dataCategory: 'identity', itemBasis: 'fact', reliability: 'high', asOf: '2026-11-20' }];
    const open = { recipients: [youthOffice.agency], disclosureId: crypto.randomUUID(), subject: client, items };
    await told.record(police, 'InformationDisclosed', open);
    told.goOnTo('2027-01-11T09:00:00.000Z');
    others = {
      'the officer of the service': await told.as('dpo', service),
      'its case workers': await told.as('agency', service),
      'a partner': await told.as('dpo', youthOffice),
      'a stranger': await told.as('dpo', exitProgramme),
      'the supervisor of the service': await told.supervisorOf(service),
      'the supervisor of a partner': await told.supervisorOf(youthOffice),
    };
    await told.running.raiseCheckNotes();
  });
  afterAll(() => told.end());

  test('the answer is for all others as if it had never been', async () => {
    for (const [who, by] of Object.entries(others)) {
      for (const path of ['/v1/entries/{}', '/v1/entries/{}/proof']) {
        const [asked, never] = [answer, crypto.randomUUID()].map((id) => by.get(path.replace('{}', id)));
        const [found, nothing] = [await asked, await never];
        if (found === undefined || nothing === undefined) throw new Error('no answer');
        expect([who, comparable(found)]).toEqual([who, comparable(nothing)]);
        expect([who, found.status]).toEqual([who, 404]);
      }
      expect([who, (await by.get(`/v1/exchanges/${exchange}`)).status]).toEqual([who, 404]);
    }
  });

  test('no list, no count, no CSV, no inbox and no check note of others shows it', async () => {
    const officer = await told.as('dpo', police);
    const { views } = (await officer.get('/v1/views')).json<{ views: { name: string }[] }>();
    const paths = views.flatMap(({ name }) => [
      `views/${name}`,
      ...(name === 'flows' ? [] : [`views/${name}?format=csv`]),
    ]);
    for (const [who, by] of Object.entries(others)) {
      for (const path of [...paths, 'inbox', 'views/disclosures', 'views/summary']) {
        const { text } = await by.get(`/v1/${path}`);
        const traces = [answer, exchange, disclosureId].filter((trace) => text.includes(trace));
        expect([who, path, traces]).toEqual([who, path, []]);
      }
    }
    for (const who of ['the officer of the service', 'a stranger'] as const) {
      const summary = (await others[who]?.get('/v1/views/summary'))?.json();
      expect([who, summary]).toMatchObject([who, { disclosures: { total: 0 } }]);
    }
    expect((await others['the officer of the service']?.get('/v1/inbox'))?.json()).toMatchObject({ waiting: [] });
  });

  test('what the police failed to say is noted at the police alone', async () => {
    const notes = await told.notes(police, `about=${answer}`);
    expect(notes.map(({ rule }) => rule)).toContain('LOG-01');
    expect(await told.notes(service, `about=${answer}`)).toEqual([]);
  });

  test('the police find it where they look for who received what, marked as restricted', async () => {
    const rows = await told.view(police, 'recipients?visibility=restricted');
    expect(rows).toMatchObject([{ entry: answer, cells: { counterpart: service.agency } }]);
  });

  test('their supervisor finds it in its lists, with what is noted of it, and reads it whole', async () => {
    const supervisor = await told.supervisorOf(police);
    const looked = await told.look(supervisor, answer, 'supervisory-request');
    expect(looked).toMatchObject({ status: 200, data: { subject: client, causedBy: sealed } });
    const listed = await told.view(supervisor, 'recipients?visibility=restricted');
    expect(listed).toMatchObject([{ entry: answer, cells: { counterpart: service.agency } }]);
    const noted = await told.view(supervisor, `check-notes?about=${answer}`);
    expect(noted.map(({ cells }) => cells['rule'])).toContain('LOG-01');
  });

  test('the person who asks for access gets what they may know, and no count betrays the rest', async () => {
    const dpo = await told.as('dpo', police);
    const purpose = { 'Access-Purpose': 'rights-request' };
    const { search } = (await dpo.post('/v1/subject-searches', { kind: 'subject', value: client }, purpose)).json();
    const { report, text } = await told.handed(dpo, { profile: 'X5', search, language: 'en' }, 'rights-request');
    expect(report).toMatchObject({ verdict: 'valid', entries: 1 });
    for (const trace of [answer, exchange, disclosureId, sealed, service.agency]) expect(text).not.toContain(trace);
  });

  test('of the sealed query there is a commitment, for the service and who supervises it', async () => {
    const { data } = await told.look(await told.as('dpo', service), sealed);
    expect(data).toMatchObject({ commitment: expect.stringMatching(/^[\w-]{43}$/) as unknown, visibility: 'sealed' });
    expect((await told.look(await told.supervisorOf(service), sealed)).status).toBe(200);
    for (const body of [police, youthOffice]) {
      expect((await told.look(await told.as('dpo', body), sealed)).status).toBe(404);
    }
  });
});
