import { entryTypes } from '#catalogue';
import { everyView } from '#compliance/views';
import { document, faultsOf, operations, public_, type Media } from '../../../test/support/described-api.js';
import {
  entryLike,
  intelligence,
  police,
  recorderOf,
  request,
  typesOfAgencies,
  youthOffice,
} from '../../../test/e2e/sample-entries.js';
import type { Answer, Caller, RecordedAnswer } from '../../../test/support/caller.js';
import { RunningLedger, until } from '../../../test/support/running-ledger.js';
import { draftExample } from './assessments.js';
import { quickExamples } from './quick-entries.js';

describe('Answers of a ledger are as described', () => {
  const purpose = { 'Access-Purpose': 'lawfulness-check' };
  const witnessed = new Set<string>();
  let running: RunningLedger;
  let callers: Readonly<Record<'officer' | 'dpo' | 'worker' | 'regulator' | 'operator' | 'nobody', Caller>>;

  beforeAll(async () => {
    running = await RunningLedger.start();
    await running.admit(police, youthOffice, intelligence);
    callers = {
      officer: await running.as('agency', police),
      dpo: await running.as('dpo', police),
      worker: await running.as('agency', youthOffice),
      regulator: await running.as('regulator', 'dpa.example', { competentFor: [police, youthOffice] }),
      operator: await running.as('operator', 'host.example'),
      nobody: running.bearing(undefined),
    };
    for (const type of typesOfAgencies) {
      const by = await running.as('agency', recorderOf(type));
      expect((await by.record(entryTypes.get(type)?.example)).status).toBe(201);
    }
    await running.advance();
  });
  afterAll(() => running.remove());

  /** Checks an answer against everything the document says about it. */
  function expectDescribed(operationId: string, answer: Answer): Answer {
    const operation = operations.find((one) => one.operationId === operationId);
    const response = operation?.responses[answer.status];
    expect({ operationId, isDescribed: response !== undefined, status: answer.status }).toEqual({
      operationId,
      isDescribed: true,
      status: answer.status,
    });
    const [[media, { schema }] = ['', {} as Media]] = Object.entries(response?.content ?? {});
    expect(answer.headers['content-type']?.split(';')[0] ?? '').toBe(media);
    if (media.endsWith('json')) expect(faultsOf(schema, answer.json())).toEqual([]);
    else if (schema) expect(faultsOf(schema, answer.text)).toEqual([]);
    const described = Object.keys(response?.headers ?? {}).map((name) => name.toLowerCase());
    for (const name of ['location', 'link', 'retry-after', 'preference-applied', 'www-authenticate']) {
      if (name in answer.headers) expect(described).toContain(name);
    }
    witnessed.add(`${operationId} ${answer.status < 300 ? 'answers' : 'refuses'}`);
    return answer;
  }

  const get = async (operationId: string, who: keyof typeof callers, path: string, headers = {}): Promise<Answer> =>
    expectDescribed(operationId, await callers[who].get(path, headers));

  test('when entries are recorded, one or many, again, waited for or refused', async () => {
    const { officer, nobody, worker } = callers;
    const record = async (who: Caller, body: unknown, headers = {}): Promise<Answer> =>
      expectDescribed('recordEntries', await who.record(body, headers));
    const entry = request();
    const { status, headers } = await record(officer, entry);
    expect([status, headers.location]).toEqual([201, `/v1/entries/${entry.id}`]);
    expect((await record(officer, entry)).status).toBe(200);
    await running.advance();
    const waited = await record(officer, entry, { Prefer: 'wait=5' });
    expect(waited.json<RecordedAnswer>().proof).toMatch(/^c2sp/);
    expect(waited.headers['preference-applied']).toBe('wait=5');
    expectDescribed('recordEntries', await officer.batch([request(), request()]));
    const shown = document.paths['/v1/entries']?.['post']?.requestBody?.content['application/x-ndjson']?.examples;
    expect(expectDescribed('recordEntries', await officer.batch(String(shown?.['batch']?.value))).status).toBe(200);
    const refusals = [
      await record(officer, '{"a":1,"a":2}'),
      await record(nobody, entry),
      await record(await running.as('agency', 'unknown.example'), request()),
      await record(callers.regulator, request()),
      await record(await running.as('agency', 'unknown.example'), entry),
      await record(worker, entry),
      await record(officer, request({ exchange: String(entry.exchange), expectedVersion: 7 })),
      await record(officer, { ...entry, surprise: true }),
      await record(officer, entry, { 'Content-Type': 'text/plain' }),
      await record(officer, ' '.repeat(300 * 1024)),
      await record(officer, entry, { Prefer: 'wait=x' }),
      expectDescribed('recordEntries', await officer.batch('\n')),
      expectDescribed('recordEntries', await officer.batch([entry, entry])),
    ];
    expect(refusals.map((answer) => answer.status)).toEqual([
      400, 401, 403, 403, 409, 409, 409, 422, 415, 413, 400, 400, 422,
    ]);
  });

  test.each(typesOfAgencies)('when an entry like the example of %s is read', async (type) => {
    const { id } = entryTypes.get(type)?.example ?? { id: '' };
    const dpo = await running.as('dpo', recorderOf(type));
    const opened = expectDescribed('readEntry', await dpo.get(`/v1/entries/${id}`, purpose)).json();
    expect(opened['opened']).toContain('terms');
    expect(expectDescribed('readEntry', await dpo.get(`/v1/entries/${id}`)).json()).not.toHaveProperty('opened');
    expectDescribed('proveEntry', await dpo.get(`/v1/entries/${id}/proof`));
  });

  test('when an entry is open, unknown, not yet integrated, or looked at for no purpose', async () => {
    const admitted = entryTypes.get('AgencyAdmitted')?.example;
    const mine = { ...admitted, data: { ...admitted?.data, agency: 'clinic.example' } };
    expectDescribed('recordEntries', await callers.operator.record(mine));
    await get('readEntry', 'worker', `/v1/entries/${admitted?.id}`, purpose);
    const fresh = request();
    expectDescribed('recordEntries', await callers.officer.record(fresh));
    expect((await get('readEntry', 'operator', `/v1/entries/${fresh.id}`, purpose)).json()['opened']).toEqual([]);
    const early = await get('proveEntry', 'officer', `/v1/entries/${fresh.id}/proof`);
    expect([early.status, early.headers['retry-after']]).toEqual([404, '1']);
    expect((await get('readEntry', 'officer', '/v1/entries/nonsense')).status).toBe(404);
    expect((await get('readEntry', 'officer', `/v1/entries/${fresh.id}`, { 'Access-Purpose': 'fun' })).status).toBe(
      400,
    );
  });

  test('when an exchange is followed, and what waits is asked for', async () => {
    const exchange = String(entryTypes.get('RequestDecided')?.example.exchange);
    const page = await get('readExchange', 'officer', `/v1/exchanges/${exchange}?limit=2`);
    const next = /^<(.+)>; rel="next"$/.exec(String(page.headers['link']))?.[1];
    await get('readExchange', 'officer', String(next));
    await get('readExchange', 'regulator', `/v1/exchanges/${exchange}`);
    expect((await get('readExchange', 'operator', `/v1/exchanges/${exchange}`)).status).toBe(403);
    expect((await get('readExchange', 'officer', `/v1/exchanges/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await get('readInbox', 'worker', '/v1/inbox?limit=1')).headers['link']).toMatch(/rel="next"$/);
    expect((await get('readInbox', 'regulator', '/v1/inbox')).status).toBe(403);
    expect((await get('readInbox', 'worker', '/v1/inbox?limit=0')).status).toBe(400);
  });

  test('when views are read', async () => {
    const search = (body: unknown, headers = {}): Promise<Answer> =>
      callers.dpo.post('/v1/subject-searches', body, headers);
    const person = { kind: 'subject', value: 'person-19c2' };
    const found = expectDescribed('searchSubject', await search(person, purpose));
    expect(expectDescribed('searchSubject', await search(person)).status).toBe(400);
    expect(expectDescribed('searchSubject', await search({ kind: 'name' }, purpose)).status).toBe(400);
    const handle = String(found.json()['search']);
    await get('listDisclosures', 'dpo', `/v1/views/disclosures?search=${handle}`);
    const draft = `/v1/views/recipients/draft-answer?search=${handle}`;
    const forPerson = { 'Access-Purpose': 'rights-request' };
    expect((await get('draftAccessAnswer', 'dpo', draft, forPerson)).status).toBe(200);
    expect((await get('draftAccessAnswer', 'dpo', draft)).status).toBe(400);
    expect((await get('draftAccessAnswer', 'worker', draft, forPerson)).status).toBe(403);
    for (const who of ['dpo', 'regulator', 'operator'] as const) {
      await get('listDisclosures', who, '/v1/views/disclosures?limit=1');
      await get('countFlows', who, '/v1/views/flows?from=2026-01-01T00:00:00.000Z');
      await get('summarise', who, '/v1/views/summary');
      await get('listAccesses', who, '/v1/views/accesses');
    }
    expect((await get('listDisclosures', 'dpo', '/v1/views/disclosures?agency=NO&name=x')).status).toBe(400);
    expect((await get('summarise', 'worker', '/v1/views/summary')).json()['entries']).toBeGreaterThan(0);
  });

  test('when codes, rules and agreements are read', async () => {
    await get('listVocabularies', 'operator', '/v1/vocabularies');
    await get('listVocabularies', 'worker', '/v1/vocabularies?name=legal-basis');
    expect((await get('listVocabularies', 'worker', '/v1/vocabularies?name=people')).status).toBe(400);
    await get('listRules', 'operator', '/v1/rules');
    expect((await get('listRules', 'worker', '/v1/rules?id=LOG-01')).status).toBe(400);
    const adopted = entryTypes.get('AgreementAdopted')?.example;
    expectDescribed('recordEntries', await callers.worker.record(adopted));
    const amended = entryTypes.get('AgreementAmended')?.example;
    expectDescribed('recordEntries', await callers.worker.record(amended));
    const page = await get('listAgreements', 'worker', '/v1/agreements?limit=1');
    await get('listAgreements', 'worker', String(/^<(.+)>; rel="next"$/.exec(String(page.headers['link']))?.[1]));
    expect((await get('listAgreements', 'regulator', '/v1/agreements')).json()['agreements']).toHaveLength(2);
    expect((await get('listAgreements', 'operator', '/v1/agreements')).status).toBe(403);
    expect((await get('listAgreements', 'dpo', '/v1/agreements?at=2020-01-01T00:00:00.000Z')).status).toBe(400);
  });

  test('when somebody asks whether they may, and records with a template', async () => {
    const { worker, officer, operator } = callers;
    const template = 'quick-network@1#progress';
    const adopted = entryLike('AgreementAdopted', { data: { agreement: 'quick-network' } });
    expectDescribed('recordEntries', await worker.record(adopted));
    const ask = async (who: Caller, body: object): Promise<Answer> =>
      expectDescribed('assess', await who.post('/v1/assessments', body));
    const { location } = (await ask(worker, { ...draftExample, template })).headers;
    expect((await ask(worker, { ...draftExample, template: 'of-others' })).status).toBe(422);
    expect((await ask(operator, draftExample)).status).toBe(403);
    await get('readAssessment', 'worker', String(location));
    expect((await get('readAssessment', 'officer', String(location))).status).toBe(404);
    await get('listTemplates', 'worker', '/v1/templates');
    expect((await get('listTemplates', 'regulator', '/v1/templates')).status).toBe(403);
    const record = async (who: Caller, body: object): Promise<Answer> =>
      expectDescribed('recordQuickly', await who.post('/v1/quick-entries', body));
    const asked = { ...quickExamples.request, template };
    expect([(await record(officer, asked)).status, (await record(officer, asked)).status]).toEqual([201, 200]);
    expect((await record(worker, quickExamples.answer)).status).toBe(201);
    expect((await record(worker, asked)).status).toBe(409);
    expect((await record(worker, {})).status).toBe(422);
    expect((await record(operator, asked)).status).toBe(403);
  });

  test('when somebody looks at a view', async () => {
    await get('listViews', 'dpo', '/v1/views');
    expect((await get('listViews', 'operator', '/v1/views')).status).toBe(403);
    for (const { name } of everyView) await get('lookAtView', 'dpo', `/v1/views/${name}?limit=1`);
    await get('judgeAnew', 'dpo', '/v1/judgements');
    await get('judgeAnew', 'regulator', '/v1/judgements?under=0');
    expect((await get('judgeAnew', 'worker', '/v1/judgements')).status).toBe(403);
    expect((await get('judgeAnew', 'dpo', '/v1/judgements?under=x')).status).toBe(400);
    await get('lookAtView', 'regulator', '/v1/views/refusals?lang=de&sort=decision');
    expect((await get('lookAtView', 'worker', '/v1/views/refusals')).status).toBe(403);
    expect((await get('lookAtView', 'dpo', '/v1/views/nothing')).status).toBe(404);
    expect((await get('lookAtView', 'dpo', '/v1/views/refusals?colour=red')).status).toBe(400);
  });

  test('when a trail is ordered, written and downloaded', async () => {
    await running.advance();
    const order = (who: Caller, body: unknown): Promise<Answer> => who.post('/v1/trails', body, purpose);
    const { headers, status } = expectDescribed('orderTrail', await order(callers.regulator, { log: 'entries' }));
    expect(status).toBe(202);
    const place = String(headers.location);
    await until(async () => (await get('readTrail', 'regulator', place)).json()['state'] === 'done');
    await get('downloadTrail', 'regulator', `${place}/content`);
    expect((await get('readTrail', 'dpo', place)).status).toBe(404);
    expect((await get('downloadTrail', 'dpo', `${place}/content`)).status).toBe(404);
    const refused = [{ log: 'entries' }, { log: 'registry', to: 99 }, { log: 'registry', since: 'x' }];
    const statuses: number[] = [];
    for (const body of refused) statuses.push(expectDescribed('orderTrail', await order(callers.dpo, body)).status);
    expect(statuses).toEqual([403, 422, 400]);
  });

  test('when an export is ordered', async () => {
    await running.advance();
    const order = async (who: Caller, body: object): Promise<Answer> =>
      expectDescribed('orderExport', await who.post('/v1/exports', body, purpose));
    const { headers, status } = await order(callers.dpo, { profile: 'X2' });
    expect(status).toBe(202);
    await until(async () => (await get('readTrail', 'dpo', String(headers.location))).json()['state'] === 'done');
    expect((await order(callers.worker, { profile: 'X2' })).status).toBe(403);
    expect((await order(callers.dpo, { profile: 'X99' })).status).toBe(422);
    expect((await order(callers.dpo, { profile: 'X7', exchange: crypto.randomUUID() })).status).toBe(404);
  });

  test('when somebody reads in the library, or writes for it', async () => {
    const share = async (who: Caller, body: object): Promise<Answer> =>
      expectDescribed('shareContribution', await who.post('/v1/library', body));
    const lesson = { kind: 'lesson', language: 'en', title: 'Read aloud', text: 'Read the recipients aloud.' };
    const { id } = (await share(callers.worker, lesson)).json<{ id: string }>();
    await share(callers.worker, lesson);
    expect((await share(callers.regulator, lesson)).status).toBe(403);
    expect((await share(callers.worker, { ...lesson, text: 'On 3.4.2026.' })).status).toBe(422);
    await get('listContributions', 'worker', '/v1/library?limit=1');
    expect((await get('listContributions', 'worker', '/v1/library?kind=gossip')).status).toBe(400);
    await get('readContribution', 'regulator', `/v1/library/${id}`);
    const remove = async (who: Caller): Promise<number> =>
      expectDescribed('removeContribution', await who.send('DELETE', `/v1/library/${id}`, undefined, {})).status;
    expect([await remove(callers.worker), await remove(callers.dpo), await remove(callers.dpo)]).toEqual([
      403, 204, 404,
    ]);
    expect((await get('readContribution', 'worker', `/v1/library/${id}`)).status).toBe(404);
  });

  test('when logs are read', async () => {
    await get('listLogs', 'worker', '/v1/logs');
    await get('readCheckpoint', 'worker', '/v1/logs/entries/checkpoint');
    await get('readTile', 'worker', '/v1/logs/entries/tile/0/000.p/1');
    await get('readTile', 'regulator', '/v1/logs/entries/tile/entries/000.p/1');
    await get('readTile', 'worker', '/v1/logs/registry/tile/entries/000.p/1');
    expect((await get('readTile', 'worker', '/v1/logs/entries/tile/entries/000.p/1')).status).toBe(403);
    expect((await get('readTile', 'worker', '/v1/logs/entries/tile/0/007')).status).toBe(404);
    expect((await get('readCheckpoint', 'worker', '/v1/logs/others/checkpoint')).status).toBe(404);
  });

  test('when the ledger is asked how it is, or what it can do', async () => {
    await get('isLive', 'nobody', '/health/live');
    await get('isReady', 'nobody', '/health/ready');
    await get('readMetrics', 'operator', '/metrics');
    expect((await get('readMetrics', 'dpo', '/metrics')).status).toBe(403);
    expect((await get('readDescription', 'nobody', '/v1/openapi.json')).json()).toEqual(document);
    expect((await callers.nobody.get('/docs')).status).toBe(200);
  });

  test('when nobody is known by the token', async () => {
    for (const { operationId, method, path } of operations.filter((one) => !public_.includes(one.operationId))) {
      const place = path.replace(/\{\w+\}/g, 'x');
      const answer = await callers.nobody.send(method.toUpperCase(), place, undefined, {});
      expect(expectDescribed(operationId, answer).headers['www-authenticate']).toBe('Bearer');
    }
  });

  test('of every operation, at least once when it is well and once when it is not', () => {
    const refusable = operations.map(({ operationId }) => operationId).filter((id) => !public_.includes(id));
    const expected = [
      ...operations.map((one) => `${one.operationId} answers`),
      ...refusable.map((id) => `${id} refuses`),
    ];
    expect([...witnessed].sort()).toEqual(expected.sort());
  });
});
