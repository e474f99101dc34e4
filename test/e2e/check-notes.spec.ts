import type { JsonObject } from '#statement';
import type { Answer, Caller, ProblemAnswer } from '../support/caller.js';
import { RunningLedger, until } from '../support/running-ledger.js';
import { lastEntries } from './last-entries.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';

const clinic = 'clinic.example';
const look = { 'Access-Purpose': 'lawfulness-check' };
const day = 24 * 60 * 60 * 1000;

let running: RunningLedger;
let officer: Caller;
let youth: Caller;

async function start(checkNotes?: 'by-itself'): Promise<void> {
  running = await RunningLedger.start(checkNotes === undefined ? {} : { checkNotes });
  await running.admit(police, youthOffice, clinic);
  officer = await running.as('agency', police);
  youth = await running.as('agency', youthOffice);
}
afterEach(() => running.remove());

interface Note {
  readonly id: string;
  readonly terms: JsonObject;
}

/** Every check note in the log, in its order. */
async function notes(): Promise<readonly Note[]> {
  const entries = await lastEntries(running, await running.size('entries'));
  return entries.flatMap(({ id, issuer, terms }) =>
    issuer === 'ledger' && terms?.['type'] === 'CheckNoteRaised' ? [{ id, terms }] : [],
  );
}

const about = async (entry: string): Promise<readonly Note[]> =>
  (await notes()).filter(({ terms }) => terms['causedBy'] === entry);
const rulesOf = (found: readonly Note[]): ReadonlySet<unknown> => new Set(found.map(({ terms }) => terms['rule']));
const keyOf = ({ terms }: Note): string => JSON.stringify([terms['rule'], terms['agency'], terms['fact']]);
const problem = (answer: Answer): readonly [number, string] => [answer.status, answer.json<ProblemAnswer>().code];

/** A disclosure of the police to the youth office that says nothing of why. */
const unexplained = (exchange = freshId()) => {
  const like = entryLike('InformationDisclosed', { exchange, occurredAt: running.clock.now() });
  const said = Object.entries(like.data).filter(([field]) => !['justification', 'necessity'].includes(field));
  const missing = { missing: 'not-given' };
  const data = {
    ...Object.fromEntries(said),
    justification: missing,
    recipients: [youthOffice],
    disclosureId: freshId(),
  };
  return { ...like, data };
};

describe('An entry that is not as rules say', () => {
  beforeEach(() => start());

  test('is recorded like any other, and its check notes follow it', async () => {
    const entry = unexplained();
    expect((await officer.record(entry)).status).toBe(201);
    expect(await notes()).toEqual([]);
    await running.raiseCheckNotes();
    const found = await about(entry.id);
    expect([...rulesOf(found)]).toEqual(expect.arrayContaining(['LOG-01']));
    const [logged] = found.filter(({ terms }) => terms['rule'] === 'LOG-01');
    expect(logged?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(logged?.terms).toMatchObject({
      agency: police,
      fact: entry.id,
      facts: expect.arrayContaining([entry.id]) as unknown,
      outcome: 'broken',
      severity: 'urgent',
      occurredAt: entry.occurredAt,
      dueAt: entry.occurredAt,
    });
    expect(running.progress).toContain('an urgent check note was raised');
  });

  test('raises each of them once, however often anybody looks and the ledger starts', async () => {
    await officer.record(unexplained());
    for (let looks = 0; looks < 2; looks += 1) await running.raiseCheckNotes();
    const first = await notes();
    await running.close();
    await running.open();
    await running.raiseCheckNotes();
    expect(await notes()).toEqual(first);
    expect(new Set(first.map(keyOf)).size).toBe(first.length);
    expect(first.length).toBeGreaterThan(0);
  });

  test('keeps its check note although somebody took its id for an entry of their own', async () => {
    const entry = unexplained();
    await officer.record(entry);
    await running.raiseCheckNotes();
    const [foreseen] = (await about(entry.id)).filter(({ terms }) => terms['rule'] === 'LOG-01');
    await running.remove();
    await start();
    await youth.record(entryLike('ProcessingOperationLogged', { id: foreseen?.id ?? '' }));
    await officer.record(entry);
    for (let looks = 0; looks < 2; looks += 1) await running.raiseCheckNotes();
    const found = (await about(entry.id)).filter(({ terms }) => terms['rule'] === 'LOG-01');
    expect(found).toHaveLength(1);
    expect(found[0]?.id).not.toBe(foreseen?.id);
  });

  test('is counted by severity, without saying whose it is', async () => {
    await officer.record(unexplained());
    await running.raiseCheckNotes();
    const operator = await running.as('operator', 'host.example');
    const figures = (await operator.get('/metrics')).text;
    expect(figures).toMatch(/nachweis_check_notes_raised_total\{severity="urgent"\} [1-9]/);
    expect(figures).toContain('nachweis_check_notes_owed 0');
    expect(figures).toContain('nachweis_check_notes_failing 0');
    expect(running.progress.join()).not.toContain(police);
  });
});

describe('A deadline', () => {
  const owed = async (entry: string): Promise<readonly Note[]> =>
    (await about(entry)).filter(({ terms }) => terms['rule'] === 'LOG-04');

  test('that passes without anything being recorded raises its check note by itself', async () => {
    await start('by-itself');
    const entry = unexplained();
    await officer.record(entry);
    await until(async () => (await about(entry.id)).length > 0);
    expect(await owed(entry.id)).toEqual([]);
    // The receipt is owed within five working days; 22 November 2026 is a Sunday.
    running.clock.tick(5 * day);
    for (let turns = 0; turns < 100; turns += 1) await new Promise(setImmediate);
    expect(await owed(entry.id)).toEqual([]);
    running.clock.tick(day);
    await until(async () => (await owed(entry.id)).length > 0);
    expect(await owed(entry.id)).toMatchObject([
      { terms: { agency: youthOffice, outcome: 'broken', dueAt: '2026-11-27T22:59:59.999Z' } },
    ]);
  });

  test('that passed while the ledger was down raises it at the next start', async () => {
    await start('by-itself');
    const entry = unexplained();
    await officer.record(entry);
    await until(async () => (await about(entry.id)).length > 0);
    await running.close();
    running.clock.tick(30 * day);
    await running.open();
    await until(async () => (await owed(entry.id)).length > 0);
    expect(await owed(entry.id)).toMatchObject([{ terms: { occurredAt: '2026-11-27T22:59:59.999Z' } }]);
  });
});

describe('A check note', () => {
  let note: string;
  let dpo: Caller;

  beforeEach(async () => {
    await start();
    const entry = unexplained();
    await officer.record(entry);
    await running.raiseCheckNotes();
    note = (await about(entry.id)).find(({ terms }) => terms['agency'] === police)?.id ?? '';
    dpo = await running.as('dpo', police);
  });

  const assessment = (data: JsonObject = {}) =>
    entryLike('CheckNoteAssessed', { occurredAt: running.clock.now(), data: { note, status: 'confirmed', ...data } });

  test('is for the data protection officer of its agency and the supervisor, and does not exist for anybody else', async () => {
    const readers = {
      dpo,
      regulator: await running.as('regulator', 'dpa.example', { competentFor: [police] }),
      worker: officer,
      other: await running.as('dpo', youthOffice),
      unfit: await running.as('regulator', 'dpa.example', { competentFor: [youthOffice] }),
    };
    const seen = Object.entries(readers).map(async ([name, by]) => {
      const answer = await by.get(`/v1/entries/${note}`, look);
      return [name, answer.status, answer.json()['opened']] as const;
    });
    expect(await Promise.all(seen)).toEqual([
      ['dpo', 200, ['terms']],
      ['regulator', 200, ['terms']],
      ['worker', 404, undefined],
      ['other', 404, undefined],
      ['unfit', 404, undefined],
    ]);
  });

  test('is assessed by the data protection officer of its agency, and stands so from then on', async () => {
    const confirmed = assessment();
    const answer = await dpo.record(confirmed);
    expect([answer.status, (await dpo.record(confirmed)).status]).toEqual([201, 200]);
    await running.raiseCheckNotes();
    const { database } = running.ledger.views;
    const standing = database.selectFrom('note').select(['status']).where('entry_id', '=', note);
    expect(await standing.executeTakeFirst()).toEqual({ status: 'confirmed' });
    expect((await dpo.get(`/v1/entries/${confirmed.id}`, look)).status).toBe(200);
    expect((await officer.get(`/v1/entries/${confirmed.id}`, look)).status).toBe(404);
  });

  test('is not assessed by case workers, nor for another agency, nor where there is none', async () => {
    expect(problem(await officer.record(assessment()))).toEqual([403, 'forbidden']);
    const other = await running.as('dpo', youthOffice);
    const [theirs, unknown] = [await other.record(assessment()), await dpo.record(assessment({ note: freshId() }))];
    expect([problem(theirs), problem(unknown)]).toEqual([
      [404, 'not-found'],
      [404, 'not-found'],
    ]);
    expect(theirs.text).toBe(unknown.text);
    const entry = request();
    await officer.record(entry);
    expect(problem(await dpo.record(assessment({ note: entry.id })))).toEqual([404, 'not-found']);
  });

  test('is all that its data protection officer records', async () => {
    expect(problem(await dpo.record(request()))).toEqual([403, 'forbidden']);
    expect((await dpo.record(assessment({ note: { missing: 'unknown' } }))).status).toBe(201);
  });
});
