import type { Caller } from '../support/caller.js';
import { RunningLedger } from '../support/running-ledger.js';

let running: RunningLedger;
let officer: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  officer = await running.as('agency', 'police.example');
});
afterAll(() => running.remove());

describe('An answer to a GET', () => {
  test.each([
    '/v1/logs',
    '/v1/logs/entries/checkpoint',
    '/v1/views/disclosures',
    '/v1/vocabularies',
    '/v1/rules',
    '/v1/agreements',
  ])('of %s has an entity tag, and is not sent again to who holds it', async (path) => {
    const first = await officer.get(path);
    const { etag } = first.headers;
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[\w-]{43}"$/)]);
    const again = await officer.get(path, { 'If-None-Match': etag });
    expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, etag]);
    expect((await officer.get(path, { 'If-None-Match': '"another"' })).text).toBe(first.text);
  });

  test('that is a problem has none', async () => {
    const unknown = await officer.get('/v1/nothing');
    expect([unknown.status, unknown.headers.etag]).toEqual([404, undefined]);
  });
});
