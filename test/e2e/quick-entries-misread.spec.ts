import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { example, invalid, quick, rowsOf } from './quick-answers.js';
import { refused } from './refusal.js';
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
  test('that happened at another time is another one', async () => {
    const said = example('spontaneous', { occurredAt: '2026-11-20T10:00:00.000Z' });
    expect((await quick(youth, said)).status).toBe(201);
    expect((await quick(youth, said)).status).toBe(200);
    const later = { ...said, occurredAt: '2026-11-21T10:00:00.000Z' };
    await refused(running, () => quick(youth, later), { status: 409, code: 'id-taken' });
  });

  test('that hides something until a day says that it is deferred', async () => {
    const hidden = example('spontaneous', { hiddenUntil: '2027-06-01' });
    const halfSaid = { status: 422, code: 'invalid-entry', pointers: ['/visibility'] };
    await refused(running, () => quick(youth, hidden), halfSaid);
    await refused(running, () => quick(youth, { ...hidden, visibility: 'open' }), halfSaid);
    const [row] = rowsOf(await quick(youth, { ...hidden, visibility: 'deferred-until' }));
    expect((await officer.get(`/v1/entries/${row?.id}`)).status).toBe(404);
  });

  test('answers a request for whom it was addressed or escalated to, and for nobody else in the exchange', async () => {
    const [request] = rowsOf(await quick(officer, example('request')));
    const exchange = request?.entry.exchange ?? '';
    const teacher = await running.as('agency', school);
    const told = entryLike('InformationDisclosed', {
      exchange,
      data: { recipients: [school], disclosureId: freshId(), request: { missing: 'unknown' } },
    });
    expect((await youth.record(told)).status).toBe(201);
    const refusal = example('answer', {
      request: request?.id,
      items: [{ dataCategory: 'identity', refused: 'not-necessary' }],
    });
    await refused(running, () => quick(teacher, refusal), invalid('/request'));
    const escalation = entryLike('RequestEscalated', {
      exchange,
      data: { escalatedTo: school, request: request?.id ?? '' },
    });
    expect((await officer.record(escalation)).status).toBe(201);
    // Now it is asked, and lacks nothing but a clause that names it.
    await refused(running, () => quick(teacher, refusal), invalid('/template'));
  });

  test('answers no other request of an exchange in which its agency was asked something else', async () => {
    const exchange = freshId();
    const requestTo = (addressee: string) => entryLike('InformationRequested', { exchange, data: { addressee } });
    const [own, theirs] = [requestTo(youthOffice), requestTo(school)];
    const escalated = (request: string, escalatedTo: string) =>
      officer.record(entryLike('RequestEscalated', { exchange, data: { escalatedTo, request } }));
    for (const one of [own, theirs]) expect((await officer.record(one)).status).toBe(201);
    expect((await escalated(own.id, school)).status).toBe(201);
    const refusal = example('answer', {
      request: theirs.id,
      items: [{ dataCategory: 'identity', refused: 'not-necessary' }],
    });
    await refused(running, () => quick(youth, refusal), invalid('/request'));
    expect((await escalated(theirs.id, youthOffice)).status).toBe(201);
    expect((await quick(youth, refusal)).status).toBe(201);
  });
});
