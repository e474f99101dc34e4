import type { Answer, Caller, ProblemAnswer } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';

const school = 'school.example';
const clinic = 'clinic.example';
const look = { 'Access-Purpose': 'lawfulness-check' };

type Row = Readonly<Record<string, unknown>>;

let running: RunningLedger;
let officer: Caller;
let youth: Caller;
let dpo: Readonly<Record<string, Caller>>;
const exchange = freshId();

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice, school, clinic);
  officer = await running.as('agency', police);
  youth = await running.as('agency', youthOffice);
  const all = [police, youthOffice, school, clinic];
  dpo = Object.fromEntries(await Promise.all(all.map(async (one) => [one, await running.as('dpo', one)] as const)));
  const shared = { case: 'case-shared', subject: 'person-shared' };
  await officer.record(request({ exchange, data: shared }));
  for (const _ of [1, 2, 3]) {
    const disclosureId = freshId();
    await youth.record(
      entryLike('InformationDisclosed', { exchange, data: { ...shared, recipients: [police], disclosureId } }),
    );
  }
  await youth.record(
    entryLike('InformationDisclosed', { exchange, data: { ...shared, recipients: [school], disclosureId: freshId() } }),
  );
});
afterAll(() => running.remove());

const codeOf = ({ status, ...answer }: Answer, body = answer.bytes): [number, string] => [
  status,
  (JSON.parse(String(body)) as ProblemAnswer).code,
];
const rows = async (by: Caller, path: string, name: string): Promise<readonly Row[]> =>
  (await by.get(path)).json<Record<string, Row[]>>()[name] as Row[];
const nextOf = ({ headers }: Answer): string => /<([^>]+)>; rel="next"/.exec(String(headers['link']))?.[1] ?? '';

describe('A stranger', () => {
  const empty = async (by: Caller, query = ''): Promise<void> => {
    expect((await by.get(`/v1/views/disclosures?${query}`)).json()).toMatchObject({ disclosures: [] });
  };

  test.each([
    '',
    `agency=${police}`,
    `agency=${youthOffice}&counterpart=${police}`,
    `agency=${clinic}&counterpart=${police}`,
    `counterpart=${school}`,
    'category=exit-progress',
    'legalBasis=GDPR-A6-1-e',
    'from=2020-01-01T00:00:00.000Z&to=2030-01-01T00:00:00.000Z',
    `agency=${police}&counterpart=${police}`,
    `agency=${youthOffice}&category=family&legalBasis=GDPR-A6-1-e&limit=1`,
  ])('finds no row of others, whatever it asks for: %s', async (query) => {
    const regulator = await running.as('regulator', 'dpa.example', { competentFor: [clinic] });
    const unfit = await running.as('regulator', 'dpa.example', { competentFor: [] });
    for (const by of [dpo[clinic] as Caller, await running.as('agency', clinic), regulator, unfit])
      await empty(by, query);
  });

  test('finds nothing in flows, summary, inbox and accesses either', async () => {
    await (dpo[police] as Caller).get(`/v1/exchanges/${exchange}`);
    const by = dpo[clinic] as Caller;
    expect(await rows(by, '/v1/views/flows', 'flows')).toEqual([]);
    expect(await rows(by, '/v1/inbox', 'waiting')).toEqual([]);
    expect(await rows(by, '/v1/views/accesses', 'accesses')).toEqual([]);
    expect((await by.get('/v1/views/summary')).json()).toMatchObject({
      entries: 0,
      types: {},
      disclosures: { total: 0 },
    });
    const [mine, none] = await Promise.all([exchange, freshId()].map((one) => by.get(`/v1/exchanges/${one}`)));
    expect([mine?.status, mine?.text]).toEqual([404, none?.text]);
  });

  test('cannot use the handle of another’s search', async () => {
    const { search } = (
      await officer.post('/v1/subject-searches', { kind: 'case', value: 'case-shared' }, look)
    ).json();
    const others = [dpo[clinic], dpo[police], youth, await running.as('agency', police, { subject: 'somebody else' })];
    for (const by of others as Caller[]) {
      const answer = await by.get(`/v1/views/disclosures?search=${String(search)}`);
      const never = await by.get(`/v1/views/disclosures?search=${freshId()}`);
      expect([codeOf(answer), answer.text]).toEqual([[400, 'invalid-query'], never.text]);
    }
  });
});

describe('The parties', () => {
  test('see what passed between them, each its own share', async () => {
    const count = async (by: Caller): Promise<number> =>
      new Set((await rows(by, '/v1/views/disclosures', 'disclosures')).map(({ entry }) => entry)).size;
    expect(await Promise.all([officer, youth, dpo[school] as Caller].map(count))).toEqual([3, 4, 1]);
    const flows = await rows(officer, '/v1/views/flows', 'flows');
    expect(flows.map(({ from, to, category, disclosures }) => [from, to, category, disclosures])).toEqual([
      [youthOffice, police, 'exit-progress', 3],
      [youthOffice, police, 'family', 3],
    ]);
    const regulator = await running.as('regulator', 'dpa.example', { competentFor: [school, youthOffice] });
    expect(await count(regulator)).toBe(4);
  });

  test('read the exchange as a story, and find in their inbox what is theirs to do', async () => {
    const answer = (await officer.get(`/v1/exchanges/${exchange}`)).json<{
      state: string;
      parties: string[];
      entries: Row[];
    }>();
    expect(answer).toMatchObject({ state: 'disclosed', parties: [police, youthOffice, school] });
    expect(answer.entries.map(({ type, version }) => [type, version])).toEqual([
      ['InformationRequested', 1],
      ...[2, 3, 4, 5].map((version) => ['InformationDisclosed', version]),
    ]);
    expect(answer.entries[0]).toMatchObject({
      sentence: { en: expect.stringContaining('requested'), de: expect.any(String) },
    });
    expect((await rows(officer, '/v1/inbox', 'waiting')).map(({ owes }) => owes)).toEqual([
      'receipt',
      'receipt',
      'receipt',
    ]);
    expect(await rows(youth, '/v1/inbox', 'waiting')).toEqual([]);
  });

  test('never see persons, staff or reasons in a view', async () => {
    for (const path of [
      'views/disclosures',
      'views/flows',
      'views/summary',
      `exchanges/${exchange}`,
      'inbox',
      'views/accesses',
    ]) {
      for (const by of [dpo[police], dpo[youthOffice]] as Caller[]) {
        expect((await by.get(`/v1/${path}`)).text).not.toMatch(
          /person-shared|case-shared|staff-0815|mentoring was agreed/,
        );
      }
    }
  });
});

describe('What an agency does not want seen yet', () => {
  test.each(['restricted', 'sealed', 'deferred-until', { missing: 'unknown' }])(
    '(%j) is in nobody’s views but its own',
    async (visibility) => {
      const other = freshId();
      const hides = typeof visibility === 'string';
      const data = { recipients: [school], visibility, disclosureId: freshId() };
      const disclosure = entryLike('InformationDisclosed', { exchange: other, data });
      const seenBy = async (by: Caller): Promise<boolean> => {
        const { status } = await by.get(`/v1/exchanges/${other}`);
        const listed = (await rows(by, '/v1/views/disclosures?limit=1000', 'disclosures')).some(
          ({ entry }) => entry === disclosure.id,
        );
        const isWaitedFor = (await rows(by, '/v1/inbox?limit=1000', 'waiting')).some(
          ({ exchange: one }) => one === other,
        );
        if (by === dpo[school]) expect(isWaitedFor).toBe(listed);
        expect(status).toBe(listed ? 200 : 404);
        return listed;
      };
      await youth.record(disclosure);
      expect(await seenBy(dpo[youthOffice] as Caller)).toBe(true);
      expect(await seenBy(dpo[school] as Caller)).toBe(!hides);
      expect(await seenBy(dpo[clinic] as Caller)).toBe(false);
    },
  );
});

describe('A search by person or case', () => {
  const found = async (by: Caller, kind: string, value: string): Promise<readonly unknown[]> => {
    const { search, matches } = (await by.post('/v1/subject-searches', { kind, value }, look)).json();
    const listed = await rows(by, `/v1/views/disclosures?search=${String(search)}`, 'disclosures');
    return [matches, new Set(listed.map(({ entry }) => entry)).size];
  };

  test('never crosses agencies', async () => {
    for (const [kind, value] of [
      ['case', 'case-shared'],
      ['subject', 'person-shared'],
    ] as const) {
      expect([kind, await found(officer, kind, value)]).toEqual([kind, [1, 0]]);
      expect([kind, await found(youth, kind, value)]).toEqual([kind, [4, 4]]);
      expect([kind, await found(dpo[school] as Caller, kind, value)]).toEqual([kind, [0, 0]]);
    }
    expect(await found(youth, 'subject', 'case-shared')).toEqual([0, 0]);
  });

  test('is recorded, without what was searched for, and ends after a quarter of an hour', async () => {
    const size = await running.size('entries');
    const answer = await youth.post('/v1/subject-searches', { kind: 'subject', value: 'person-shared' }, look);
    expect(answer.status).toBe(201);
    expect(await running.size('entries')).toBe(size + 1);
    const [access] = (await rows(dpo[youthOffice] as Caller, '/v1/views/accesses?limit=1000', 'accesses')).slice(-1);
    expect(access).toMatchObject({ accessor: youthOffice, role: 'agency', purpose: 'lawfulness-check' });
    const path = `/v1/views/disclosures?search=${String(answer.json()['search'])}`;
    expect((await youth.get(path)).status).toBe(200);
    running.clock.tick(15 * 60_000);
    expect(codeOf(await youth.get(path))).toEqual([400, 'invalid-query']);
  });
});

describe('Pages', () => {
  test.each([
    ['/v1/views/disclosures?limit=1', 'disclosures', 8],
    ['/v1/inbox?limit=1', 'waiting', 3],
    [`/v1/exchanges/${exchange}?limit=2`, 'entries', 5],
    ['/v1/views/accesses?limit=1', 'accesses', 2],
  ])('of %s follow one another without gap or repetition', async (first, name, least) => {
    const by = (name === 'waiting' ? dpo[police] : dpo[youthOffice]) as Caller;
    const pages: Row[] = [];
    for (let next = first; next !== '';) {
      const answer = await by.get(next);
      pages.push(...(answer.json<Record<string, Row[]>>()[name] ?? []));
      next = nextOf(answer);
    }
    expect(pages).toEqual(await rows(by, first.replace(/limit=\d/, 'limit=1000'), name));
    expect(pages.length).toBeGreaterThanOrEqual(least);
  });

  test('of one caller are of no use to another', async () => {
    const paths = ['/v1/views/disclosures?limit=1', '/v1/inbox?limit=1', `/v1/exchanges/${exchange}?limit=1`];
    const others = [youth, dpo[police], dpo[clinic], await running.as('agency', police, { subject: 'somebody else' })];
    for (const path of paths) {
      const next = nextOf(await officer.get(path));
      expect((await officer.get(next)).status).toBe(200);
      for (const by of others as Caller[])
        expect([path, codeOf(await by.get(next))]).toEqual([path, [400, 'invalid-query']]);
    }
    const access = nextOf(await (dpo[youthOffice] as Caller).get('/v1/views/accesses?limit=1'));
    expect(codeOf(await (dpo[police] as Caller).get(access))).toEqual([400, 'invalid-query']);
    const wider = await running.as('regulator', 'dpa.example', { competentFor: [youthOffice, police] });
    const narrower = await running.as('regulator', 'dpa.example', { competentFor: [youthOffice] });
    const supervised = nextOf(await wider.get('/v1/views/accesses?limit=1'));
    expect(codeOf(await narrower.get(supervised))).toEqual([400, 'invalid-query']);
  });
});
