import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { planted, refused, type Refusal } from './refusal.js';
import { entryLike, freshId, police, request, youthOffice } from './sample-entries.js';

const query = (...pointers: readonly string[]): Refusal => ({ status: 400, code: 'invalid-query', pointers });
const notFound: Refusal = { status: 404, code: 'not-found' };

let running: RunningLedger;
let dpo: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  dpo = await running.as('dpo', police);
  for (const decision of ['refuse', 'refuse', 'refuse']) {
    const exchange = freshId();
    await (await running.as('agency', police)).record(request({ exchange }));
    await (
      await running.as('agency', youthOffice)
    ).record(entryLike('RequestDecided', { exchange, data: { decision, requester: police } }));
  }
  await running.advance();
});
afterAll(() => running.remove());

const nextOf = async (path: string): Promise<string> =>
  /<([^>]+)>; rel="next"/.exec(String((await dpo.get(path)).headers['link']))?.[1] ?? '';

describe('A view that nobody has is not found', () => {
  test.each(['v7', 'V7', 'Refusals', 'refusals%00', '__proto__', 'constructor', '..%2Finbox', planted])(
    '%s',
    async (name) => refused(running, () => dpo.get(`/v1/views/${name}`), notFound),
  );
});

describe('A question a view cannot be asked is refused where it is wrong', () => {
  test.each([
    [`colour=${planted}`, ['/colour']],
    ['decidedBy=Not%20an%20agency', ['/decidedBy']],
    ['decision=maybe', ['/decision']],
    ['decision=refuse&decision=refuse', ['/decision']],
    ['decision=', ['/decision']],
    ['refused=toString', ['/refused']],
    ['reasoned=yes', ['/reasoned']],
    ['decidedAtFrom=2026-01-01', ['/decidedAtFrom']],
    ['decidedAtTo=2026-02-30T00:00:00.000Z', ['/decidedAtTo']],
    ['decidedByFrom=a', ['/decidedByFrom']],
    ['sort=refused', ['/sort']],
    ['sort=--decision', ['/sort']],
    ['sort=__proto__', ['/sort']],
    [`sort=${planted}`, ['/sort']],
    ['limit=0', ['/limit']],
    ['limit=1001', ['/limit']],
    ['limit=1e2', ['/limit']],
    ['format=xml', ['/format']],
    ['lang=fr', ['/lang']],
    ['lang=__proto__', ['/lang']],
    ['cursor=abc', ['/cursor']],
    ['__proto__=x', ['/__proto__']],
    ['asOf=2026-11-01T00:00:00.000Z', ['/asOf']],
    ['limit=0&lang=fr&colour=1', ['/limit', '/lang', '/colour']],
  ])('%s', async (asked, pointers) => {
    await refused(running, () => dpo.get(`/v1/views/refusals?${asked}`), query(...pointers));
    await refused(running, () => dpo.get(`/v1/views/refusals?${asked}`, { Accept: 'text/csv' }), query(...pointers));
  });

  test.each([
    ['recipients?atFrom=2026-01-01', ['/atFrom']],
    ['recipients?atTo=2026-02-30T00:00:00.000Z&asOf=yesterday', ['/atTo', '/asOf']],
    ['looks?atFrom=last%20week', ['/atFrom']],
    ['looks?from=2026-01-01T00:00:00.000Z', ['/from']],
    ['accesses?from=2026-01-01', ['/from']],
    ['accesses?to=', ['/to']],
    ['accesses?atTo=2026-01-01T00:00:00.000Z', ['/atTo']],
    ['recipients?atFrom=2026-03-01T00:00:00.000Z&atTo=2026-02-01T00:00:00.000Z', ['/atTo']],
    ['looks?atFrom=2026-03-01T00:00:00.000Z&atTo=2026-03-01T00:00:00.000Z', ['/atTo']],
    ['retention?dueFrom=2026-03-02&dueTo=2026-03-01', ['/dueTo']],
    ...['disclosures', 'flows', 'summary', 'accesses'].map(
      (view) => [`${view}?from=2026-03-01T00:00:00.000Z&to=2026-02-01T00:00:00.000Z`, ['/to']] as [string, string[]],
    ),
  ])('a period that is none: %s', async (asked, pointers) => {
    await refused(running, () => dpo.get(`/v1/views/${asked}`), query(...pointers));
  });

  test('but not a period of one day', async () => {
    expect((await dpo.get('/v1/views/retention?dueFrom=2026-03-01&dueTo=2026-03-01')).status).toBe(200);
  });

  test('a filter longer than 2 KiB', async () => {
    const asked = `decidedBy=${'a'.repeat(2_049)}`;
    await refused(running, () => dpo.get(`/v1/views/refusals?${asked}`), query('/decidedBy'));
  });

  test('the list of views takes a language and nothing else', async () => {
    await refused(running, () => dpo.get('/v1/views?limit=1'), query('/limit'));
  });
});

describe('A cursor is refused', () => {
  const list = '/v1/views/refusals?limit=1';

  test('that was tampered with', async () => {
    const next = new URL(await nextOf(list), 'http://localhost');
    const cursor = next.searchParams.get('cursor') ?? '';
    const [payload = '', tag = ''] = cursor.split('.');
    const forged = Buffer.from('{"row":"x","sorted":"x"}').toString('base64url');
    for (const one of [`${forged}.${tag}`, `${payload}.${'A'.repeat(43)}`, payload, `${cursor}A`]) {
      await refused(running, () => dpo.get(`${list}&cursor=${one}`), query('/cursor'));
    }
    expect((await dpo.get(`${list}&cursor=${cursor}`)).status).toBe(200);
  });

  test('by a CSV file, which ends as what is whole', async () => {
    const rest = `${list}&cursor=${new URL(await nextOf(list), 'http://localhost').searchParams.get('cursor') ?? ''}`;
    expect((await dpo.get(rest)).status).toBe(200);
    await refused(running, () => dpo.get(`${rest}&format=csv`), query('/cursor'));
    await refused(running, () => dpo.get(rest, { Accept: 'text/csv' }), query('/cursor'));
  });

  test('of another order, another filter, another view or another caller', async () => {
    const next = new URL(await nextOf(list), 'http://localhost');
    const cursor = next.searchParams.get('cursor') ?? '';
    for (const path of [
      `/v1/views/refusals?sort=decision&cursor=${cursor}`,
      `/v1/views/refusals?decision=refuse&cursor=${cursor}`,
      `/v1/views/transfers?cursor=${cursor}`,
      `/v1/views/disclosures?cursor=${cursor}`,
    ]) {
      await refused(running, () => dpo.get(path), query('/cursor'));
    }
    const other = await running.as('dpo', youthOffice);
    await refused(running, () => other.get(`${list}&cursor=${cursor}`), query('/cursor'));
  });
});

describe('A cursor of one period', () => {
  test('means nothing in another', async () => {
    const { rows } = (await dpo.get('/v1/views/refusals')).json<{ rows: { entry: string }[] }>();
    for (const { entry } of rows) {
      expect((await dpo.get(`/v1/entries/${entry}`, { 'Access-Purpose': 'lawfulness-check' })).status).toBe(200);
    }
    for (const [list, to] of [
      ['looks?limit=1', 'atTo'],
      ['accesses?limit=1', 'to'],
    ] as const) {
      const cursor = new URL(await nextOf(`/v1/views/${list}`), 'http://localhost').searchParams.get('cursor') ?? '';
      const period = `&${to}=${running.clock.in(1)}`;
      expect([list, (await dpo.get(`/v1/views/${list}&cursor=${cursor}`)).status]).toEqual([list, 200]);
      await refused(running, () => dpo.get(`/v1/views/${list}${period}&cursor=${cursor}`), query('/cursor'));
    }
  });
});

describe('A moment of which the ledger can know nothing is refused', () => {
  test('before the log begins, and in the future', async () => {
    const view = '/v1/views/check-notes';
    const moments = ['2020-01-01T00:00:00.000Z', running.clock.in(1), '9999-12-31T23:59:59.999Z'];
    for (const asOf of moments) await refused(running, () => dpo.get(`${view}?asOf=${asOf}`), query('/asOf'));
    for (const asOf of ['yesterday', '2026-11-22', '']) {
      await refused(running, () => dpo.get(`${view}?asOf=${asOf}`), query('/asOf'));
    }
    expect((await dpo.get(`${view}?asOf=${running.clock.now()}`)).status).toBe(200);
  });
});
