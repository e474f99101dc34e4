import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { leafIndex, offset, type LogName } from '#kernel';
import { InvalidRecord, LeafMac, leafRecord, readLeafRecord, type IncomingRecord, type RecordFault } from '#messaging';
import { InvalidLeaf } from '#statement';
import { leafHash } from '#transparency';
import { textHeaders } from './text-headers.js';

const seed = 20261122;
const golden = JSON.parse(readFileSync('test/vectors/leaves.json', 'utf8')) as Record<LogName, { leaf: string }[]>;
const leafBytes = (log: LogName): Buffer => Buffer.from(golden[log][0]?.leaf ?? '');

const origin = 'ledger.example';
const bytes = leafBytes('entries');
const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
const mac = new LeafMac(Buffer.alloc(32, 7));
const source = { origin, log: 'entries', partition: 5, mac } as const;
const place = { index: leafIndex(41), previous: leafIndex(17) };
const sent = leafRecord({ ...source, ...place, bytes, traceparent });

const received = (
  headers: Record<string, string | undefined> = {},
  value: Buffer | null = sent.value,
): IncomingRecord => {
  const all = Object.entries({ ...sent.headers, ...headers }).filter(([, text]) => text !== undefined);
  return { offset: offset(3), value, headers: Object.fromEntries(all) as Record<string, string> };
};
const read = (record: IncomingRecord) => readLeafRecord(record, source);

/** What is wrong with a record, according to the reader. */
function faultOf(record: IncomingRecord): RecordFault | null {
  try {
    read(record);
    return null;
  } catch (error) {
    if (error instanceof InvalidRecord) return error.reason;
    throw error;
  }
}

describe('the record of a leaf', () => {
  it('is a CloudEvent in binary mode around the stored bytes', () => {
    expect(sent.value).toBe(bytes);
    expect(sent.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: 'entries/41',
      ce_source: origin,
      ce_type: 'nachweis.leaf.v1',
      ce_time: (JSON.parse(bytes.toString()) as { recordedAt: string }).recordedAt,
      'content-type': 'application/json',
      ce_log: 'entries',
      ce_index: '41',
      ce_leafhash: leafHash(bytes).toString('base64'),
      ce_previous: '17',
      ce_mac: mac.of({ ...source, ...place, leafHash: leafHash(bytes) }).toString('base64'),
      traceparent,
    });
  });

  it('says nothing about whom it concerns', () => {
    expect(Object.keys(sent.headers).filter((name) => /subject|exchange|case|agency|key/i.test(name))).toEqual([]);
  });

  it('has no previous index and no trace where there is none', () => {
    const first = leafRecord({ ...source, index: leafIndex(0), bytes, previous: null });
    expect(first.headers).not.toHaveProperty('ce_previous');
    expect(first.headers).not.toHaveProperty('traceparent');
    expect(read({ offset: offset(0), ...first })).toEqual({
      index: 0,
      previous: null,
      bytes,
      leafHash: leafHash(bytes),
    });
  });

  it('is made of nothing but a leaf of its log', () => {
    const record = { ...source, index: leafIndex(0), previous: null };
    expect(() => leafRecord({ ...record, bytes: Buffer.from('{}') })).toThrow(InvalidLeaf);
    expect(() => leafRecord({ ...record, bytes: leafBytes('registry') })).toThrow(InvalidLeaf);
  });

  it('comes back as it was sent, for every index', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.option(fc.maxSafeNat()), (index, before) => {
        const previous = before === null || before >= index ? null : leafIndex(before);
        const record = leafRecord({ ...source, index: leafIndex(index), bytes, previous });
        expect(read({ offset: offset(0), ...record })).toMatchObject({ index, previous });
      }),
      { seed },
    );
  });
});

describe('reading a record', () => {
  it('answers the leaf', () => {
    expect(read(received())).toEqual({ index: 41, previous: 17, bytes, leafHash: leafHash(bytes), traceparent });
  });

  it.each<[string, RecordFault, IncomingRecord]>([
    ['a record without value', 'not-a-leaf', received({}, null)],
    ['a record without headers', 'not-a-leaf', { offset: offset(0), value: bytes, headers: {} }],
    ['another CloudEvents version', 'not-a-leaf', received({ ce_specversion: '0.3' })],
    ['another type', 'not-a-leaf', received({ ce_type: 'nachweis.checkpoint.v1' })],
    ['a record of another origin', 'other-origin', received({ ce_source: 'other.example' })],
    ['a record without origin', 'other-origin', received({ ce_source: undefined })],
    ['a record of another log', 'other-log', received({ ce_log: 'registry', ce_id: 'registry/41' })],
    ['another value under the same hash', 'hash-lies', received({}, leafBytes('registry'))],
    ['a value with one byte more', 'hash-lies', received({}, Buffer.concat([bytes, Buffer.from(' ')]))],
    ['a hash in another alphabet', 'hash-lies', received({ ce_leafhash: leafHash(bytes).toString('hex') })],
    ['a record without hash', 'hash-lies', received({ ce_leafhash: undefined })],
    ['a record without index', 'index-malformed', received({ ce_index: undefined })],
    ['an index that the id contradicts', 'index-malformed', received({ ce_index: '42' })],
    ['an id that the index contradicts', 'index-malformed', received({ ce_id: 'entries/42' })],
    ...['041', '-1', '1e3', '0x29', '41.0', ' 41', '９', '9007199254740992', '', '41, 41'].map(
      (text): [string, RecordFault, IncomingRecord] => [
        `the index ${JSON.stringify(text)}`,
        'index-malformed',
        received({ ce_index: text, ce_id: `entries/${text}` }),
      ],
    ),
    ...['41', '42', '017', '-1', 'null', '', '17, 17'].map((text): [string, RecordFault, IncomingRecord] => [
      `the previous index ${JSON.stringify(text)}`,
      'previous-malformed',
      received({ ce_previous: text }),
    ]),
  ])('refuses %s: %s', (_, fault, record) => {
    expect(faultOf(record)).toBe(fault);
  });

  it('refuses bytes under a true hash that are no leaf', () => {
    const value = Buffer.from('{"log":"entries"}');
    expect(faultOf(received({ ce_leafhash: leafHash(value).toString('base64') }, value))).toBe('not-a-leaf');
  });

  it('refuses a leaf of another log under a true hash', () => {
    const value = leafBytes('registry');
    expect(faultOf(received({ ce_leafhash: leafHash(value).toString('base64') }, value))).toBe('other-log');
  });

  it('takes a malformed trace context for none', () => {
    expect(read(received({ traceparent: 'x' }))).not.toHaveProperty('traceparent');
  });

  it('ignores headers that others added', () => {
    expect(faultOf(received({ 'x-proxy': 'seen', ce_subject: 'anything' }))).toBeNull();
  });

  it('refuses a leaf whose any one byte was flipped', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const value = Buffer.from(bytes);
        value[place] = (value[place] ?? 0) ^ flip;
        expect(faultOf(received({}, value))).toBe('hash-lies');
      }),
      { seed },
    );
  });
});

describe('headers from anybody', () => {
  const ours = Object.entries(sent.headers).map(([name, text]): [string, unknown] => [name, Buffer.from(text)]);
  const recordWith = (headers: [string | Buffer | null, unknown][]): IncomingRecord => ({
    offset: offset(0),
    value: bytes,
    headers: textHeaders(headers),
  });

  it('are read as they were sent', () => {
    expect(textHeaders(ours)).toEqual(sent.headers);
  });

  it.each<[string, RecordFault, [string, unknown][]]>([
    ['an index twice', 'index-malformed', [['ce_index', Buffer.from('41')]]],
    ['an index as a list', 'index-malformed', [['ce_index', [Buffer.from('41'), Buffer.from('42')]]]],
    ['a second previous index', 'previous-malformed', [['ce_previous', Buffer.from('18')]]],
    ['a second hash', 'hash-lies', [['ce_leafhash', Buffer.from('')]]],
    ['a second origin', 'other-origin', [['ce_source', Buffer.from(origin)]]],
    ['a second MAC', 'mac-lies', [['ce_mac', Buffer.from(sent.headers['ce_mac'] ?? '')]]],
    ['a second type without value', 'not-a-leaf', [['ce_type', null]]],
  ])('with %s are refused', (_, fault, more) => {
    expect(faultOf(recordWith([...ours, ...more]))).toBe(fault);
  });

  it('that are no UTF-8 are refused', () => {
    const without = ours.filter(([name]) => name !== 'ce_index');
    expect(faultOf(recordWith([...without, ['ce_index', Buffer.of(0x34, 0xff, 0x31)]]))).toBe('index-malformed');
  });

  it('change nothing outside of themselves', () => {
    const headers = textHeaders([
      [null, Buffer.from('x')],
      ['__proto__', Buffer.from('y')],
      [Buffer.from('a'), 7],
    ]);
    expect(Object.entries(headers)).toEqual([
      ['', 'x'],
      ['__proto__', 'y'],
      ['a', ''],
    ]);
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
  });
});
