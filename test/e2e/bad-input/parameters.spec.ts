import type { OutgoingHttpHeaders } from 'node:http';
import type { Answer, Caller } from '../../support/caller.js';
import { RunningLedger } from '../../support/running-ledger.js';
import { planted, refused, type Refusal } from '../refusal.js';
import { entryLike, freshId, police, request, youthOffice } from '../sample-entries.js';

const look = { 'Access-Purpose': 'lawfulness-check' };
const notFound: Refusal = { status: 404, code: 'not-found' };
const query = (...pointers: readonly string[]): Refusal => ({ status: 400, code: 'invalid-query', pointers });
const request400 = (...pointers: readonly string[]): Refusal => ({ status: 400, code: 'malformed-request', pointers });

let running: RunningLedger;
let officer: Caller;
let dpo: Caller;
let regulator: Caller;
const known = request({ data: { justification: planted } });

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  officer = await running.as('agency', police);
  dpo = await running.as('dpo', police);
  regulator = await running.as('regulator', 'dpa.example', { competentFor: [police] });
  await officer.record(known);
  const disclosures = Array.from({ length: 3 }, () =>
    entryLike('InformationDisclosed', { data: { recipients: [youthOffice] } }),
  );
  await officer.batch(disclosures);
  await running.advance();
});
afterAll(() => running.remove());

describe('A purpose of looking that is not in the vocabulary is refused before anything is opened', () => {
  const purposes = ['curiosity', '', 'Lawfulness-Check', 'lawfulness-check, rights-request', planted];
  test.each(purposes)('%j', async (purpose) => {
    const headers = { 'Access-Purpose': purpose };
    const refusal = request400('/Access-Purpose');
    await refused(running, () => dpo.get(`/v1/entries/${known.id}`, headers), refusal);
    await refused(running, () => dpo.post('/v1/subject-searches', { kind: 'case', value: planted }, headers), refusal);
    await refused(running, () => regulator.post('/v1/trails', { log: 'entries' }, headers), refusal);
  });

  test('two of them', async () => {
    const headers = { 'Access-Purpose': ['lawfulness-check', 'rights-request'] };
    await refused(running, () => dpo.get(`/v1/entries/${known.id}`, headers), request400('/Access-Purpose'));
  });

  test('and a search needs one', async () => {
    const search = { kind: 'case', value: planted };
    await refused(running, () => dpo.post('/v1/subject-searches', search), request400('/Access-Purpose'));
  });
});

describe('A preference that cannot be met is refused', () => {
  const preferences = [
    'wait=-1',
    'wait=1e9',
    'wait=61',
    'wait=999999999999',
    'wait=1.5',
    'wait=0x1',
    'wait',
    'wait=',
    `wait=${planted}`,
  ];
  test.each([...preferences, 'wait=1, wait=2', 'WAIT=-1', 'respond-async, wait=1e9'])('%s', async (Prefer) => {
    await refused(running, () => officer.record(request(), { Prefer }), request400('/Prefer'));
  });

  test.each(['', 'respond-async', 'wait=0', 'Wait = 0', 'wait="0"', 'return=minimal, wait=0'])(
    'but not %j',
    async (Prefer) => {
      expect((await officer.record(request(), { Prefer })).status).toBe(201);
    },
  );
});

describe('A tile that is not in the published tree is not found', () => {
  const beyond = [
    '0/001',
    '0/000',
    '0/000.p/255',
    '0/001.p/1',
    '1/000',
    '1/000.p/1',
    '63/000',
    'entries/000',
    'entries/001.p/1',
  ];
  const malformed = [
    '0/0',
    '0/00',
    '0/0000',
    '00/000',
    '64/000',
    '-1/000',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/01',
    '0/000.p/-1',
  ];
  const hostile = [
    '0/x001/000',
    `0/${'x999/'.repeat(6)}999`,
    '0/000/',
    '0//000',
    'data/000',
    '0/%30%30%30',
    '0/000%2ep/1',
    '',
    planted,
  ];
  test.each([...beyond, ...malformed, ...hostile])('tile/%s', async (tile) => {
    await refused(running, () => regulator.get(`/v1/logs/entries/tile/${tile}`), notFound);
  });

  test('in any log there is, or in one there is not', async () => {
    for (const log of ['people', 'Entries', 'entries.checkpoints', '__proto__', 'constructor', planted]) {
      await refused(running, () => regulator.get(`/v1/logs/${log}/tile/0/000.p/1`), notFound);
      await refused(running, () => regulator.get(`/v1/logs/${log}/checkpoint`), notFound);
    }
  });

  test('though those that are there are served', async () => {
    for (const tile of ['0/000.p/1', '0/000.p/4', 'entries/000.p/4']) {
      expect([tile, (await regulator.get(`/v1/logs/entries/tile/${tile}`)).status]).toEqual([tile, 200]);
    }
    await refused(running, () => officer.get('/v1/logs/entries/tile/entries/000.p/1'), {
      status: 403,
      code: 'forbidden',
    });
  });
});

describe('A path that leads nowhere is not found', () => {
  const ids = [
    freshId(),
    planted,
    'ABCDEF00-0000-7000-8000-000000000000',
    '0',
    '..%2f..%2fkeys',
    '%00',
    'a'.repeat(90),
    '__proto__',
  ];
  test.each(ids)('entry, proof, exchange, trail %s', async (id) => {
    for (const path of [
      `entries/${id}`,
      `entries/${id}/proof`,
      `exchanges/${id}`,
      `trails/${id}`,
      `trails/${id}/content`,
    ]) {
      await refused(running, () => dpo.get(`/v1/${path}`, look), notFound);
    }
  });

  test.each(['/', '/v1', '/v2/entries', '/v1/entries', '/v1/views/people', `/${planted}`, '//', '/.env'])(
    '%s',
    async (path) => {
      await refused(running, () => dpo.get(path), notFound);
    },
  );

  test('by another method', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      await refused(running, () => officer.send(method, `/v1/entries/${known.id}`, undefined, {}), notFound);
    }
  });

  test('or cannot be decoded', async () => {
    await refused(running, () => dpo.get('/v1/entries/%zz'), request400());
    await refused(running, () => dpo.get('/v1/entries/%ff%fe'), request400());
    await refused(running, () => dpo.get(`/v1/entries/${planted.repeat(200)}`), request400());
  });
});

describe('A query that cannot be answered is refused', () => {
  const lists = [
    'views/disclosures',
    'views/flows',
    'views/summary',
    'views/accesses',
    'inbox',
    `exchanges/${known.exchange}`,
    'vocabularies',
    'rules',
    'agreements',
  ];
  const pages = lists.filter((path) => !/flows|summary|vocabularies|rules/.test(path));
  const ask = (path: string, text: string): Promise<Answer> => dpo.get(`/v1/${path}?${text}`);

  test.each(lists)('%s, when it is asked by a name nobody knows', async (path) => {
    for (const name of ['subject', 'person', '__proto__', 'constructor', 'toString']) {
      await refused(running, () => ask(path, `${name}=${planted}`), query(`/${name}`));
    }
    await refused(running, () => ask(path, `${encodeURIComponent(`${planted} /~`)}=1`), query(''));
    await refused(running, () => ask(path, 'a%5bb%5d=1'), query(''));
  });

  test.each(pages)('%s, when its page cannot be', async (path) => {
    for (const limit of ['0', '-1', '1001', '1e2', '1.5', '', '+1', planted, '9'.repeat(400), '1&limit=2']) {
      await refused(running, () => ask(path, `limit=${limit}`), query('/limit'));
    }
    for (const cursor of [
      '',
      'AAAA',
      planted,
      'e30.AAAA',
      `MA.${'A'.repeat(43)}`,
      'A'.repeat(5_000),
      '%00',
      '1&cursor=2',
    ]) {
      await refused(running, () => ask(path, `cursor=${cursor}`), query('/cursor'));
    }
  });

  test('views, when a filter is of another form', async () => {
    const wrong: Readonly<Record<string, readonly string[]>> = {
      from: ['2026-02-30T00:00:00.000Z', '2026', planted, '', '2026-01-01T00:00:00.000Z&from=2026-01-01T00:00:00.000Z'],
      to: ['2026-01-01T00:00:60.000Z', '0'],
      agency: ['Police', "x'%20OR%201=1--", '', 'a'.repeat(64), `${police}&agency=${youthOffice}`],
      counterpart: ['*', '%25', planted],
      category: ['everything', '', 'toString', '__proto__', planted],
      legalBasis: ['GDPR', "';DROP%20TABLE%20disclosure;--", planted],
      search: [planted, freshId(), ''],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values)
        await refused(running, () => ask('views/disclosures', `${name}=${value}`), query(`/${name}`));
    }
    await refused(running, () => ask('views/disclosures', 'limit=0&from=x&who=1'), query('/limit', '/from', '/who'));
  });

  test('a vocabulary, when no list has that name', async () => {
    for (const name of [
      '',
      'people',
      'Legal-Basis',
      '__proto__',
      planted,
      'purpose&name=decision',
      'a'.repeat(3_000),
    ]) {
      await refused(running, () => ask('vocabularies', `name=${name}`), query('/name'));
    }
  });

  test('agreements, when no moment is meant, or one of which the ledger can know nothing', async () => {
    const future = running.clock.in(1);
    for (const at of [
      '',
      'now',
      '2026-11-22',
      planted,
      '2026-11-22T09:59:59.999Z',
      future,
      '9999-12-31T23:59:59.999Z',
    ]) {
      await refused(running, () => ask('agreements', `at=${at}`), query('/at'));
    }
    expect((await ask('agreements', `at=${running.clock.now()}`)).status).toBe(200);
  });

  test('with ever so many parameters, in a short answer', async () => {
    const many = Array.from({ length: 1_500 }, (_value, at) => `p${at}=1`).join('&');
    const answer = await ask('inbox', many);
    expect([answer.status, answer.json<{ errors: unknown[] }>().errors.length]).toEqual([400, 20]);
  });
});

describe('A cursor', () => {
  const nextOf = ({ headers }: Answer): string =>
    /<([^>]+)>; rel="next"/.exec(String(headers['link']))?.[1] ?? 'no next page';

  test('that was changed anywhere is refused', async () => {
    const next = nextOf(await officer.get('/v1/views/disclosures?limit=1'));
    expect((await officer.get(next)).status).toBe(200);
    const cursor = new URL(next, 'http://localhost').searchParams.get('cursor') ?? '';
    for (let place = 0; place < cursor.length; place += 5) {
      const changed = cursor.slice(0, place) + (cursor[place] === 'A' ? 'B' : 'A') + cursor.slice(place + 1);
      const path = `/v1/views/disclosures?limit=1&cursor=${changed}`;
      await refused(running, () => officer.get(path), query('/cursor'));
    }
  });

  test('of one list is refused by another', async () => {
    const next = nextOf(await officer.get('/v1/views/disclosures?limit=1'));
    const cursor = new URL(next, 'http://localhost').searchParams.get('cursor') ?? '';
    const other = new URL(
      nextOf(await officer.get(`/v1/views/disclosures?limit=1&category=exit-progress`)),
      'http://localhost',
    );
    for (const path of [
      '/v1/inbox',
      `/v1/exchanges/${known.exchange}`,
      '/v1/views/disclosures?category=exit-progress',
    ]) {
      await refused(
        running,
        () => officer.get(`${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`),
        query('/cursor'),
      );
    }
    other.searchParams.set('category', 'family');
    await refused(running, () => officer.get(`${other.pathname}${other.search}`), query('/cursor'));
  });
});

describe('A search or an order for a trail that cannot be read is refused', () => {
  const searches: [unknown, Refusal][] = [
    ['{', { status: 400, code: 'malformed-json', pointers: [''] }],
    [`{"kind":"case","value":"x","value":"${planted}"}`, { status: 400, code: 'malformed-json', pointers: ['/value'] }],
    [[], query('/kind', '/value')],
    [{ kind: 'person', value: planted }, query('/kind')],
    [{ kind: 'case', value: '' }, query('/value')],
    [{ kind: 'case', value: planted.repeat(10) }, query('/value')],
    [{ kind: 'case', value: [planted] }, query('/value')],
    [{ kind: 'case', value: 'x', agency: youthOffice }, query('/agency')],
    [{ kind: 'case', value: 'x', [`${planted} has`]: 1 }, query('')],
  ];
  test.each(searches)('search %j', async (body, refusal) => {
    await refused(running, () => dpo.post('/v1/subject-searches', body, look), refusal);
  });

  const orders: [unknown, Refusal][] = [
    [[], query('/log')],
    [{ log: 'people' }, query('/log')],
    [{ log: 'entries', from: -1 }, query('/from')],
    [{ log: 'entries', from: '0', to: planted }, query('/from', '/to')],
    [{ log: 'entries', since: 7 }, query('/since')],
    [{ log: 'entries', since: planted }, query('/since')],
    [{ log: 'entries', since: planted.repeat(4_000) }, query('/since')],
    [{ log: 'entries', format: 'pdf' }, query('/format')],
    [{ log: 'entries', [`${planted} has`]: 1 }, query('')],
    [
      { log: 'entries', to: 1_000 },
      { status: 422, code: 'range-beyond-log', pointers: ['/to'] },
    ],
    [
      { log: 'entries', from: 3, to: 2 },
      { status: 422, code: 'range-beyond-log', pointers: ['/from'] },
    ],
    [
      { log: 'entries', to: Number.MAX_SAFE_INTEGER },
      { status: 422, code: 'range-beyond-log', pointers: ['/to'] },
    ],
  ];
  test.each(orders)('trail %j', async (body, refusal) => {
    await refused(running, () => regulator.post('/v1/trails', body, look), refusal);
  });

  test('as a batch, or in another type', async () => {
    const headers: OutgoingHttpHeaders = { 'Content-Type': 'application/x-ndjson', ...look };
    for (const path of ['/v1/subject-searches', '/v1/trails']) {
      const refusal = { status: 415, code: 'unsupported-media-type' };
      const caller = path === '/v1/trails' ? regulator : dpo;
      await refused(running, () => caller.post(path, '{}\n', headers), refusal);
    }
  });

  test('with thousands of unknown fields, in a short answer', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_value, at) => [`field${at}`, planted]));
    for (const answer of [
      await dpo.post('/v1/subject-searches', many, look),
      await regulator.post('/v1/trails', many, look),
    ]) {
      expect([answer.status, answer.text.length < 20_000]).toEqual([400, true]);
    }
  });
});
