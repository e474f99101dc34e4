import type { OutgoingHttpHeaders } from 'node:http';
import type { Caller } from '../../support/caller.js';
import { RunningLedger } from '../../support/running-ledger.js';
import { planted, refused, type Refusal } from '../refusal.js';
import { freshId, police, request, youthOffice } from '../sample-entries.js';

let running: RunningLedger;
let officer: Caller;

beforeAll(async () => {
  running = await RunningLedger.start();
  await running.admit(police, youthOffice);
  officer = await running.as('agency', police);
});
afterAll(() => running.remove());

const entry = (differing: object = {}) => ({ ...request({ data: { justification: planted } }), ...differing });
const line = (value: object = entry()): string => `${JSON.stringify(value)}\n`;
const at = (number: number, code: string, pointer = '', status = 400): Refusal => ({
  status,
  code,
  pointers: [pointer],
  line: number,
});

describe('A batch is refused as a whole, and the answer names the line', () => {
  test.each<[what: string, body: () => string | Buffer, refusal: Refusal, headers?: OutgoingHttpHeaders]>([
    ['nothing', () => '', at(1, 'malformed-ndjson')],
    ['a blank line in front', () => `\n${line()}`, at(1, 'malformed-ndjson')],
    ['a blank line between', () => `${line()}\n${line()}`, at(2, 'malformed-ndjson')],
    ['a blank line at the end', () => `${line()}\n`, at(2, 'malformed-ndjson')],
    ['a line of white space', () => `${line()} \t\n${line()}`, at(2, 'malformed-ndjson')],
    ['CRLF', () => `${line()}${line().replace('\n', '\r\n')}`, at(2, 'malformed-ndjson')],
    ['a carriage return inside', () => line().replace('{', '{\r'), at(1, 'malformed-ndjson')],
    ['a byte order mark', () => `\uFEFF${line()}`, at(1, 'malformed-ndjson')],
    ['a byte order mark further down', () => `${line()}\uFEFF${line()}`, at(2, 'malformed-json')],
    ['no final line feed', () => `${line()}${line().trimEnd()}`, at(2, 'malformed-ndjson')],
    ['a malformed line', () => `${line()}{"${planted}":\n${line()}`, at(2, 'malformed-json')],
    ['two values on a line', () => `${line()}${line().trimEnd()}${line()}`, at(2, 'malformed-json')],
    ['an entry over several lines', () => `${JSON.stringify(entry(), null, 1)}\n`, at(1, 'malformed-json')],
    ['a list of entries', () => `${line()}${JSON.stringify([entry()])}\n`, at(2, 'invalid-entry', '', 422)],
    [
      'a name twice',
      () => `${line()}${line().replace('{', `{"type":"${planted}",`)}`,
      at(2, 'malformed-json', '/type'),
    ],
    [
      'bytes that are not UTF-8',
      () => Buffer.concat([Buffer.from(line()), Buffer.from([0xff, 0x0a])]),
      at(2, 'malformed-json'),
    ],
    ['an unknown type', () => `${line()}${line(entry({ type: planted }))}`, at(2, 'invalid-entry', '/type', 422)],
    [
      'a moment nobody had',
      () => line() + line(entry({ occurredAt: '2026-02-30T00:00:00.000Z' })),
      at(2, 'invalid-entry', '/occurredAt', 422),
    ],
    [
      'a media type with another charset',
      () => line(),
      { status: 415, code: 'unsupported-media-type' },
      { 'Content-Type': 'application/x-ndjson; charset=utf-16' },
    ],
    ['a coding', () => line(), { status: 415, code: 'unsupported-encoding' }, { 'Content-Encoding': 'br' }],
  ])('with %s', async (_what, body, refusal, headers = {}) => {
    await refused(running, () => officer.batch(body(), headers), refusal);
  });

  test('when it has more than 400 lines', async () => {
    const lines = Array.from({ length: 401 }, () => line()).join('');
    await refused(running, () => officer.batch(lines), at(401, 'too-large', '', 413));
  });

  test('when it has more than 2 MiB', async () => {
    const most = 2 * 1024 * 1024;
    const exactly = Buffer.concat([Buffer.from(`${line().trimEnd()}`), Buffer.alloc(most, ' ')]).subarray(0, most);
    exactly.write('\n', most - 1);
    await refused(running, () => officer.batch(Buffer.concat([Buffer.from(' '), exactly])), {
      status: 413,
      code: 'too-large',
    });
    expect((await officer.batch(exactly)).status).toBe(201);
  });

  test('when an id stands twice in it, whatever the entries say', async () => {
    const twice = entry();
    const refusal = { status: 422, code: 'duplicate-id', pointers: ['/id'], line: 3 };
    await refused(running, () => officer.batch([twice, entry(), twice]), refusal);
    await refused(running, () => officer.batch([twice, entry(), { ...entry(), id: twice.id }]), refusal);
  });

  test('when one of its ids is taken for something else', async () => {
    const taken = entry();
    await officer.record(taken);
    const other = { ...taken, data: { ...taken.data, justification: `${planted} again` } };
    await refused(running, () => officer.batch([entry(), other]), at(2, 'id-taken', '', 409));
  });

  test('when one of its lines is about an exchange of others', async () => {
    const exchange = freshId();
    const school = 'school.example';
    await running.admit(school);
    await (await running.as('agency', school)).record(entry({ exchange }));
    await refused(running, () => officer.batch([entry(), entry({ exchange })]), at(2, 'not-found', '', 404));
  });
});
