import type { Answer, Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';

const clinic = 'clinic.example';
const refusals = '/v1/views/refusals';

interface ShownRow {
  readonly key: string;
  readonly agency: string;
  readonly cells: Readonly<Record<string, unknown>>;
}
interface Shown {
  readonly view: string;
  readonly title: string;
  readonly rows: readonly ShownRow[];
  readonly completeUpTo: number;
  readonly note: string;
  readonly integrity: readonly { readonly log: string; readonly sealed: number; readonly root: string | null }[];
}

let running: RunningLedger;
let dpo: Caller;
let youth: Caller;
let stranger: Caller;
let regulator: Caller;
let worker: Caller;

/** Asked by the police, refused by the youth office. */
async function refuse(data: Readonly<Record<string, string | readonly string[]>> = {}): Promise<string> {
  const exchange = freshId();
  const asked = request({ exchange });
  await worker.record(asked);
  const decision = entryLike('RequestDecided', {
    exchange,
    data: { decision: 'refuse', request: asked.id, requester: police, ...data },
  });
  await (await running.as('agency', youthOffice)).record(decision);
  return decision.id;
}

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, clinic);
  worker = await running.as('agency', police);
  dpo = await running.as('dpo', police);
  youth = await running.as('dpo', youthOffice);
  stranger = await running.as('dpo', clinic);
  regulator = await running.as('regulator', 'dpa.example', { competentFor: [youthOffice] });
  for (const decision of ['refuse', 'grant-partial', 'refuse', 'not-held', 'refuse']) await refuse({ decision });
  await running.advance();
});
afterAll(() => running.remove());

const shown = async (by: Caller, query = '', headers = {}): Promise<Shown> =>
  (await by.get(`${refusals}${query}`, headers)).json<Shown>();
const nextOf = ({ headers }: Answer): string | undefined => /<([^>]+)>; rel="next"/.exec(String(headers['link']))?.[1];

describe('A view', () => {
  test('answers with rows, how far it is complete and how far the logs are signed', async () => {
    const answer = await shown(dpo);
    expect(answer).toMatchObject({ view: 'V7', title: 'Refusals' });
    expect(answer.rows).toHaveLength(5);
    expect(answer.note).toBe(
      `Complete as recorded up to entry ${answer.completeUpTo - 1}; what was never recorded cannot be shown.`,
    );
    expect(answer.integrity).toMatchObject([
      { log: 'entries', sealed: 10, root: expect.any(String) },
      { log: 'registry', sealed: 3, root: expect.any(String) },
    ]);
    expect(answer.rows[0]).toMatchObject({
      agency: police,
      cells: { requestedBy: police, decidedBy: youthOffice, refused: [{ code: 'school-attendance' }] },
    });
  });

  test('is each side’s, and nobody else’s', async () => {
    expect((await shown(youth)).rows).toHaveLength(5);
    expect((await shown(regulator)).rows).toHaveLength(5);
    expect((await shown(stranger)).rows).toEqual([]);
    expect((await shown(await running.as('regulator', 'dpa.example', { competentFor: [clinic] }))).rows).toEqual([]);
  });

  test('is not for the operator, nor for case workers', async () => {
    const operator = await running.as('operator', 'host.example');
    expect((await operator.get(refusals)).status).toBe(403);
    expect((await operator.get('/v1/views')).status).toBe(403);
    expect((await worker.get(refusals)).status).toBe(403);
  });

  test('speaks German to whoever asks for it', async () => {
    const [byHeader, byQuery, byBoth] = await Promise.all([
      dpo.get(refusals, { 'Accept-Language': 'fr, de-AT;q=0.8, en;q=0.4' }),
      dpo.get(`${refusals}?lang=de`),
      dpo.get(`${refusals}?lang=en`, { 'Accept-Language': 'de' }),
    ]);
    for (const answer of [byHeader, byQuery]) {
      expect(answer.headers['content-language']).toBe('de');
      expect(answer.json<Shown>()).toMatchObject({ title: 'Ablehnungen' });
      expect(answer.json<Shown>().note).toMatch(/^Vollständig wie aufgezeichnet bis Eintrag \d+; was nie/);
    }
    expect(byBoth.json<Shown>().title).toBe('Refusals');
  });

  test('is narrowed by its columns, and sorted by them', async () => {
    expect((await shown(dpo, '?decision=refuse')).rows).toHaveLength(3);
    expect((await shown(dpo, '?refused=school-attendance&decidedBy=youth-office.example')).rows).toHaveLength(5);
    expect((await shown(dpo, '?refused=family')).rows).toEqual([]);
    expect((await shown(dpo, '?decidedAtFrom=2027-01-01T00:00:00.000Z')).rows).toEqual([]);
    expect((await shown(dpo, '?decidedAtTo=2027-01-01T00:00:00.000Z&reasoned=true')).rows).toHaveLength(5);
    const decisions = (await shown(dpo, '?sort=-decision')).rows.map(({ cells }) => cells['decision']);
    const codes = decisions.map((cell) => (cell as { readonly code: string }).code);
    expect(codes).toEqual(['refuse', 'refuse', 'refuse', 'not-held', 'grant-partial']);
  });

  test('goes on page by page, each row once, whatever is recorded meanwhile', async () => {
    const keys: string[] = [];
    for (let path: string | undefined = `${refusals}?limit=2&sort=decidedAt&decision=refuse`; path !== undefined;) {
      const answer: Answer = await dpo.get(path);
      keys.push(...answer.json<Shown>().rows.map(({ key }) => key));
      path = nextOf(answer);
    }
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(3);
  });

  test('has an entity tag, so that what did not change is not sent again', async () => {
    const first = await dpo.get(refusals);
    const again = await dpo.get(refusals, { 'If-None-Match': String(first.headers['etag']) });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

describe('A view as CSV', () => {
  test('has a heading and every row, however many pages that are', async () => {
    const [byAccept, byFormat] = await Promise.all([
      dpo.get(refusals, { Accept: 'text/csv' }),
      dpo.get(`${refusals}?format=csv`),
    ]);
    expect(byAccept.text).toBe(byFormat.text);
    expect(byAccept.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(byAccept.headers['nachweis-complete-up-to']).toBe(String((await shown(dpo)).completeUpTo));
    const lines = byAccept.text.split('\r\n');
    expect(lines[0]).toMatch(/^agency,entry,decided,what was refused,what was refused \(code\),requested by,/);
    expect(lines).toHaveLength(8);
    expect(lines.at(-1)).toBe('');
  });

  test('ends with the sentence every answer ends with, as no row begins, also where there is no row', async () => {
    const { note } = await shown(dpo, '?lang=de');
    for (const query of ['?format=csv&lang=de', '?format=csv&lang=de&decidedAtTo=2000-01-01T00:00:00.000Z']) {
      const records = (await dpo.get(`${refusals}${query}`)).text.trimEnd().split('\r\n');
      const width = records[0]?.split(',').length ?? 0;
      expect(records.at(-1)).toBe(`"${note}"${','.repeat(width - 1)}`);
      expect(records.slice(1, -1).map((one) => one.split(',')[0])).toEqual(records.slice(1, -1).map(() => police));
    }
  });

  test('of an earlier moment says which, beside how far it was read', async () => {
    const asOf = running.clock.now();
    for (const [lang, stand] of [
      ['en', `As of ${asOf}: Complete as recorded up to entry`],
      ['de', `Stand ${asOf}: Vollständig wie aufgezeichnet bis Eintrag`],
    ] as const) {
      const asked = `/v1/views/recipients?asOf=${asOf}&lang=${lang}`;
      const { note, completeUpTo } = (await dpo.get(asked)).json<Shown>();
      expect(note).toMatch(new RegExp(`^${stand} ${completeUpTo - 1};`));
      expect((await dpo.get(`${asked}&format=csv`)).text.trimEnd().split('\r\n').at(-1)).toContain(note);
    }
  });

  test('shows whoever asks no more than the view does', async () => {
    expect((await stranger.get(`${refusals}?format=csv`)).text.split('\r\n')).toHaveLength(3);
    expect((await worker.get(`${refusals}?format=csv`)).status).toBe(403);
  });
});

describe('The list of views', () => {
  test('says what each can be asked by', async () => {
    const { views } = (await dpo.get('/v1/views')).json<{ views: { id: string; filters: string[] }[] }>();
    const ids = views.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((one, other) => Number(one.slice(1)) - Number(other.slice(1))));
    expect(ids).toEqual(expect.arrayContaining(['V4', 'V7', 'V10']));
    expect(views.find(({ id }) => id === 'V7')?.filters).toEqual(
      expect.arrayContaining(['decidedAt', 'decidedAtFrom', 'decidedAtTo', 'decision']),
    );
  });

  test('leads to views that answer, each of them', async () => {
    const { views } = (await dpo.get('/v1/views')).json<{ views: { name: string }[] }>();
    for (const { name } of views) {
      for (const by of [dpo, regulator])
        expect([name, (await by.get(`/v1/views/${name}`)).status]).toEqual([name, 200]);
    }
  });

  test('shows a case worker only what waits for the agency', async () => {
    const { views } = (await worker.get('/v1/views')).json<{ views: { id: string }[] }>();
    for (const { id } of views) expect(['V0', 'V4']).toContain(id);
  });
});
