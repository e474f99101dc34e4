import fc from 'fast-check';
import { leafIndex, treeSize } from '#kernel';
import { InvalidLeaf, type Leaf, parseLeaf } from '#statement';
import { readLeaf } from './entry-form.js';
import { SampleLedger } from './testing/sample-trail.js';

const seed = 20261122;
const ledger = new SampleLedger(treeSize(0));
const bytes = ledger.leaf(leafIndex(3));

const outcome = (read: (bytes: Buffer) => Leaf, leaf: Buffer): unknown => {
  try {
    return read(leaf);
  } catch (error) {
    if (error instanceof InvalidLeaf) return error.message;
    throw error;
  }
};

const agree = (leaf: Buffer): void => expect(outcome(readLeaf, leaf)).toEqual(outcome(parseLeaf, leaf));

describe('reading a leaf quickly', () => {
  it('answers what the strict reader answers, whichever byte is changed', () => {
    for (let position = 0; position < bytes.length; position += 1) {
      for (const byte of [0x22, 0x2d, 0x30, 0x33, 0x39, 0x5c, 0x61, 0xff]) {
        const changed = Buffer.from(bytes);
        changed[position] = byte;
        agree(changed);
      }
    }
  });

  it(`answers the same for other cuts and insertions (seed ${seed})`, () => {
    const place = fc.nat(bytes.length);
    fc.assert(
      fc.property(place, place, fc.string({ maxLength: 5 }), (from, length, text) => {
        agree(Buffer.concat([bytes.subarray(0, from), Buffer.from(text), bytes.subarray(from + (length % 50))]));
      }),
      { seed, numRuns: 300 },
    );
  });

  it.each([
    ['30 February', '"2026-11-22', '"2026-02-30'],
    ['the 60th second', '10:00:00', '10:00:60'],
    ['the 24th hour', 'T10', 'T24'],
    ['a registry size beyond 2^53', '"registry":2', '"registry":9007199254740993'],
    ['a registry size of 15 digits', '"registry":2', '"registry":999999999999999'],
    ['a leading zero', '"registry":2', '"registry":02'],
    ['no commitments', /"_sd":\[.*?\]/, '"_sd":[]'],
    ['a commitment twice', /"_sd":\["(.*?)"/, '"_sd":["$1","$1"'],
  ])('answers the same for %s', (_, what, by) => {
    const text = bytes.toString();
    expect(text.replace(what, by)).not.toBe(text);
    agree(Buffer.from(text.replace(what, by)));
  });
});
