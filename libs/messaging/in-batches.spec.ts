import fc from 'fast-check';
import { offset } from '#kernel';
import { firstOffset } from './first-offset.js';
import { inBatches } from './in-batches.js';

const seed = 20261122;
const record = (size: number) => ({ value: Buffer.alloc(size), headers: {} });

describe('batches', () => {
  it('hold all records in order, each at most 400 and, but for a single larger one, 512 KiB', () => {
    const sizes = fc.array(fc.oneof(fc.nat(200), fc.nat(65_535), fc.constant(600_000)), { maxLength: 900 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const records = lengths.map(record);
        const batches = inBatches(records);
        expect(batches.flat()).toEqual(records);
        for (const batch of batches) {
          const bytes = batch.reduce((sum, { value }) => sum + value.length, 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(400);
          expect(batch.length === 1 || bytes <= 512 * 1024).toBe(true);
        }
      }),
      { seed, numRuns: 30 },
    );
  });

  it('count headers, too', () => {
    const headed = { value: null, headers: { name: 'x'.repeat(300 * 1024) } };
    expect(inBatches([headed, headed])).toHaveLength(2);
  });
});

describe('the offset to begin at', () => {
  const extent = { earliest: offset(5), next: offset(9) };
  it.each([
    [null, 5],
    [4, 5],
    [5, 5],
    [8, 8],
    [9, 9],
    [10, 5],
  ])('for %s is %s', (wanted, expected) => {
    expect(firstOffset(wanted === null ? null : offset(wanted), extent)).toBe(expected);
  });
});
