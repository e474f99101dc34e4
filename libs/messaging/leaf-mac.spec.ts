import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { leafIndex, offset, type LogName } from '#kernel';
import { InvalidRecord, LeafMac, leafRecord, readLeafRecord, type PlacedLeaf, type RecordFault } from '#messaging';
import { leafHash } from '#transparency';

const seed = 20261122;
const golden = JSON.parse(readFileSync('test/vectors/leaves.json', 'utf8')) as Record<LogName, { leaf: string }[]>;
const [one = '', another = ''] = golden.entries.map(({ leaf }) => leaf);
const key = Buffer.alloc(32, 7);
const mac = new LeafMac(key);

const arbitraryLeaf: fc.Arbitrary<PlacedLeaf> = fc.record({
  origin: fc.string({ unit: 'binary' }),
  log: fc.constantFrom<LogName[]>('entries', 'registry'),
  partition: fc.nat(11),
  index: fc.maxSafeNat().map(leafIndex),
  previous: fc.option(fc.maxSafeNat().map(leafIndex)),
  leafHash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
});

const fields: (keyof PlacedLeaf)[] = ['origin', 'log', 'partition', 'index', 'previous', 'leafHash'];

const isSame = (a: PlacedLeaf, b: PlacedLeaf): boolean =>
  a.origin === b.origin &&
  a.log === b.log &&
  a.partition === b.partition &&
  a.index === b.index &&
  a.previous === b.previous &&
  a.leafHash.equals(b.leafHash);

describe('the MAC of a leaf', () => {
  it('is HMAC-SHA256 under a key derived from the partition key', () => {
    const leaf = { origin: 'ledger.example', log: 'entries', partition: 3, index: leafIndex(41) } as const;
    const hash = Buffer.alloc(32, 1);
    const derived = Buffer.from(hkdfSync('sha256', key, '', 'nachweis/leaf-mac/v1', 32));
    const text = `["ledger.example","entries",3,41,null,"${hash.toString('base64')}"]`;
    const expected = createHmac('sha256', derived).update(text).digest();
    expect(mac.of({ ...leaf, previous: null, leafHash: hash })).toEqual(expected);
    expect(new LeafMac(createSecretKey(key)).of({ ...leaf, previous: null, leafHash: hash })).toEqual(expected);
  });

  it('holds for the leaf it was made of, and under no other key', () => {
    fc.assert(
      fc.property(arbitraryLeaf, (leaf) => {
        const text = mac.of(leaf).toString('base64');
        expect(mac.isOf(leaf, text)).toBe(true);
        expect(new LeafMac(Buffer.alloc(32, 8)).isOf(leaf, text)).toBe(false);
        // What deals the partitions must not be what vouches for records.
        expect(createHmac('sha256', key).update(JSON.stringify(leaf)).digest('base64')).not.toBe(text);
      }),
      { seed },
    );
  });

  it('breaks with any change of origin, log, partition, index, previous or hash', () => {
    fc.assert(
      fc.property(arbitraryLeaf, arbitraryLeaf, fc.subarray(fields, { minLength: 1 }), (leaf, other, changed) => {
        const lie = { ...leaf, ...Object.fromEntries(changed.map((name) => [name, other[name]])) };
        fc.pre(!isSame(leaf, lie));
        expect(mac.isOf(lie, mac.of(leaf).toString('base64'))).toBe(false);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it('cannot be had by moving digits from one part to the next', () => {
    const hash = Buffer.alloc(32);
    const leaf = { origin: 'a', log: 'entries', partition: 1, leafHash: hash } as const;
    const texts = [
      mac.of({ ...leaf, index: leafIndex(12), previous: leafIndex(1) }),
      mac.of({ ...leaf, index: leafIndex(1), previous: leafIndex(21) }),
      mac.of({ ...leaf, partition: 11, index: leafIndex(2), previous: leafIndex(1) }),
      mac.of({ ...leaf, origin: 'a","entries', index: leafIndex(12), previous: leafIndex(1) }),
      mac.of({ ...leaf, index: leafIndex(12), previous: null }),
      mac.of({ ...leaf, index: leafIndex(12), previous: leafIndex(0) }),
    ].map((digest) => digest.toString('base64'));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('is taken in one spelling only, and never from a part of it', () => {
    const leaf: PlacedLeaf = {
      origin: 'ledger.example',
      log: 'entries',
      partition: 0,
      index: leafIndex(0),
      previous: null,
      leafHash: Buffer.alloc(32),
    };
    const text = mac.of(leaf).toString('base64');
    const others = ['', text.slice(0, -1), text.slice(0, 20), ` ${text}`, `${text}, ${text}`, `${text}A`];
    for (const other of [...others, mac.of(leaf).toString('hex')]) expect(mac.isOf(leaf, other)).toBe(false);
  });
});

describe('a record whose every header fits', () => {
  const source = { origin: 'ledger.example', log: 'entries', partition: 4, mac } as const;
  const place = { index: leafIndex(41), previous: leafIndex(17) };
  const sent = leafRecord({ ...source, ...place, bytes: Buffer.from(one) });

  function faultOf(
    headers: Readonly<Record<string, string>>,
    { value = sent.value, reader = source }: { value?: Buffer; reader?: Parameters<typeof readLeafRecord>[1] } = {},
  ): RecordFault | null {
    try {
      readLeafRecord({ offset: offset(0), value, headers }, reader);
      return null;
    } catch (error) {
      if (error instanceof InvalidRecord) return error.reason;
      throw error;
    }
  }

  it('is refused at any other place than the relay gave it', () => {
    expect(faultOf(sent.headers)).toBeNull();
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.option(fc.maxSafeNat()), (index, before) => {
        fc.pre(before === null || before < index);
        fc.pre(index !== 41 || before !== 17);
        const { ce_previous: _, ...others } = sent.headers;
        const headers = { ...others, ce_index: `${index}`, ce_id: `entries/${index}` };
        expect(faultOf(before === null ? headers : { ...headers, ce_previous: `${before}` })).toBe('mac-lies');
      }),
      { seed },
    );
  });

  it('is refused with the bytes of another leaf under their true hash', () => {
    const value = Buffer.from(another);
    const headers = { ...sent.headers, ce_leafhash: leafHash(value).toString('base64') };
    expect(faultOf(headers, { value })).toBe('mac-lies');
  });

  it('is refused in any other partition, and by whoever has another key', () => {
    for (let partition = 0; partition < 12; partition += 1) {
      expect(faultOf(sent.headers, { reader: { ...source, partition } })).toBe(partition === 4 ? null : 'mac-lies');
    }
    const reader = { ...source, mac: new LeafMac(Buffer.alloc(32, 8)) };
    expect(faultOf(sent.headers, { reader })).toBe('mac-lies');
  });

  it('is refused when nobody vouches for it', () => {
    const { ce_mac: _, ...headers } = sent.headers;
    expect(faultOf(headers)).toBe('mac-missing');
    expect(faultOf({ ...headers, ce_mac: '' })).toBe('mac-lies');
  });

  it('is neither made nor read without a key by mistake', () => {
    const keyless = { ...source, mac: null };
    expect(() => leafRecord({ ...keyless, ...place, bytes: Buffer.from(one) })).toThrow(RangeError);
    expect(() => faultOf(sent.headers, { reader: keyless })).toThrow(RangeError);
  });
});
