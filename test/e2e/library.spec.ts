import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';
import { planted, refused } from './refusal.js';
import { entryLike, police, youthOffice } from './sample-entries.js';

interface Contribution {
  readonly id: string;
  readonly quarter: string;
  readonly title: string;
}
interface List {
  readonly contributions: readonly Contribution[];
}

let running: RunningLedger;
let worker: Caller;
let colleague: Caller;
let dpo: Caller;
let supervisor: Caller;
let operator: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  worker = await running.as('agency', youthOffice);
  colleague = await running.as('agency', police);
  dpo = await running.as('dpo', police);
  supervisor = await running.as('regulator', 'dpa.example', { competentFor: [police] });
  operator = await running.as('operator', 'host.example');
  await operator.record(
    entryLike('AgencyAdmitted', { data: { agency: 'office.example', name: 'Youth Office of Exampletown' } }),
  );
});
afterAll(() => running.remove());

const nearMiss = {
  kind: 'near-miss',
  language: 'en',
  title: 'Almost sent to somebody who had left',
  text: 'Two people read the list of recipients before sending; one address was out of date.',
  purposes: ['exit-support'],
};

const share = async (change: object = {}): Promise<Contribution> => {
  const answer = await worker.post('/v1/library', { ...nearMiss, ...change });
  expect(answer.status).toBe(201);
  return answer.json<Contribution>();
};

describe('The library of good practice', () => {
  test('keeps what was learnt, without its author and with no time but the quarter', async () => {
    const before = await running.holdings();
    const { id, ...kept } = await share();
    expect(kept).toEqual({ ...nearMiss, quarter: '2026-Q4' });
    expect((await colleague.get(`/v1/library/${id}`)).json()).toEqual({ id, ...kept });
    expect(await running.holdings()).toEqual(before);
    const folder = join(running.directory, 'trails', 'library');
    expect(readdirSync(folder)).toContain(`${id}.json`);
    expect(statSync(join(folder, `${id}.json`)).mtime.toISOString()).toBe('2026-10-01T00:00:00.000Z');
    expect(running.logged.join('\n')).not.toContain(id);
  });

  test('is read by everybody who works or supervises here, and written by those who work', async () => {
    const { id } = await share();
    const callers = [worker, colleague, dpo, supervisor, operator, running.bearing(undefined)];
    const read = await Promise.all(callers.map(async (by) => (await by.get('/v1/library')).status));
    const one = await Promise.all(callers.map(async (by) => (await by.get(`/v1/library/${id}`)).status));
    const written = await Promise.all(callers.map(async (by) => (await by.post('/v1/library', nearMiss)).status));
    expect([read, one, written]).toEqual([
      [200, 200, 200, 200, 403, 401],
      [200, 200, 200, 200, 403, 401],
      [201, 201, 201, 403, 403, 401],
    ]);
  });

  test('is read in pages, newest quarter first, narrowed by kind and work', async () => {
    const titles = ['first', 'second', 'third'];
    const ids = [];
    for (const title of titles) ids.push((await share({ title, kind: 'lesson', purposes: ['child-welfare'] })).id);
    const found: Contribution[] = [];
    let path: string | undefined = '/v1/library?kind=lesson&purpose=child-welfare&limit=1';
    while (path !== undefined) {
      const answer = await colleague.get(path);
      found.push(...answer.json<List>().contributions);
      path = /<([^>]+)>; rel="next"/.exec(String(answer.headers['link'] ?? ''))?.[1];
    }
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(found.every(({ quarter }) => quarter === '2026-Q4')).toBe(true);
  });

  test('goes on after the place where a page ended, also when that contribution was taken out since', async () => {
    const shared = ['a', 'b', 'c'].map(async (title) => (await share({ title, purposes: ['health-care'] })).id);
    const ids = (await Promise.all(shared)).toSorted();
    const read = async (path: string) => {
      const answer = await colleague.get(path);
      const next = /<([^>]+)>; rel="next"/.exec(String(answer.headers['link'] ?? ''))?.[1] ?? '';
      return { ids: answer.json<List>().contributions.map(({ id }) => id), next };
    };
    const first = await read('/v1/library?purpose=health-care&limit=2');
    expect(first.ids).toEqual(ids.slice(0, 2));
    expect((await dpo.send('DELETE', `/v1/library/${ids[1]}`, undefined, {})).status).toBe(204);
    expect((await read(first.next)).ids).toEqual(ids.slice(2));
  });

  test('lets a data protection officer take out what names somebody after all', async () => {
    const { id } = await share();
    expect((await worker.send('DELETE', `/v1/library/${id}`, undefined, {})).status).toBe(403);
    expect((await dpo.send('DELETE', `/v1/library/${id}`, undefined, {})).status).toBe(204);
    expect((await dpo.send('DELETE', `/v1/library/${id}`, undefined, {})).status).toBe(404);
    expect((await worker.get(`/v1/library/${id}`)).status).toBe(404);
  });

  test.each([
    ['/text', { text: `${planted} was seen on 3.4.2026.` }],
    ['/text', { text: `${planted}: ${police} did it.` }],
    ['/text', { text: `${planted}: zur Fall-Nr. 12/2025.` }],
    ['/text', { text: `${planted}: the youth office of Exampletown did it.` }],
    ['/title', { title: '' }],
    ['/kind', { kind: planted }],
    ['/purposes', { purposes: Array.from({ length: 10_000 }, () => 'exit-support') }],
    ['', { [planted]: true }],
  ])('refuses at %s what has not the form or gives away who and when', async (pointer, change) => {
    await refused(running, () => worker.post('/v1/library', { ...nearMiss, ...change }), {
      status: 422,
      code: 'invalid-body',
      pointers: [pointer],
    });
  });

  test('refuses a filter nobody knows and a cursor of another list', async () => {
    const bad = { status: 400, code: 'invalid-query' };
    await refused(running, () => worker.get('/v1/library?author=x'), { ...bad, pointers: ['/author'] });
    await refused(running, () => worker.get('/v1/library?cursor=abc'), { ...bad, pointers: ['/cursor'] });
  });
});
