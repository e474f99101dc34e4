import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Answer, Caller, ProblemAnswer } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';

const look = { 'Access-Purpose': 'lawfulness-check' };
const hour = 60 * 60 * 1000;

let running: RunningLedger;
let officer: Caller;
let youth: Caller;
let operator: Caller;

beforeEach(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  officer = await running.as('agency', police);
  youth = await running.as('agency', youthOffice);
  operator = await running.as('operator', 'host.example');
});
afterEach(() => running.remove());

const statusFor = async (by: Caller, id: string): Promise<number> => (await by.get(`/v1/entries/${id}`, look)).status;
const problem = (answer: Answer): readonly [number, string] => [answer.status, answer.json<ProblemAnswer>().code];

describe('An entry that is hidden', () => {
  const disclosed = async (visibility: Readonly<Record<string, string>>): Promise<string> => {
    const data = { recipients: [police], disclosureId: freshId(), ...visibility };
    const entry = entryLike('InformationDisclosed', { exchange: freshId(), data });
    expect((await youth.record(entry)).status).toBe(201);
    return entry.id;
  };

  test.each(['restricted', 'sealed'])(
    'because it is %s exists for its agency and supervisors alone',
    async (visibility) => {
      const id = await disclosed({ visibility });
      const regulator = await running.as('regulator', 'dpa.example', { competentFor: [youthOffice] });
      const dpo = await running.as('dpo', police);
      const seen = await Promise.all([youth, regulator, officer, dpo].map((by) => statusFor(by, id)));
      expect(seen).toEqual([200, 200, 404, 404]);
      const [hidden, unknown] = [await officer.get(`/v1/entries/${id}`), await officer.get(`/v1/entries/${freshId()}`)];
      expect(hidden.text).toBe(unknown.text);
      expect((await officer.get(`/v1/entries/${id}/proof`)).status).toBe(404);
    },
  );

  test('until a day does not exist for its recipient before that day is over', async () => {
    const id = await disclosed({ visibility: 'deferred-until', hiddenUntil: '2026-11-23' });
    expect(await statusFor(officer, id)).toBe(404);
    // From 11:00 on 22 November in Berlin to the last hour of the 23rd, and to the first minute of the 24th.
    running.clock.tick(36 * hour);
    expect(await statusFor(officer, id)).toBe(404);
    running.clock.tick(hour);
    expect(await statusFor(officer, id)).toBe(200);
  });

  test('until nobody knows when does not exist for its recipient at all', async () => {
    const id = await disclosed({ visibility: 'deferred-until' });
    running.clock.tick(24 * 365 * hour);
    expect(await statusFor(await running.as('agency', police), id)).toBe(404);
  });
});

describe('A correction', () => {
  const exchange = freshId();
  const corrected = (of: string, more: object = {}) =>
    entryLike('EntryCorrected', { exchange, data: { corrects: of, ...more } });
  const shown = async (by: Caller, id: string) => (await by.get(`/v1/entries/${id}`, look)).json();

  test('and what it corrects name each other, also where the correction came first', async () => {
    const first = request({ exchange });
    const [early, late] = [corrected(first.id), corrected(first.id)];
    for (const entry of [early, first, late]) expect((await officer.record(entry)).status).toBe(201);
    expect(await shown(officer, first.id)).toMatchObject({ correctedBy: [early.id, late.id] });
    for (const { id } of [early, late]) expect(await shown(officer, id)).toMatchObject({ corrects: first.id });
    const closed = (await officer.get(`/v1/entries/${first.id}`)).json();
    expect(closed).not.toHaveProperty('correctedBy');
  });

  test('exists for nobody else before its agency has recorded what it corrects', async () => {
    const first = request({ exchange });
    const early = corrected(first.id);
    for (const entry of [request({ exchange }), early]) expect((await officer.record(entry)).status).toBe(201);
    expect([await statusFor(youth, early.id), await statusFor(officer, early.id)]).toEqual([404, 200]);
    await officer.record(first);
    expect([await statusFor(youth, early.id), await statusFor(officer, early.id)]).toEqual([200, 200]);
  });

  test('that cannot be opened is left out and reported, and keeps nobody from the exchange', async () => {
    const first = request({ exchange });
    const [damaged, whole] = [corrected(first.id), corrected(first.id)];
    for (const entry of [first, damaged, whole]) expect((await officer.record(entry)).status).toBe(201);
    expect((await youth.get(`/v1/exchanges/${exchange}`)).status).toBe(200);
    const vault = new DatabaseSync(`${running.directory}/vault.sqlite`);
    const damage = 'UPDATE blocks SET sealed = zeroblob(99) WHERE stored IN (SELECT id FROM stored WHERE entry = ?)';
    expect(vault.prepare(damage).run(damaged.id).changes).toBeGreaterThan(0);
    vault.close();
    const answer = await youth.get(`/v1/exchanges/${exchange}`);
    expect(answer.json<{ entries: object[] }>().entries[0]).toMatchObject({ correctedBy: [whole.id] });
    expect(running.alarms).toEqual(['a block cannot be opened']);
  });

  test('does so after the register was rebuilt', async () => {
    const first = request({ exchange });
    const correction = corrected(first.id);
    await officer.batch([first, correction]);
    await running.close();
    for (const name of ['', '-wal', '-shm']) rmSync(`${running.directory}/register.sqlite${name}`, { force: true });
    await running.open();
    expect(await shown(officer, first.id)).toMatchObject({ correctedBy: [correction.id] });
  });

  test('of what another agency recorded afterwards under that id is none of it', async () => {
    const first = request({ exchange });
    const foreign = corrected(first.id);
    expect((await youth.record({ ...foreign, exchange: freshId() })).status).toBe(201);
    await officer.record(first);
    expect(await shown(officer, first.id)).not.toHaveProperty('correctedBy');
    expect(await shown(youth, foreign.id)).not.toHaveProperty('corrects');
  });

  test('in no exchange, or in one with others, is for whom what it corrects is for, and for nobody else', async () => {
    const clinic = 'clinic.example';
    await running.admit(clinic);
    const other = await running.as('agency', clinic);
    const first = request({ exchange });
    const beside = request({ data: { addressee: clinic } });
    const elsewhere = { ...corrected(first.id), exchange: String(beside.exchange) };
    const { exchange: _, ...alone } = corrected(first.id);
    for (const entry of [first, beside, elsewhere, alone]) expect((await officer.record(entry)).status).toBe(201);
    for (const by of [officer, youth]) {
      expect(await shown(by, first.id)).toMatchObject({ correctedBy: [elsewhere.id, alone.id] });
      for (const { id } of [elsewhere, alone]) expect(await shown(by, id)).toMatchObject({ corrects: first.id });
      const listed = (await by.get(`/v1/exchanges/${exchange}`)).json<{ entries: object[] }>().entries;
      expect(listed).toMatchObject([{ entry: first.id, correctedBy: [elsewhere.id, alone.id] }]);
    }
    for (const { id } of [first, elsewhere, alone]) expect(await statusFor(other, id)).toBe(404);
  });

  test('shows who takes part in the exchange no more than what it corrects does', async () => {
    const clinic = 'clinic.example';
    await running.admit(clinic);
    const other = await running.as('agency', clinic);
    const first = request({ exchange });
    const correction = corrected(first.id);
    await officer.batch([first, request({ exchange, data: { addressee: clinic } }), correction]);
    const opened = async (by: Caller, id: string) => ((await shown(by, id)) as { opened: string[] }).opened;
    expect(await opened(other, first.id)).toEqual(['terms']);
    for (const by of [youth, other]) {
      expect(await opened(by, first.id)).toEqual(expect.arrayContaining(await opened(by, correction.id)));
    }
  });

  test('of what the other side may not know of is not known to it either', async () => {
    const first = request({ exchange, data: { visibility: 'restricted' } });
    const correction = corrected(first.id);
    const again = corrected(correction.id);
    await officer.record(request({ exchange }));
    await officer.batch([first, correction, again]);
    for (const { id } of [first, correction, again]) {
      expect([await statusFor(youth, id), await statusFor(officer, id)]).toEqual([404, 200]);
    }
  });
});

describe('An agency that is suspended', () => {
  const suspend = (data: Readonly<Record<string, string>>) =>
    entryLike('AgencySuspended', { data: { agency: police, ...data } });

  test('neither records nor reads while it is, and both before and after', async () => {
    const entry = request();
    await officer.record(entry);
    const times = { suspendedFrom: running.clock.in(hour), suspendedUntil: running.clock.in(3 * hour) };
    expect((await operator.record(suspend(times))).status).toBe(201);
    expect((await officer.record(request())).status).toBe(201);
    running.clock.tick(hour);
    const dpo = await running.as('dpo', police);
    const refused = [
      await officer.record(request()),
      await officer.get(`/v1/entries/${entry.id}`),
      await dpo.get('/v1/inbox'),
    ];
    expect(refused.map(problem)).toEqual(refused.map(() => [403, 'agency-suspended']));
    expect((await youth.record(request())).status).toBe(201);
    running.clock.tick(2 * hour);
    expect((await officer.record(request())).status).toBe(201);
  });

  test('stays so over a restart, until it is admitted again', async () => {
    await operator.record(suspend({ suspendedFrom: running.clock.now(), suspendedUntil: '2030-01-01T00:00:00.000Z' }));
    await running.close();
    await running.open();
    expect(problem(await officer.record(request()))).toEqual([403, 'agency-suspended']);
    await running.admit(police);
    expect((await officer.record(request())).status).toBe(201);
  });
});

describe('An outage', () => {
  test('is read by the operator and by who answers for agencies, without its staff', async () => {
    const outage = entryLike('SystemOutageRecorded');
    expect((await operator.record(outage)).status).toBe(201);
    const opened = async (by: Caller) => (await by.get(`/v1/entries/${outage.id}`, look)).json()['opened'];
    const dpo = await running.as('dpo', police);
    const regulator = await running.as('regulator', 'dpa.example', { competentFor: [] });
    expect(await Promise.all([operator, dpo, regulator, officer].map(opened))).toEqual([
      ['terms', 'staff', 'reasons'],
      ['terms', 'reasons'],
      ['terms', 'reasons'],
      undefined,
    ]);
  });
});
