import type { EntryBody } from '#catalogue';
import type { JsonObject } from '#statement';
import type { Caller } from '../../support/caller.js';
import { RunningLedger } from '../../support/running-ledger.js';
import { planted, refused, type Refusal } from '../refusal.js';
import { entryLike, exampleOf, police, youthOffice } from '../sample-entries.js';

const clinic = 'clinic.example';
let running: RunningLedger;
let officer: Caller;
let doctor: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, clinic);
  officer = await running.as('agency', police);
  doctor = await running.as('agency', clinic);
  for (const data of [inForce, { ...inForce, agreement: 'ring', supersedes: 'circle@1' }]) {
    expect((await officer.record(adopted(data))).status).toBe(201);
  }
});
afterAll(() => running.remove());

const inForce = { agreement: 'exit-network', version: 1, validFrom: '2026-02-01', validUntil: '2027-01-31' };
const adopted = (data: JsonObject = {}): EntryBody =>
  entryLike('AgreementAdopted', { data: { agreement: 'other-network', contactPoint: planted, ...data } });
const amended = (data: JsonObject = {}): EntryBody =>
  entryLike('AgreementAmended', {
    data: { agreement: 'exit-network', supersedes: 'exit-network@1', contactPoint: planted, ...data },
  });
const terminated = (data: JsonObject = {}): EntryBody =>
  entryLike('AgreementTerminated', { data: { agreement: 'exit-network', lastDay: '2026-03-31', ...data } });

const [clause] = exampleOf('AgreementAdopted').data['clauses'] as readonly JsonObject[];
const clauses = (...changes: readonly JsonObject[]): JsonObject => ({
  clauses: changes.map((change) => ({ ...clause, ...change })),
});
const invalid = (...pointers: readonly string[]): Refusal => ({ status: 422, code: 'invalid-entry', pointers });
const forbidden: Refusal = { status: 403, code: 'forbidden' };

describe('An agreement is refused that contradicts itself', () => {
  test.each<[what: string, data: JsonObject, pointer: string]>([
    ['it has no parties', { parties: [] }, '/data/parties'],
    ['it has no clauses', { clauses: [] }, '/data/clauses'],
    ['it ends before it begins', { validUntil: '2026-01-31' }, '/data/validUntil'],
    ['it supersedes itself', { supersedes: 'other-network@1' }, '/data/supersedes'],
    ['a clause names who is no party', clauses({ to: [clinic] }), '/data/clauses/0/to/0'],
    ['a purpose is no code', clauses({ purposes: [planted] }), '/data/clauses/0/purposes/0'],
    ['two clauses have one name', clauses({}, {}), '/data/clauses/1/id'],
    ['it is version 0', { version: 0 }, '/data/version'],
  ])('because %s', async (_what, data, pointer) => {
    await refused(running, () => officer.record(adopted(data)), invalid(pointer));
  });
});

describe('An agreement is refused that contradicts what was recorded before', () => {
  test.each<[what: string, entry: () => EntryBody, pointer: string]>([
    ['the version is known', () => adopted({ ...inForce, title: 'Another' }), '/data/version'],
    ['both would hold on its first day', () => adopted({ ...inForce, version: 2 }), '/data/validFrom'],
    [
      'both would hold on the last day',
      () => adopted({ ...inForce, version: 2, validFrom: '2027-01-31' }),
      '/data/validFrom',
    ],
    ['nothing would be left of what it supersedes', () => amended({ validFrom: '2026-02-01' }), '/data/validFrom'],
    [
      'the two would supersede each other',
      () => adopted({ agreement: 'circle', supersedes: 'ring@1' }),
      '/data/supersedes',
    ],
  ])('because %s', async (_what, entry, pointer) => {
    await refused(running, () => officer.record(entry()), invalid(pointer));
  });

  test('or another line of the same batch, and nothing of the batch is stored', async () => {
    const [one, two] = [adopted(), adopted({ version: 2 })];
    await refused(running, () => officer.batch([one, two]), { ...invalid('/data/validFrom'), line: 2 });
    expect((await officer.record(one)).status).toBe(201);
    expect((await officer.record(one)).status).toBe(200);
  });
});

describe('An agreement of others is not for an agency', () => {
  test('to adopt', async () => {
    await refused(running, () => doctor.record(adopted({ agreement: 'of-others' })), forbidden);
  });

  test('to amend, not even when it names itself', async () => {
    const parties = [police, youthOffice, 'exit-programme.example', clinic];
    await refused(running, () => doctor.record(amended({ parties })), forbidden);
  });

  test('to terminate', async () => {
    await refused(running, () => doctor.record(terminated()), forbidden);
    expect((await officer.record(terminated())).status).toBe(201);
    expect((await officer.record(adopted({ ...inForce, version: 2, validFrom: '2026-04-01' }))).status).toBe(201);
  });
});
