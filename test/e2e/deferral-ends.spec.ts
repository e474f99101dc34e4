import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { entryLike, freshId } from './sample-entries.js';

const [own, addressed] = ['own.example', 'addressed.example'];
/** The ledger's clock begins on the day before. The day ends at midnight in Berlin. */
const [hiddenUntil, lastMoment] = ['2026-11-23', '2026-11-23T22:59:59.999Z'];
const deferred = { visibility: 'deferred-until', hiddenUntil };
const look = { 'Access-Purpose': 'lawfulness-check' };

const [asked, told] = [freshId(), freshId()];
const [disclosureId, receiptless] = [freshId(), freshId()];
const request = entryLike('InformationRequested', { exchange: asked, data: { addressee: addressed, ...deferred } });
const disclosure = entryLike('InformationDisclosed', {
  exchange: told,
  data: { recipients: [addressed], disclosureId, spontaneous: true, request: undefined as never, ...deferred },
});
/** Says openly what is wrong in what is hidden: it is never shown apart from that. */
const correction = entryLike('EntryCorrected', {
  exchange: told,
  data: { corrects: disclosure.id, visibility: 'open' },
});
/** The same where the other side has a part in the exchange anyhow, and the correction says nothing of visibility. */
const [shared, unheardOf] = [freshId(), freshId()];
const receipt = entryLike('DisclosureReceived', {
  exchange: shared,
  data: { disclosedBy: own, disclosureId: unheardOf },
});
const besides = entryLike('InformationDisclosed', {
  exchange: shared,
  data: {
    recipients: [addressed],
    disclosureId: freshId(),
    spontaneous: true,
    request: undefined as never,
    ...deferred,
  },
});
const correctionBesides = entryLike('EntryCorrected', { exchange: shared, data: { corrects: besides.id } });
/** Something open beside it, so that what is hidden is hidden among other things. */
const openly = entryLike('InformationDisclosed', {
  data: { recipients: [addressed], disclosureId: receiptless, spontaneous: true, request: undefined as never },
});

let running: RunningLedger;
let worker: Caller;
let officer: Caller;
let supervisor: Caller;
let author: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(own, addressed);
  author = await running.as('agency', own);
  worker = await running.as('agency', addressed);
  officer = await running.as('dpo', addressed);
  supervisor = await running.as('regulator', 'dpa.example', { competentFor: [addressed] });
  expect((await author.record(openly)).status).toBe(201);
  expect((await worker.record(receipt)).status).toBe(201);
});
afterAll(() => running.remove());

const lists = [
  'views/disclosures',
  'views/flows',
  'views/summary',
  'views/agency-flows',
  'views/agency-flows?format=csv',
  'views/recipients',
  'views/recipients?format=csv',
  'views/one-sided-entries',
  'views/one-sided-entries?format=csv',
  'views/today',
  'views/today?format=csv',
  'inbox',
  'judgements',
  `exchanges/${shared}`,
];
const recorded = [request, disclosure, correction, besides, correctionBesides];
const alone = [`exchanges/${asked}`, `exchanges/${told}`, ...recorded.map(({ id }) => `entries/${id}`)];

const got = (caller: Caller, path: string, headers = {}): Promise<Answer> =>
  caller.get(`/v1/${path}`, { ...look, ...headers });

/** What is answered, but for how far the log has come. */
async function essence(caller: Caller, path: string): Promise<string> {
  const { status, text } = await got(caller, path);
  if (!text.startsWith('{')) return `${status} ${text.replace(/Complete as recorded.*/, '')}`;
  const { completeUpTo: _, note: __, integrity: ___, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return `${status} ${JSON.stringify(rest)}`;
}

type Seen = ReadonlyMap<string, string>;

async function seenBy(caller: Caller): Promise<Seen> {
  const { views } = (await caller.get('/v1/views')).json<{ views: { name: string; columns: object[] }[] }>();
  // How many entries the log holds is nobody's secret, and whoever looks here is seen to have looked.
  const named = views.filter(({ name, columns }) => columns.length > 0 && !['integrity', 'looks'].includes(name));
  const paths = named.flatMap(({ name }) => [`views/${name}`, `views/${name}?format=csv`]);
  const all = new Map<string, string>();
  for (const path of new Set([...lists, ...alone, ...paths])) all.set(path, await essence(caller, path));
  return all;
}

/** Where two answers are not the same. */
const differing = (one: Seen, other: Seen = new Map()): readonly string[] =>
  [...one.keys()].filter((path) => one.get(path) !== other.get(path));

const until = (moment: string): void => running.clock.tick(Date.parse(moment) - Date.parse(running.clock.now()));

describe('What is deferred until a day', () => {
  let before: readonly Seen[];
  let tag: string;

  test('is absent alike, for all others, from lists, counts, CSV files, inbox and exchanges until the day is over', async () => {
    until(lastMoment);
    await running.raiseCheckNotes();
    const others = [worker, officer, supervisor];
    before = await Promise.all(others.map(seenBy));
    for (const entry of recorded) expect((await author.record(entry)).status).toBe(201);
    await running.raiseCheckNotes();
    const after = await Promise.all(others.map(seenBy));
    expect(after.map((seen, place) => differing(seen, before[place]))).toEqual([[], [], []]);
    for (const path of alone) expect([path, after[0]?.get(path)]).toEqual([path, expect.stringMatching(/^404/)]);
    for (const path of alone)
      expect([path, await essence(author, path)]).toEqual([path, expect.stringMatching(/^200/)]);
    tag = String((await got(officer, 'views/disclosures')).headers.etag);
  });

  test('is there for those it is for from the moment after, wherever it was absent, and a copy held of a list is old', async () => {
    running.clock.tick(1);
    const listed = await got(officer, 'views/disclosures', { 'If-None-Match': tag });
    expect([listed.status, listed.text.includes(disclosure.id)]).toEqual([200, true]);
    const seen = await seenBy(officer);
    // What the agency recorded itself, and nothing else, is in its summary.
    const different = differing(seen, before[1]);
    expect([...lists, ...alone].filter((path) => !different.includes(path))).toEqual(['views/summary']);
    for (const path of alone) expect([path, seen.get(path)]).toEqual([path, expect.stringMatching(/^200/)]);
    const inbox = (await got(worker, 'inbox')).json<{ waiting: { exchange: string; owes: string }[] }>().waiting;
    expect(inbox).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ exchange: asked, owes: 'decision' }),
        expect.objectContaining({ exchange: told, owes: 'receipt', about: disclosureId }),
      ]),
    );
    expect((await got(worker, `exchanges/${told}`)).json()).toMatchObject({ state: 'disclosed', version: 2 });
  });

  test('is for who supervises them what they see of it, and no entry of a body it does not supervise', async () => {
    const seen = await seenBy(supervisor);
    const different = differing(seen, before[2]);
    expect(different).toEqual(expect.arrayContaining(['views/recipients', 'views/one-sided-entries']));
    expect(lists.slice(0, 5).filter((path) => different.includes(path))).toEqual([]);
    for (const path of alone) expect([path, seen.get(path)]).toEqual([path, expect.stringMatching(/^404/)]);
  });

  test('is owed from then on, with the time there is for it, and noted when that is over', async () => {
    const due = '2026-12-01T22:59:59.999Z';
    const owed = async (view: string) =>
      (await got(officer, `views/${view}?rule=LOG-04&about=${disclosure.id}`))
        .json<{ rows: { cells: Record<string, unknown> }[] }>()
        .rows.map(({ cells }) => cells['due'] ?? cells['dueAt']);
    expect(await owed('deadlines')).toEqual([due]);
    const { rows } = (await got(worker, 'views/today')).json<{ rows: { cells: object }[] }>();
    expect(rows.map(({ cells }) => cells)).toContainEqual(
      expect.objectContaining({ exchange: told, disclosure: disclosureId, rule: 'LOG-04', due }),
    );
    until(due);
    await running.raiseCheckNotes();
    expect(await owed('check-notes')).toEqual([]);
    running.clock.tick(1);
    await running.raiseCheckNotes();
    expect(await owed('check-notes')).toEqual([due]);
  });

  test('is the same once all views are built again', async () => {
    await running.raiseCheckNotes();
    const seen = await seenBy(officer);
    await running.close();
    for (const file of readdirSync(running.directory).filter((name) => name.startsWith('views.sqlite'))) {
      rmSync(join(running.directory, file));
    }
    await running.open();
    await running.raiseCheckNotes();
    // Each look at an entry is recorded, and judged as a matter of its own.
    const different = differing(await seenBy(officer), seen);
    expect(different.filter((path) => path !== 'judgements')).toEqual([]);
  });
});
