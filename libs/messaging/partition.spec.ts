import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { partitionOf } from '#messaging';

const seed = 20261122;
const key = Buffer.alloc(32, 7);

describe('the partition of an entry', () => {
  it.each([
    ['0192f0c1-7b1a-7c3d-8e4f-0123456789ab', 4],
    ['0192f0c1-7b1a-7c3d-8e4f-0123456789ad', 0],
    ['', 8],
  ])('of %j stays what it was', (id, expected) => {
    expect(partitionOf(key, id)).toBe(expected);
  });

  it('is the first four bytes of HMAC-SHA256, big endian, modulo 12, also where their first bit is set', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), fc.uuid(), (secret, id) => {
        const hex = createHmac('sha256', secret).update(id).digest('hex').slice(0, 8);
        const expected = Number(BigInt(`0x${hex}`) % 12n);
        expect(partitionOf(Buffer.from(secret), id)).toBe(expected);
        expect(partitionOf(createSecretKey(secret), id)).toBe(expected);
      }),
      { seed },
    );
  });

  it('spreads ids over all partitions, and another key spreads them differently', () => {
    const ids = Array.from({ length: 2_400 }, (_, place) => `exchange ${place}`);
    const counts = new Map<number, number>();
    for (const id of ids) counts.set(partitionOf(key, id), (counts.get(partitionOf(key, id)) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(Math.min(...counts.values())).toBeGreaterThan(140);
    const moved = ids.filter((id) => partitionOf(key, id) !== partitionOf(Buffer.alloc(32, 8), id));
    expect(moved.length).toBeGreaterThan(ids.length * 0.8);
  });
});
