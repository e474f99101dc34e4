import fc from 'fast-check';
import { headFor, standingAt } from '#catalogue';
import { agencyId, exchangeId } from '#kernel';
import type { Answer, Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { example, quick, rowsOf } from './quick-answers.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';

const school = 'school.example';
const restricted = { visibility: 'restricted' };
/** The ledger's clock begins in the morning of that day. */
const untilTonight = { visibility: 'deferred-until', hiddenUntil: '2026-11-22' };
const look = { 'Access-Purpose': 'lawfulness-check' };

let running: RunningLedger;
let officer: Caller;
let youth: Caller;
let teacher: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, school);
  officer = await running.as('agency', police);
  youth = await running.as('agency', youthOffice);
  teacher = await running.as('agency', school);
  expect((await youth.record(entryLike('AgreementAdopted'))).status).toBe(201);
});
afterAll(() => running.remove());

const told = async (by: Caller, entry: Parameters<Caller['record']>[0]): Promise<number> =>
  (await by.record(entry)).status;
const versionFor = async (caller: Caller, exchange: string): Promise<number> =>
  (await caller.get(`/v1/exchanges/${exchange}`, look)).json<{ version: number }>().version;
const operation = (exchange: string, expectedVersion?: number) =>
  entryLike('ProcessingOperationLogged', { exchange, ...(expectedVersion !== undefined && { expectedVersion }) });
const typesIn = (answer: Answer) => rowsOf(answer).map(({ entry }) => entry.type);

describe('Whoever goes on in an exchange in which another hides something', () => {
  test('goes on from the version it reads', async () => {
    const exchange = freshId();
    expect(await told(officer, request({ exchange }))).toBe(201);
    expect(await told(officer, request({ exchange, data: restricted }))).toBe(201);
    const seen = [await versionFor(youth, exchange), await versionFor(officer, exchange)];
    expect(seen).toEqual([1, 2]);
    expect(await told(youth, operation(exchange, 2))).toBe(409);
    expect(await told(youth, operation(exchange, 1))).toBe(201);
    expect(await told(officer, operation(exchange, 3))).toBe(201);
    expect([await versionFor(youth, exchange), await versionFor(officer, exchange)]).toEqual([3, 4]);
  });

  test('answers the request that it sees, though it was withdrawn behind its back', async () => {
    const [asked] = rowsOf(await quick(officer, example('request')));
    const { id, exchange } = asked?.entry ?? { id: '', exchange: '' };
    const withdrawal = entryLike('RequestWithdrawn', { exchange, data: { addressee: youthOffice, ...restricted } });
    expect(await told(officer, withdrawal)).toBe(201);
    const { waiting } = (await youth.get('/v1/inbox', look)).json<{ waiting: object[] }>();
    expect(waiting).toContainEqual(expect.objectContaining({ exchange, owes: 'decision' }));
    const answer = example('answer', { request: id });
    expect(typesIn(await quick(youth, answer))).toEqual(['RequestDecided', 'InformationDisclosed']);
    expect(typesIn(await quick(youth, answer))).toEqual(['RequestDecided', 'InformationDisclosed']);
  });
});

test('Who is named only in what is hidden is no party: neither reading nor recording nor an id tells it otherwise', async () => {
  const exchange = freshId();
  const opened = request({ exchange });
  const toAll = operation(exchange);
  const hidden = request({ exchange, data: { addressee: school, ...untilTonight } });
  for (const entry of [opened, toAll, hidden]) expect(await told(officer, entry)).toBe(201);
  const answers = async () => [
    (await teacher.get(`/v1/exchanges/${exchange}`, look)).status,
    (await teacher.get(`/v1/entries/${toAll.id}`, look)).status,
    (await teacher.record(operation(exchange))).status,
  ];
  expect(await answers()).toEqual([404, 404, 404]);
  running.clock.tick(24 * 3_600_000);
  expect(await answers()).toEqual([200, 200, 201]);
});

test('Where an exchange stands is the same to whoever goes on in it and to whoever reads it, whatever is hidden and corrected', async () => {
  const seed = 20261124;
  const agencies = [police, youthOffice, school];
  const day = (hiddenUntil: string) => ({ visibility: 'deferred-until', hiddenUntil });
  const step = fc.record({
    by: fc.constantFrom(officer, youth, teacher),
    to: fc.constantFrom(...agencies),
    corrects: fc.option(fc.nat(9)),
    said: fc.constantFrom({}, { visibility: 'open' }, restricted, day('2026-11-23'), day('2026-11-24')),
  });
  const differing: unknown[] = [];
  const stands = async (exchange: string): Promise<void> => {
    const times = running.ledger.register.timesOf(exchangeId(exchange)) ?? [];
    for (const [place, caller] of [officer, youth, teacher].entries()) {
      const agency = agencyId(agencies[place] ?? '');
      const head = headFor(standingAt(times, running.clock.now()), agency);
      const read = await caller.get(`/v1/exchanges/${exchange}`, look);
      const { version = null } = read.json<{ version?: number }>();
      const known = head?.parties.includes(agency) === true ? head.version : null;
      if (version !== known) differing.push({ exchange, agency, version, known });
    }
  };
  const told: string[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      const exchange = freshId();
      const ids = steps.map(freshId);
      for (const [place, { by, to, corrects, said }] of steps.entries()) {
        const id = ids[place] ?? '';
        // Of an entry of the same agency or of none yet; what is refused was never said.
        const other = corrects === null || corrects === place ? undefined : ids[corrects];
        await by.record(
          other === undefined
            ? request({ id, exchange, data: { addressee: to, ...said } })
            : entryLike('EntryCorrected', { id, exchange, data: { corrects: other, ...said } }),
        );
      }
      told.push(exchange);
      await stands(exchange);
    }),
    { seed, numRuns: 25 },
  );
  for (let tick = 0; tick < 2; tick++) {
    running.clock.tick(24 * 3_600_000);
    for (const exchange of told) await stands(exchange);
  }
  expect(differing).toEqual([]);
});
