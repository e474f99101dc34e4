import type { JsonObject } from '#statement';
import { quickExamples } from '../../apps/ledger/openapi/quick-entries.js';
import { countInputs } from '../../apps/ledger/quick-entries/count-inputs.js';
import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { example, invalid, quick, rowsOf } from './quick-answers.js';
import { planted, refused } from './refusal.js';
import { entryLike, freshId, police, youthOffice } from './sample-entries.js';

const school = 'school.example';
let running: RunningLedger;
let youth: Caller;
let officer: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, school);
  youth = await running.as('agency', youthOffice);
  officer = await running.as('agency', police);
  expect((await youth.record(entryLike('AgreementAdopted'))).status).toBe(201);
});
afterAll(() => running.remove());

describe('A quick entry', () => {
  test('asks: the clause says whom, for what and on which law', async () => {
    const answer = await quick(officer, quickExamples.request);
    const [row] = rowsOf(answer);
    expect(answer.status).toBe(201);
    expect(row?.receipt).toContain('nachweis-receipt/v1');
    expect(row?.entry).toMatchObject({
      id: quickExamples.request['id'],
      type: 'InformationRequested',
      occurredAt: running.clock.now(),
      data: {
        addressee: youthOffice,
        purpose: 'exit-support',
        agreement: 'youth-office-police-exampletown@1',
        activity: 'exit-coordination@2',
        legalBasisCollect: { code: 'LED-A8-1', provision: 'PolG NRW § 9' },
        actor: `agency-of-${police}`,
        case: 'case-7f3a',
        ageBand: '14-17',
        urgency: 'normal',
        items: [{ dataCategory: 'identity' }, { dataCategory: 'exit-progress' }],
        by: { addressee: 'default', purpose: 'default', justification: 'person', items: 'person', ageBand: 'person' },
      },
    });
    const shown = await officer.get(`/v1/entries/${row?.id}`, { 'Access-Purpose': 'self-monitoring' });
    expect(shown.json<{ data: { type: string } }>().data.type).toBe('InformationRequested');
  });

  test('answers: the request says which clause, the decision goes first, and each item knows what it answers', async () => {
    const before = await running.holdings();
    const answer = await quick(youth, quickExamples.answer);
    const [decided, disclosed] = rowsOf(answer);
    expect([answer.status, answer.headers.location]).toEqual([201, `/v1/entries/${decided?.id}`]);
    expect(decided?.entry).toMatchObject({
      id: quickExamples.answer['id'],
      type: 'RequestDecided',
      data: {
        request: quickExamples.request['id'],
        requester: police,
        decision: 'grant-full',
        decidedBy: `agency-of-${youthOffice}`,
        decidedByFunction: 'case worker',
        justification: 'The mentoring was agreed together.',
        granted: [
          { dataCategory: 'identity', answersItem: 0 },
          { dataCategory: 'exit-progress', answersItem: 1 },
        ],
        by: { decision: 'default', decidedByFunction: 'default', justification: 'person' },
      },
    });
    expect(disclosed?.entry).toMatchObject({
      type: 'InformationDisclosed',
      exchange: decided?.entry.exchange,
      data: {
        request: quickExamples.request['id'],
        causedBy: quickExamples.request['id'],
        spontaneous: false,
        recipients: [police],
        channel: 'portal',
        retentionTold: 'Until the case is closed, three years at most.',
        items: [
          { dataCategory: 'identity', answersItem: 0 },
          { dataCategory: 'exit-progress', answersItem: 1 },
        ],
      },
    });
    expect(await running.holdings()).not.toEqual(before);
    const exchange = await youth.get(`/v1/exchanges/${disclosed?.entry.exchange}`);
    expect(exchange.json()).toMatchObject({ state: 'disclosed', waitingFor: [{ agency: police, owes: 'receipt' }] });
  });

  test('answers what is decided already with the disclosure alone', async () => {
    const rows = rowsOf(await quick(youth, quickExamples.answerWithGround));
    expect(rows.map(({ id, entry }) => [id, entry.type])).toEqual([
      [quickExamples.answerWithGround['id'], 'InformationDisclosed'],
    ]);
    expect(rows[0]?.entry.data).toMatchObject({ gateway: 'consent-entruster', by: { gateway: 'person' } });
  });

  test('refuses what is named with its ground, and discloses the rest', async () => {
    const [request] = rowsOf(await quick(officer, example('request')));
    const partly = example('answerInPart', { request: request?.id });
    const answer = await quick(youth, partly);
    expect(
      rowsOf(answer).map(({ entry }) => [entry.type, entry.data['decision'] ?? entry.data['items']]),
    ).toMatchObject([
      ['RequestDecided', 'grant-partial'],
      ['InformationDisclosed', [{ dataCategory: 'identity', answersItem: 0 }]],
    ]);
    expect(rowsOf(answer)[0]?.entry.data['refused']).toEqual([
      { dataCategory: 'exit-progress', answersItem: 1, refusalReason: 'entrusted-data', provision: 'SGB VIII § 65(1)' },
    ]);
    const again = await quick(youth, partly);
    expect([again.status, rowsOf(again)]).toEqual([200, rowsOf(answer)]);
    const nonsense = example('answerInPart', {
      request: request?.id,
      items: [{ dataCategory: 'identity', refused: planted }],
    });
    await refused(running, () => quick(youth, nonsense), invalid('/items/0/refused'));
  });

  test.each([
    ['nothing more is asked', ['InformationDisclosed']],
    ['more is asked in its exchange', ['RequestDecided', 'InformationDisclosed']],
  ])('goes with the conditions decided before, as assessed, and again so when sent again: %s', async (_what, types) => {
    const [request] = rowsOf(await quick(officer, example('request')));
    if (request === undefined) throw new Error('nothing was asked');
    const { entry: asked } = request;
    const decide = async (conditions: readonly string[]) => {
      const about = { request: asked.id, causedBy: asked.id, conditions };
      const decision = entryLike('RequestDecided', { exchange: asked.exchange, data: about });
      expect((await youth.record(decision)).status).toBe(201);
      running.clock.tick(1_000);
    };
    await decide(['purpose-only', 'sealed']);
    const asksMore = entryLike('InformationRequested', { exchange: asked.exchange, occurredAt: running.clock.now() });
    if (types.length > 1) expect((await officer.record(asksMore)).status).toBe(201);
    const answer = example('answer', { request: asked.id });
    const draft = { kind: 'disclosure', request: asked.id, items: answer['items'] };
    const assessed = await youth.post('/v1/assessments', draft);
    const first = await quick(youth, answer);
    const { conditions } = rowsOf(first).at(-1)?.entry.data ?? {};
    expect(rowsOf(first).map(({ entry }) => entry.type)).toEqual(types);
    expect(conditions).toEqual(expect.arrayContaining(['social-secrecy', 'sealed']));
    expect(assessed.json<{ assessment: JsonObject }>().assessment['conditions']).toEqual(conditions);
    await decide(['need-to-know-list']);
    const again = await quick(youth, answer);
    expect([again.status, rowsOf(again)]).toEqual([200, rowsOf(first)]);
  });

  test('refuses what was granted before by one decision more', async () => {
    const [request] = rowsOf(await quick(officer, example('request')));
    await quick(youth, example('answer', { request: request?.id }));
    const rows = rowsOf(await quick(youth, example('answerInPart', { request: request?.id })));
    expect(rows.map(({ entry }) => entry.type)).toEqual(['RequestDecided', 'InformationDisclosed']);
  });

  test('keeps the assessment that was asked for before', async () => {
    const { template, items } = quickExamples.spontaneous;
    const assessed = await youth.post('/v1/assessments', { kind: 'disclosure', template, items });
    const { assessment, digest } = assessed.json<{ assessment: { id: string }; digest: string }>();
    const attached = { id: assessment.id, digest };
    const [row] = rowsOf(await quick(youth, example('spontaneous', { assessment: attached })));
    expect(row?.entry.data).toMatchObject({ assessment: attached });
  });

  test('never fills in the reason, the age band or a ground: where they are not given, that is recorded', async () => {
    const bare = {
      template: quickExamples.spontaneous['template'],
      items: [{ dataCategory: 'exit-progress', secrecyClass: 'entrusted' }],
    };
    const [row] = rowsOf(await quick(youth, bare));
    const missing = { missing: 'not-given' };
    expect(row?.entry.data).toMatchObject({
      case: missing,
      subject: missing,
      ageBand: missing,
      justification: missing,
      gateway: missing,
      spontaneous: true,
    });
    const by = row?.entry.data['by'] as JsonObject;
    expect(['ageBand', 'justification', 'gateway', 'case'].filter((name) => name in by)).toEqual([]);
  });

  test('of a conference is one sheet, recorded together', async () => {
    const answer = await quick(youth, quickExamples.conference);
    const rows = rowsOf(answer);
    expect(answer.status).toBe(201);
    expect(rows.map(({ entry }) => entry.type)).toEqual([
      'ConferenceConvened',
      'AttendanceRecorded',
      'AttendanceRecorded',
      'AttendanceRecorded',
      'InformationDisclosed',
      'ContributionRecorded',
      'InformationDisclosed',
      'ContributionRecorded',
      'ContributionRecorded',
    ]);
    expect(new Set(rows.map(({ entry }) => entry.exchange)).size).toBe(1);
    const convening = quickExamples.conference['id'];
    const [disclosed, contributed] = rows.slice(4).map(({ entry }) => entry.data);
    expect(disclosed).toMatchObject({ conferenceRef: convening, channel: 'oral-conference', recipients: [police] });
    expect(contributed).toMatchObject({ convening, disclosureId: disclosed?.['disclosureId'], heardBy: [police] });
    expect(rows.at(-1)?.entry.data).toMatchObject({ contributor: police, disclosureId: { missing: 'follows' } });
    // The convening says which clause it is.
    const more = example('conference', {
      template: undefined,
      convening,
      contributions: [{ items: ['identity'], agendaItem: '4' }],
    });
    const later = rowsOf(await quick(youth, more));
    expect(later.map(({ entry }) => [entry.type, entry.exchange])).toEqual(
      ['AttendanceRecorded', 'InformationDisclosed', 'ContributionRecorded'].map((type) => [
        type,
        rows[0]?.entry.exchange,
      ]),
    );
  });

  test('tells that a disclosure arrived, and what became of it, with no more than its name and the case', async () => {
    const [disclosed] = rowsOf(await quick(youth, quickExamples.spontaneous));
    const exchange = disclosed?.entry.exchange;
    const owed = async () =>
      (await officer.get(`/v1/exchanges/${exchange}`)).json<{ waitingFor: unknown }>().waitingFor;
    expect(await owed()).toMatchObject([{ agency: police, owes: 'receipt' }]);
    const [receipt] = rowsOf(await quick(officer, quickExamples.receipt));
    expect(receipt?.entry).toMatchObject({
      type: 'DisclosureReceived',
      exchange,
      data: { disclosedBy: youthOffice, legalBasisCollect: { code: 'LED-A8-1' }, matchesManifest: true },
    });
    expect(receipt?.entry.data['conditionsAccepted']).toEqual(disclosed?.entry.data['conditions']);
    expect(await owed()).toMatchObject([{ agency: police, owes: 'feedback' }]);
    const [feedback] = rowsOf(await quick(officer, quickExamples.feedback));
    expect(feedback?.entry).toMatchObject({ type: 'FeedbackGiven', exchange, data: { feedback: 'used' } });
    expect(await owed()).toEqual([]);
    expect((await quick(officer, quickExamples.receipt)).status).toBe(200);
  });

  test.each([
    ['its own disclosure', quickExamples.spontaneous['id']],
    ['a request', quickExamples.request['id']],
    ['what nobody recorded', '0195a6f0-0009-7000-8000-000000000009'],
  ])('receives nothing that was not disclosed to it: %s', async (_what, disclosure) => {
    await refused(running, () => quick(youth, example('receipt', { disclosure })), invalid('/disclosure'));
  });

  test('can be sent again, also later, and records nothing twice', async () => {
    for (const name of ['answer', 'conference'] as const) {
      const first = await quick(youth, quickExamples[name]);
      running.clock.tick(60_000);
      const before = await running.holdings();
      const again = await quick(youth, quickExamples[name]);
      expect([again.status, rowsOf(again)]).toEqual([200, rowsOf(first)]);
      expect(await running.holdings()).toEqual(before);
    }
    const changed = await quick(youth, { ...quickExamples.answer, reason: 'Another reason.' });
    expect([changed.status, (await quick(officer, { ...quickExamples.answer })).status]).toEqual([409, 422]);
  });
});

describe('The inputs of a person', () => {
  test.each(Object.entries(quickExamples))('are few: %s', (_name, body) => {
    const { inputs, most } = countInputs(body);
    expect(inputs).toBeLessThanOrEqual(most);
  });

  test('are counted as they are: one more is one too many', () => {
    expect(countInputs(quickExamples.request)).toEqual({ kind: 'request', inputs: 4, most: 4 });
    expect(countInputs({ ...quickExamples.request, urgency: 'urgent' })).toMatchObject({ inputs: 5, most: 4 });
    expect(countInputs(quickExamples.answerWithGround)).toEqual({ kind: 'answer', inputs: 5, most: 5 });
    expect(countInputs(quickExamples.answerInPart)).toEqual({ kind: 'answer', inputs: 5, most: 5 });
    expect(countInputs(quickExamples.conference)).toEqual({ kind: 'conference', inputs: 8, most: 9 });
    const [line] = quickExamples.conference['contributions'] as readonly JsonObject[];
    const sheet = { ...quickExamples.conference, contributions: [{ ...line }] };
    expect(countInputs(sheet)).toEqual({ kind: 'conference', inputs: 4, most: 4 });
    expect(countInputs({ ...sheet, purpose: 'exit-support' })).toMatchObject({ inputs: 5, most: 4 });
    const marked = [{ dataCategory: 'identity', asOf: '2026-11-22', reliability: 'high' }];
    expect(countInputs({ ...quickExamples.answer, items: marked })).toMatchObject({ inputs: 6, most: 4 });
  });
});

describe('Templates', () => {
  test('are the clauses in force that name the agency, each with what a person still has to say', async () => {
    const listed = async (by: Caller) =>
      (await by.get('/v1/templates')).json<{ templates: readonly JsonObject[] }>().templates;
    const template = 'youth-office-police-exampletown@1#progress';
    expect(await listed(officer)).toMatchObject([
      { template, kind: 'request', counterparts: [youthOffice], needs: ['template', 'case', 'items', 'reason'] },
    ]);
    expect((await listed(youth)).map(({ kind }) => kind)).toEqual(['answer', 'spontaneous', 'conference']);
    expect(await listed(await running.as('agency', school))).toEqual([]);
    expect((await (await running.as('operator', 'host.example')).get('/v1/templates')).status).toBe(403);
  });
});

describe('A quick entry is refused, and nothing is stored', () => {
  test.each<[what: string, changes: object, ...pointers: string[]]>([
    ['of an unknown template', { template: planted }, '/template'],
    ['without one', { template: undefined }, '/template'],
    ['of ten thousand items', { items: Array<string>(10_000).fill('identity') }, '/items'],
    ['of none', { items: undefined }, '/items'],
    ['with a field nobody knows', { mood: planted }, '/mood'],
    ['for strangers', { counterparts: [school] }, '/counterparts'],
    ['that asks for what the clause only lets it tell', { kind: 'request' }, '/template'],
    ['that answers nothing', { kind: 'answer' }, '/request'],
    ['that answers what is not there', { request: freshId() }, '/request'],
    ['whose id is none', { id: planted }, '/id'],
    [
      'whose grounds differ',
      { items: [{ dataCategory: 'identity', gateway: 'emergency' }], gateway: 'court-order' },
      '/items/0/gateway',
    ],
  ])('%s', async (_what, changes, ...pointers) => {
    await refused(running, () => quick(youth, example('spontaneous', changes)), invalid(...pointers));
  });

  test.each<[what: string, changes: object, ...pointers: string[]]>([
    ['an unknown code', { items: ['identity', planted] }, '/items/1/dataCategory'],
    ['a reason that is none', { reason: 7 }, '/reason'],
    ['a case that is none', { case: 7 }, '/case'],
    ['an age nobody has', { ageBand: planted }, '/ageBand'],
  ])('for %s, in the words of the worker', async (_what, changes, ...pointers) => {
    const body = example('spontaneous', { case: 'case-1', ...changes });
    await refused(running, () => quick(youth, body), { status: 422, code: 'invalid-entry', pointers });
  });

  test('of a sheet with the line that is wrong', async () => {
    const contributions = [{ items: ['identity'] }, { items: [planted] }];
    const answer = await quick(youth, example('conference', { contributions }));
    expect([answer.status, answer.json<{ errors: { pointer: string }[] }>().errors[0]?.pointer]).toEqual([
      422,
      expect.stringMatching(/^\/contributions\/1\//),
    ]);
  });

  test('by who is no party, and by who records nothing', async () => {
    const teacher = await running.as('agency', school);
    await refused(running, () => quick(teacher, example('spontaneous')), invalid('/template'));
    const dpo = await running.as('dpo', youthOffice);
    await refused(running, () => quick(dpo, example('spontaneous')), { status: 403, code: 'forbidden' });
  });
});
